"""Expert review: a panel formed and served, scores given blind, the best put on the recommended list."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from accounts.actors import Actor
from desk.demo.city import Case, Round
from desk.demo.timeline import Story
from review.models import Panel, ScoreSheet
from review.selectors.ranking import rubric_of
from review.services import panels, scoring
from review.services.panels import Choice
from review.services.scoring import Entries
from timekeeping.dates import end_of_day

HALF = Decimal("0.5")
CUT = "按平均得分由高到低，结合服务业绩和功能特色择优列入；未列入的逐件说明理由。"
OPINION = "服务体系完整，服务企业数量和满意度真实可信，建议加强服务成效跟踪和案例总结。"


@dataclass(frozen=True)
class Plan:
    """One round of review: its experts by number, its two last days, and who is left out for which reason."""

    name: str
    experts: tuple[int, ...]
    declare_by: date
    score_by: date
    left_out: Mapping[int, str] = field(default_factory=dict)


def form(round_: Round, cases: Iterable[Case], plan: Plan) -> Panel:
    """The panel with its members, every case given to three of them without a conflict."""
    city2 = round_.city.cast["city2"]
    panel = panels.form(
        actor=city2,
        call=round_.call,
        name=f"{round_.year}年度{plan.name}",
        declare_due_at=end_of_day(plan.declare_by),
        score_due_at=end_of_day(plan.score_by),
        chosen=[round_.city.cast[f"expert{n}"].user for n in plan.experts],
        draw=2,
        seed=f"demo-{round_.year}-{plan.name}",
    )
    served = panels.distribute(actor=city2, panel=panel, applications=[case.application for case in cases])
    problems = [f"{outcome.application}：{outcome.problem}" for outcome in served if outcome.problem]
    if problems:
        raise RuntimeError("；".join(problems))
    return panel


def start(round_: Round, panel: Panel) -> None:
    """The review begins."""
    panels.start(actor=round_.city.cast["city2"], panel=panel)


def sheets_of(panel: Panel) -> list[ScoreSheet]:
    """The panel's sheets in the order in which they were assigned."""
    found = ScoreSheet.objects.filter(case__panel=panel).select_related(
        "case__panel__call", "case__application", "expert"
    )
    return list(found.order_by("pk"))


def expert_of(round_: Round, sheet: ScoreSheet) -> Actor:
    """The expert of a sheet, acting."""
    return round_.city.cast[sheet.expert.username]


def declare(round_: Round, sheet: ScoreSheet) -> None:
    """No interest in the case; the dossier opens."""
    scoring.declare_clear(actor=expert_of(round_, sheet), sheet=sheet)


def recuse(round_: Round, sheet: ScoreSheet) -> None:
    """The expert steps aside."""
    reason = "本人所在单位与申报单位正在洽谈合作，申请回避。"
    scoring.recuse(actor=expert_of(round_, sheet), sheet=sheet, reason=reason)


def score(round_: Round, sheet: ScoreSheet, quality: int, *, lock: bool = True) -> None:
    """Points of about ``quality`` per cent, given by this expert a little higher or lower."""
    rubric = rubric_of(sheet.case.panel)
    share = Decimal(quality + sheet.expert_id % 7 - 3) / 100
    points = {item.key: min(item.maximum, item.maximum * share // HALF * HALF) for item in rubric.items}
    actor = expert_of(round_, sheet)
    if lock:
        scoring.lock(actor=actor, sheet=sheet, entries=Entries(points, opinion=OPINION))
    else:
        half = dict(list(points.items())[: len(points) // 2])
        scoring.save_draft(actor=actor, sheet=sheet, entries=Entries(half, opinion="制度较为完善。"))


def conclude(round_: Round, panel: Panel, cases: Iterable[Case], left_out: Mapping[int, str]) -> None:
    """The list recommended for certification."""
    choices = [
        Choice(case.application.uuid, case.body.number not in left_out, left_out.get(case.body.number, ""))
        for case in cases
    ]
    panels.conclude(actor=round_.city.cast["city2"], panel=panel, choices=choices, cut_reason=CUT)


def review(round_: Round, numbers: Iterable[int], plan: Plan) -> Story:
    """A whole round of review, in eight working days from the city's today."""
    timeline, cases = round_.city.timeline, [round_.case(number) for number in numbers]
    panel = form(round_, cases, plan)
    yield timeline.in_workdays(1, hour=9)
    start(round_, panel)
    yield timeline.in_workdays(2, hour=9)
    for sheet in sheets_of(panel):
        declare(round_, sheet)
    yield timeline.in_workdays(4, hour=16)
    for sheet in sheets_of(panel):
        number = next(case.body.number for case in cases if case.uuid == sheet.case.application.uuid)
        score(round_, sheet, 72 if number in plan.left_out else 80 + number * 7 % 13)
    yield timeline.in_workdays(1, hour=10)
    conclude(round_, panel, cases, plan.left_out)
