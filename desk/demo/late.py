"""The four districts with an extension: their cases still lie between the open draft and the city's intake."""

from desk.demo.city import Round
from desk.demo.road import correcting, district, filing, papers
from desk.demo.timeline import Story
from review.models import Sample
from review.services import district as desk
from review.services import intake, sampling


def stories(round_: Round) -> tuple[Story, ...]:
    """The cases of the districts with an extension, from the open draft to the city's intake."""
    return (
        *(drafts(round_, number, days, complete) for number, days, complete in ((1, 4, True), (18, 6, False))),
        again(round_, 31, 5), awaiting(round_, 2), submitted(round_, 3, 8), submitted(round_, 4, 11), corrected(round_, 3),
        returned(round_, 4), sampled(round_), redraw(round_), forwarded(round_), recommended(round_, 7, 16),
        recommended(round_, 8, 23), sent_back(round_),
        not_recommended(round_), admitted(round_), shared_work(round_),
    )  # fmt: skip


def drafts(round_: Round, number: int, days: int, complete: bool) -> Story:
    """A draft being filled in."""
    timeline = round_.city.timeline
    yield timeline.on(timeline.before_present(days), hour=14, minute=number)
    filing.begin(round_.case(number), complete=complete)


def again(round_: Round, number: int, days: int) -> Story:
    """A draft that took over what the organisation had filed the year before; some of it still has to be looked at."""
    timeline = round_.city.timeline
    yield timeline.on(timeline.before_present(days), hour=14, minute=number)
    filing.take_over(round_.case(number))


def awaiting(round_: Round, number: int) -> Story:
    """A complete draft that the signatory has to look at."""
    timeline = round_.city.timeline
    yield timeline.on(timeline.before_present(5), hour=15)
    filing.begin(round_.case(number))
    yield timeline.in_workdays(2, hour=17)
    filing.ask_signature(round_.case(number))


def submitted(round_: Round, number: int, days: int) -> Story:
    """Filed, and the district's turn."""
    timeline = round_.city.timeline
    yield timeline.on(timeline.before_present(days), hour=11, minute=number)
    yield from filing.file(round_.case(number))


def returned(round_: Round, number: int) -> Story:
    """Returned for correction three days ago; the first of three items is put right."""
    case, timeline = round_.case(number), round_.city.timeline
    yield timeline.on(timeline.before_present(3), hour=16)
    district.return_for_correction(case)
    papers.return_letter(case)
    yield timeline.on(timeline.before_present(1), hour=16)
    correcting.put_right(case, correcting.ASSETS)


def corrected(round_: Round, number: int) -> Story:
    """Returned, put right item by item, and filed again yesterday: the district sees three changes."""
    case, timeline = round_.case(number), round_.city.timeline
    yield timeline.on(timeline.before_present(3), hour=11)
    district.return_for_correction(case)
    yield timeline.on(timeline.before_present(2), hour=15)
    correcting.put_right(case, correcting.ASSETS, correcting.INSTITUTION, correcting.CONTRACT)
    yield timeline.on(timeline.before_present(1), hour=10)
    correcting.resubmit(case)


def sampled(round_: Round) -> Story:
    """Accepted, its sample half answered; one enterprise had to be replaced."""
    case, timeline = round_.case(5), round_.city.timeline
    yield timeline.on(timeline.before_present(14), hour=10)
    yield from filing.file(case)
    yield timeline.in_workdays(2)
    district.accept(case)
    yield timeline.in_workdays(2)
    district.measure(case)
    district.draw(case)
    yield timeline.in_workdays(2)
    district.replace_one(case)
    district.ask(case, leave=5)


def redraw(round_: Round) -> Story:
    """Accepted; a new draw was asked for and waits for the second officer."""
    case, timeline = round_.case(6), round_.city.timeline
    yield timeline.on(timeline.before_present(15), hour=10)
    yield from filing.file(case)
    yield timeline.in_workdays(2)
    district.accept(case)
    yield timeline.in_workdays(2)
    district.draw(case)
    yield timeline.on(timeline.before_present(2))
    reason = "抽中企业中有五家联系电话为同一代账公司，不能反映真实评价。"
    sample = Sample.objects.get(application__uuid=case.uuid)
    sampling.propose_redraw(actor=case.officer, sample=sample, reason=reason)


def forwarded(round_: Round) -> Story:
    """Recommended and forwarded by its district, waiting for the city's intake."""
    case, timeline = round_.case(32), round_.city.timeline
    yield timeline.on(timeline.before_present(17), hour=10)
    yield from filing.file(case)
    yield from district.review(case)
    yield timeline.in_workdays(1, hour=10)
    district.recommend(case)
    yield timeline.in_workdays(1, hour=11)
    district.forward(case)


def recommended(round_: Round, number: int, days: int) -> Story:
    """With the district's word in favour."""
    case, timeline = round_.case(number), round_.city.timeline
    yield timeline.on(timeline.before_present(days), hour=10, minute=number)
    yield from filing.file(case)
    yield from district.review(case)
    yield timeline.in_workdays(1, hour=15, minute=number)
    district.recommend(case)


def sent_back(round_: Round) -> Story:
    """Forwarded by its district, and sent back by the city with two items."""
    case, timeline = round_.case(8), round_.city.timeline
    yield timeline.on(timeline.before_present(8))
    district.forward(case)
    yield timeline.on(timeline.before_present(4))
    doubts = (
        intake.Doubt("list", "institutions", "签约机构数与所附协议份数不一致，请核对原件。"),
        intake.Doubt("act", "sample", "样本中两家企业由同一人答复，请说明联系经过。"),
    )
    intake.send_back(actor=round_.city.cast["city2"], application=case.application, doubts=doubts)


def not_recommended(round_: Round) -> Story:
    """The sample was not content enough."""
    case, timeline = round_.case(9), round_.city.timeline
    yield timeline.on(timeline.before_present(21), hour=10)
    yield from filing.file(case)
    yield from district.review(case, unhappy=5)
    yield timeline.in_workdays(1)
    reason = "满意度随机抽查结果低于百分之八十，不符合第七条第（三）项。"
    desk.not_recommend(actor=case.officer, application=case.application, reason=reason)


def admitted(round_: Round) -> Story:
    """Taken in by the city, a panel being formed."""
    case, timeline = round_.case(10), round_.city.timeline
    yield timeline.on(timeline.before_present(24), hour=10)
    yield from filing.file(case)
    yield from district.take(case)


def shared_work(round_: Round) -> Story:
    """Two officers divide the cases of their district, keep common phrases, and look into what two applications have in common."""
    timeline, cast = round_.city.timeline, round_.city.cast
    first, second = cast["panlong"], cast["panlong2"]
    yield timeline.on(timeline.before_present(20), hour=9)
    district.keep_phrases(first)
    yield timeline.on(timeline.before_present(3), hour=17)
    district.assign(first, first, round_.case(3), round_.case(5))
    district.assign(first, second, round_.case(4))
    note = "已联系该企业，两家平台均提供过服务，有服务记录。"
    district.look_into(round_.case(5), "shared_enterprise", note)
