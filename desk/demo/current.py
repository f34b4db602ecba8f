"""The round under way: one call with a case at every stage of the road, up to the day before the demo's today.

Days are counted in working days before the present (``d``), so that the same play is lawful wherever the present lies. Four
districts hit by the July floods have a formal extension and are still filing and reviewing while the others have gone ahead.
"""

from datetime import date, timedelta

from applications.services import submission
from desk.demo import late
from desk.demo.city import City, Round
from desk.demo.road import calling, decisions, district, filing, inspections, notices, panels, papers
from desk.demo.timeline import Story, Timeline
from review.models import InspectionItem
from review.services import intake

OPENS = 95
EXTENDED = ("panlong", "wuhua", "dongchuan", "xundian")
FLOOD = "7月中旬强降雨引发洪涝，辖区部分企业停产停业、资料受损，为保证申报机会均等，依据申报通知第五条延长。"

# Organisations by number (desk.demo.names), grouped by how far they have come.
FIRST_BATCH = (33, 34, 35, 36, 37, 30, 15, 22)
SECOND_BATCH = (26, 27, 28, 29, 23, 25, 21, 16, 17, 20)
THIRD_BATCH = (13, 14, 40)
NOT_SHORTLISTED = {15: "平均得分低于入选线，服务企业增长主要来自一次性活动，持续服务能力有待提升。"}


def schedule(city: City, opens: date) -> None:
    """Put the current round on the timeline."""
    city.timeline.add(play_round(Round(city, opens.year)))


def opening_day(timeline: Timeline) -> date:
    """The first day of the current call; its year is the year of the round."""
    return timeline.before_present(OPENS)


def play_round(round_: Round) -> Story:
    """The call, its extensions, and every case beginning on its day."""
    timeline, d = round_.city.timeline, round_.city.timeline.before_present
    yield timeline.on(d(OPENS))
    round_.city.say(f"{round_.year}年度：发布申报通知")
    calling.publish(round_, opens=d(OPENS), closes=d(70), district_due=d(52), number=55)
    for story in (early(round_), first_batch(round_), second_batch(round_), third_batch(round_), *late.stories(round_)):
        timeline.add(story)
    yield timeline.on(d(73))
    present = timeline.present.date()
    for place, slug in enumerate(EXTENDED):
        calling.extend(
            round_, slug, closes=present + timedelta(days=9), district_due=present + timedelta(days=24),
            number=90 + place, reason=FLOOD,
        )  # fmt: skip


def early(round_: Round) -> Story:
    """All who filed in time, up to the city's intake, and three who left the road there."""
    timeline, d = round_.city.timeline, round_.city.timeline.before_present
    yield timeline.on(d(93))
    for place, number in enumerate((*FIRST_BATCH, *SECOND_BATCH, *THIRD_BATCH, 11, 38, 41)):
        timeline.add(come_in(round_, number, place))
    yield timeline.on(d(66), hour=15)
    city2, cast = round_.city.cast["city2"], round_.city.cast
    ground = "上年末资产负债表中的资产总额为一百八十六万元，申报数含受托管理资产。"
    intake.find_ineligible(actor=city2, application=round_.case(11).application, ground="7(2)", reason=ground)
    leaver = round_.case(38)
    submission.withdraw(actor=leaver.signatory, application=leaver.application, reason="本协会换届改选，今年暂不申报。")
    intake.reject_falsified(
        actor=cast["city3"], application=round_.case(41).application,
        reason="所附两份服务协议的企业盖章经核实系伪造", evidence="向两家企业函调，均书面答复未签订该协议。",
    )  # fmt: skip


def come_in(round_: Round, number: int, place: int) -> Story:
    """One case that was filed in time."""
    case, timeline = round_.case(number), round_.city.timeline
    yield timeline.on(timeline.before_present(92 - place % 6), hour=10, minute=number)
    yield from filing.file(case)
    yield from district.take(case)


def first_batch(round_: Round) -> Story:
    """Reviewed, inspected, put on the first notice, decided: certified, declined, deferred; one objection each way."""
    timeline, d = round_.city.timeline, round_.city.timeline.before_present
    yield timeline.on(d(64))
    round_.city.say(f"{round_.year}年度：第一批评审、核查、公示、决定")
    plan = panels.Plan("第一批专家组", (4, 5, 6), d(58), d(54), NOT_SHORTLISTED)
    yield from panels.review(round_, FIRST_BATCH, plan)
    yield timeline.on(d(55))
    listed = [n for n in FIRST_BATCH if n not in NOT_SHORTLISTED]
    for number in listed:
        timeline.add(inspections.inspect(round_.case(number), passes=number != 22))
    yield timeline.on(d(47))
    proposed = [round_.case(n) for n in listed if n != 22]
    for case in proposed:
        notices.propose(case)
    notice = notices.draft(round_, proposed, "（第一批）")
    yield timeline.on(timeline.calendar.add(timeline.today, 1), hour=9)
    notices.publish(round_, notice)
    yield timeline.in_workdays(4)
    unfounded = notices.object_to(
        round_.case(33), notice, "该平台所列服务活动中有三场未实际举办。", name="示例反映人乙"
    )
    founded = notices.object_to(
        round_.case(30), notice, "该单位专职服务人员多人在其他单位缴纳社会保险。", name="示例反映人丙"
    )
    yield timeline.in_workdays(2)
    notices.investigate(round_, unfounded)
    notices.investigate(round_, founded)
    yield timeline.on(d(33))
    notices.find_unfounded(round_, unfounded)
    notices.find_founded(round_, founded)
    yield timeline.on(d(30), hour=15)
    yield from first_decision(round_)


def first_decision(round_: Round) -> Story:
    """The first meeting of the round, and a second one entered that waits to be confirmed."""
    timeline, d = round_.city.timeline, round_.city.timeline.before_present
    rulings = dict.fromkeys((33, 34, 35), ("certify", "")) | {
        36: ("decline", "服务功能与已认定平台重复，示范带动作用不足。"),
        37: ("defer", "运营主体正在办理股权变更，待变更完成后再议。"),
    }
    meeting = decisions.enter(round_, rulings, held_on=timeline.today, number=18)
    yield timeline.in_workdays(1)
    decisions.confirm(round_, meeting)
    yield timeline.in_workdays(2)
    papers.result(meeting)
    decisions.announce(round_, meeting, number=118)
    papers.exit_letter(round_.case(36))
    papers.title_proof(round_.case(35))
    papers.receipt(round_.case(35))
    yield timeline.on(d(20))
    decisions.issue(round_.case(34))
    decisions.issue(round_.case(35))
    yield timeline.on(d(16))
    decisions.receive(round_.case(35))
    yield timeline.on(d(1), hour=16)
    decisions.enter(round_, {37: ("certify", "")}, held_on=d(2), number=23)


def second_batch(round_: Round) -> Story:
    """Reviewed and inspected later; four are on the notice that runs today, one of them held by an objection."""
    timeline, d = round_.city.timeline, round_.city.timeline.before_present
    yield timeline.on(d(48))
    round_.city.say(f"{round_.year}年度：第二批评审、核查、公示")
    plan = panels.Plan("第二批专家组", (7, 8, 9), d(42), d(38))
    yield from panels.review(round_, SECOND_BATCH, plan)
    yield timeline.on(d(36))
    for number in SECOND_BATCH[:7]:
        timeline.add(inspections.inspect(round_.case(number)))
    timeline.add(visits_under_way(round_))
    yield timeline.on(d(9))
    for number in (26, 27, 28, 29):
        notices.propose(round_.case(number))
    reason = "同区域同类平台已有布局，择优后未列入，建议突出特色功能后再行申报。"
    notices.not_propose(round_.case(25), reason)
    yield timeline.on(d(8))
    notice = notices.draft(round_, [round_.case(n) for n in (26, 27, 28, 29)], "（第二批）")
    yield timeline.on(d(7))
    notices.publish(round_, notice)
    yield timeline.on(d(4))
    content = "该平台公布的免费服务实际向企业收取费用，附收费凭证照片。"
    objection = notices.object_to(round_.case(29), notice, content, name="示例反映人丁")
    yield timeline.on(d(3))
    notices.investigate(round_, objection)
    yield timeline.on(d(2))
    notices.propose(round_.case(23))
    yield timeline.on(d(1), hour=11)
    content = "该平台的培训场地与其他单位共用，请核实是否固定。"
    notices.object_to(round_.case(28), notice, content, name="示例反映人戊")


def visits_under_way(round_: Round) -> Story:
    """One visit planned for next week, one under way, one waiting for the applicant's clarification."""
    timeline, d = round_.city.timeline, round_.city.timeline.before_present
    planned, under_way, unclear = round_.case(16), round_.case(17), round_.case(20)
    yield timeline.on(d(5))
    inspections.plan(planned, timeline.calendar.add(timeline.present.date(), 3))
    inspections.plan(under_way, d(1))
    inspections.plan(unclear, d(3))
    yield timeline.on(d(3))
    inspections.begin(unclear)
    note = "三名专职人员未见社会保险缴纳记录。"
    inspections.look(unclear, odd=InspectionItem.Result.CLARIFY, note=note, photos=3)
    inspections.ask_clarification(unclear)
    yield timeline.on(d(1))
    inspections.begin(under_way)
    inspections.look(under_way, items=4, photos=2)


def third_batch(round_: Round) -> Story:
    """Three cases with the experts, their sheets in every state, and a panel still being formed."""
    timeline, d = round_.city.timeline, round_.city.timeline.before_present
    yield timeline.on(d(10))
    round_.city.say(f"{round_.year}年度：专家评审、初审和填报进行中")
    soon = timeline.present.date()
    known = timeline.calendar
    plan = panels.Plan("第三批专家组", (1, 2, 3, 4), known.add(soon, 1), known.add(soon, 6))
    panel = panels.form(round_, [round_.case(n) for n in THIRD_BATCH], plan)
    yield timeline.on(d(7))
    panels.start(round_, panel)
    yield timeline.on(d(5))
    sheets = panels.sheets_of(panel)
    for sheet in sheets[:5]:
        panels.declare(round_, sheet)
    panels.recuse(round_, sheets[5])
    yield timeline.on(d(2), hour=16)
    panels.score(round_, panels.sheets_of(panel)[0], 86)
    panels.score(round_, panels.sheets_of(panel)[1], 82)
    panels.score(round_, panels.sheets_of(panel)[2], 78, lock=False)
    yield timeline.on(d(1), hour=10)
    last = panels.Plan("第四批专家组", (7, 8, 9), known.add(soon, 3), known.add(soon, 8))
    panels.form(round_, [round_.case(10)], last)
