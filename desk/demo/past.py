"""The finished rounds of the three years before, each with its titles, its plaques and its refusals."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from applications.services import calls, submission
from desk.demo.city import Case, City, Round
from desk.demo.road import calling, decisions, district, inspections, notices, panels
from desk.demo.road.filing import file
from desk.demo.timeline import Story
from review.services import district as district_services
from review.services import intake

BEFORE_REVIEW = ("withdrawn", "not_recommended", "ineligible")
FIRST_YEAR = 2023


@dataclass(frozen=True)
class Script:
    """Which organisations take part in a round and how it ends for those who do not get the title.

    ``late`` go through a second panel and are decided in December; ``slip``: the minutes were first entered wrongly.
    """

    certified: tuple[int, ...]
    otherwise: dict[int, str] = field(default_factory=dict)
    late: tuple[int, ...] = ()
    slip: bool = False
    lost: int = 0


# The rounds before the current one, the oldest first.
SCRIPTS = (
    Script((40, 41, 42), {43: "not_recommended", 44: "declined"}, late=(45, 46)),
    Script((43, 44, 47), {21: "inspection_failed", 15: "not_shortlisted", 3: "withdrawn"}, lost=44),
    Script((24, 39, 19, 12, 48), {22: "ineligible", 26: "objection_upheld", 31: "withdrawn"}, slip=True),
)


def schedule(city: City, current_year: int) -> None:
    """Put the rounds before the current one on the timeline."""
    for script, year in zip(SCRIPTS, range(current_year - len(SCRIPTS), current_year), strict=True):
        if year >= FIRST_YEAR:
            city.timeline.add(play_round(Round(city, year), script))


def play_round(round_: Round, script: Script) -> Story:
    """One yearly round from the call in March to its end in December."""
    timeline, year = round_.city.timeline, round_.year
    yield timeline.on(date(year, 3, 1))
    round_.city.say(f"{year}年度：申报、初审、评审、核查、公示、决定")
    calling.publish(round_, opens=date(year, 3, 1), closes=date(year, 6, 30), district_due=date(year, 7, 31), number=20)
    for place, number in enumerate((*script.certified, *script.otherwise)):
        timeline.add(ask(round_.case(number), script.otherwise.get(number, ""), place))
    if script.late:
        timeline.add(late_batch(round_, script.late))
    yield timeline.in_workdays(35)
    judged = [n for n in (*script.certified, *script.otherwise) if script.otherwise.get(n) not in BEFORE_REVIEW]
    yield from decide(round_, judged, script, Batch("专家组", "", 60))
    yield timeline.on(date(year, 12, 25))
    calls.conclude(actor=round_.city.cast["city1"], call=round_.call)


def late_batch(round_: Round, numbers: Iterable[int]) -> Story:
    """Those who filed in June and were decided in December."""
    timeline, script = round_.city.timeline, Script(tuple(numbers))
    yield timeline.on(date(round_.year, 6, 5))
    for place, number in enumerate(numbers):
        timeline.add(ask(round_.case(number), "", place))
    yield timeline.on(date(round_.year, 10, 26))
    yield from decide(round_, list(numbers), script, Batch("第二批专家组", "（第二批）", 90))


def ask(case: Case, ending: str, place: int) -> Story:
    """From the draft to the city's intake, or to the early end of the road."""
    timeline = case.timeline
    yield timeline.in_workdays(3 + place % 5, hour=10, minute=case.body.number)
    yield from file(case)
    if ending == "withdrawn":
        yield timeline.in_workdays(2)
        submission.withdraw(
            actor=case.signatory, application=case.application, reason="本单位正在办理分立，今年暂不申报。"
        )
        return
    if ending == "not_recommended":
        yield from district.review(case, unhappy=4)
        yield timeline.in_workdays(1)
        reason = "满意度随机抽查结果低于百分之八十，不符合第七条第（三）项。"
        district_services.not_recommend(actor=case.officer, application=case.application, reason=reason)
        return
    yield from district.take(case)
    if ending == "ineligible":
        yield timeline.in_workdays(1)
        reason = "两份合作协议在申报截止日前已到期，有效签约机构不足三家。"
        city2 = case.city.cast["city2"]
        intake.find_ineligible(actor=city2, application=case.application, ground="7(7)", reason=reason)


@dataclass(frozen=True)
class Batch:
    """How a batch is named, and the number of its announcement."""

    panel: str
    notice: str
    document: int


def decide(round_: Round, numbers: list[int], script: Script, batch: Batch) -> Story:
    """From the panel to the plaques."""
    timeline, endings = round_.city.timeline, script.otherwise
    left_out = {n: "平均得分低于入选线，服务成效不突出。" for n in numbers if endings.get(n) == "not_shortlisted"}
    today, known = timeline.today, timeline.calendar
    plan = panels.Plan(batch.panel, (1, 2, 3), known.add(today, 5), known.add(today, 10), left_out)
    yield from panels.review(round_, numbers, plan)
    listed = [n for n in numbers if n not in left_out]
    yield timeline.in_workdays(2)
    for number in listed:
        passes = endings.get(number) != "inspection_failed"
        timeline.add(inspections.inspect(round_.case(number), passes=passes))
    yield timeline.in_workdays(8)
    proposed = [round_.case(n) for n in listed if endings.get(n) != "inspection_failed"]
    for case in proposed:
        notices.propose(case)
    notice = notices.draft(round_, proposed, batch.notice)
    yield timeline.in_workdays(1)
    notices.publish(round_, notice)
    upheld = [case for case in proposed if endings.get(case.body.number) == "objection_upheld"]
    for case in upheld:
        yield from uphold(case, notice)
    yield timeline.on(known.add(notice.ends_on, 2), hour=15)
    yield from certify(round_, [case for case in proposed if case not in upheld], script, batch)


def uphold(case: Case, notice: Any) -> Story:
    """An objection that turns out to be true."""
    timeline = case.timeline
    yield timeline.in_workdays(4)
    content = "该单位申报的专职服务人员中有多人实际在其他单位工作，请核实。"
    objection = notices.object_to(case, notice, content, name="示例反映人甲")
    yield timeline.in_workdays(2)
    notices.investigate(case.round, objection)
    yield timeline.in_workdays(3)
    notices.find_founded(case.round, objection)


def certify(round_: Round, cases: list[Case], script: Script, batch: Batch) -> Story:
    """The collective decision, its announcement and the plaques."""
    timeline = round_.city.timeline
    declined = ("decline", "示范带动作用不足，建议补强特色服务后再行申报。")
    rulings = {
        case.body.number: declined if script.otherwise.get(case.body.number) == "declined" else ("certify", "")
        for case in cases
    }
    held_on = timeline.today
    meeting = decisions.enter(round_, rulings, held_on=held_on, number=batch.document)
    if script.slip:
        yield timeline.in_workdays(1)
        decisions.reject(round_, meeting)
        meeting = decisions.enter(round_, rulings, held_on=held_on, number=batch.document)
    yield timeline.in_workdays(1)
    decisions.confirm(round_, meeting)
    yield timeline.in_workdays(2)
    decisions.announce(round_, meeting, number=batch.document)
    certified = [case for case in cases if rulings[case.body.number][0] == "certify"]
    if batch.notice:
        yield timeline.in_workdays(1)
    else:
        yield timeline.in_workdays(8)
    for case in certified:
        decisions.issue(case)
    yield timeline.in_workdays(2)
    for case in certified:
        decisions.receive(case)
    if script.lost:
        yield timeline.in_workdays(40)
        decisions.lose(round_.case(script.lost))
