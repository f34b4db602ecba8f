"""What waits for somebody else: every open case a person may see whose next step is another's, gathered by life and state.

Who has the next step is read from ``desk.duties``, whose the case is from the one selector of each life; nothing is listed twice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts.actors import Actor
from accounts.models import APPLICANT_ROLES, District, Role
from applications import selectors as applications
from desk import agenda, duties
from desk.reading import Part, Reading
from lifecycle import deadlines, states
from lifecycle.subject import Subject, model_of
from registry import selectors as registry
from review.selectors import complaints, decisions, inspections, objections, panels, sampling, scoring, summaries
from supervision.models import AnnualReport, DistrictReport
from supervision.reporting.days import LastDay
from supervision.selectors import (
    activities,
    changes,
    checks,
    endings,
    evaluations,
    rectifications,
    reports,
    resolutions,
)
from supervision.selectors.completeness import Completeness
from supervision.selectors.reports import Standing
from timekeeping.dates import end_of_day

# How many cases of one life are looked at for their terms, and how many of them are named.
LOOKED_AT, NAMED = 200, 12

# fmt: off
# Every life with open stages and the selector that says who may see what of it.
FOLLOWED: dict[str, Callable[[Actor], QuerySet[Any]]] = {
    "application":     applications.visible_to,
    "summary":         summaries.visible_to,
    "sample":          sampling.visible_to,
    "panel":           panels.visible_to,
    "score_sheet":     scoring.visible_to,
    "inspection":      inspections.visible_to,
    "objection":       objections.visible_to,
    "meeting":         decisions.visible_to,
    "complaint":       complaints.visible_to,
    "plaque":          registry.plaques_visible_to,
    "title_import":    registry.imports_visible_to,
    "claim":           registry.claims_visible_to,
    "annual_report":   reports.visible_to,
    "report_excuse":   reports.excuses_visible_to,
    "district_report": reports.district_reports_visible_to,
    "check":           checks.visible_to,
    "evaluation":      evaluations.followed_by,
    "rectification":   rectifications.visible_to,
    "activity":        activities.activities_visible_to,
    "invitation":      activities.visible_to,
    "change":          changes.visible_to,
    "ending":          endings.visible_to,
    "resolution":      resolutions.visible_to,
}
# Stages whose next step is taken on another life: the sheet of recommendations, the experts' sheets, the objection.
ELSEWHERE: dict[tuple[str, str], tuple[str, ...]] = {
    ("application", "recommended"):  (Role.DISTRICT_OFFICER.value,),
    ("application", "under_review"): (Role.EXPERT.value,),
    ("application", "held"):         (Role.CITY_OFFICER.value,),
}
# Lives that these roles may read and need not follow: others do, or the calendar names the day.
NOT_FOR: dict[str, tuple[str, ...]] = {
    "summary":     (Role.CITY_OFFICER.value,),
    "sample":      (Role.CITY_OFFICER.value,),
    "score_sheet": (Role.CITY_OFFICER.value,),
    "activity":    (*APPLICANT_ROLES, Role.DISTRICT_OFFICER.value),
}
WHO = {
    Role.FILER: "单位经办人", Role.SIGNATORY: "单位签字人", Role.DISTRICT_OFFICER: "县区主管部门", Role.CITY_OFFICER: "市局",
    Role.EXPERT: "评审专家", Role.INSPECTOR: "核查组", Role.EVALUATOR: "测评方",
}  # fmt: skip
# fmt: on
# What is owed and has no life yet.
NOT_BEGUN = {
    "annual_report": states.State("尚未报送", "todo", "示范平台填写上年度工作总结和当年工作计划并报送县区。"),
    "district_report": states.State("尚未报送", "todo", "县区主管部门汇总接收的年度报告报送市局。"),
}  # fmt: skip


@dataclass(frozen=True)
class Waiting:
    """A case that waits for somebody else, and the term that runs for them."""

    subject: Subject
    due: deadlines.Due | None
    url: str

    @property
    def overdue(self) -> bool:
        return self.due is not None and self.due.overdue


@dataclass(frozen=True)
class Group:
    """All cases of one life in one state: how many, for whom they wait, and the first of them, those with the nearest term first."""

    life: str
    state: str
    count: int
    who: str
    cases: list[Waiting]

    @property
    def status(self) -> states.State:
        """Label, tone and advice of the state they share."""
        return states.state_of(self.life, self.state) if self.state else NOT_BEGUN[self.life]

    @property
    def named(self) -> list[Waiting]:
        return self.cases[:NAMED]

    @property
    def more(self) -> int:
        """How many are not named."""
        return self.count - len(self.named)

    @property
    def overdue(self) -> int:
        """How many of the cases looked at are beyond their term."""
        return sum(case.overdue for case in self.cases)

    @property
    def life_label(self) -> str:
        return str(self.cases[0].subject._meta.verbose_name)


def waiting(actor: Actor, read: Reading | None = None, yearly: list[Completeness] | None = None) -> list[Group]:
    """What waits for others, overdue things first, then in the order of the road; constant queries for any number of cases.

    A page that reads ``WAITING`` and ``agenda.yearly_of`` for other parts too hands them over.
    """
    if not actor.is_person:
        return []
    return _in_order([*_gathered(read or Reading(actor, WAITING)), *_not_begun(actor, yearly)])


def _waits(actor: Actor, life: str) -> QuerySet[Subject] | None:
    """The cases of a life in which somebody else has the next step; None when the actor never waits for it."""
    seen, wanted = followed(actor, life), _others(actor, life)
    if seen is None or not (wanted or _first_of_two(actor, life)):
        return None
    of_others = Q(state__in=wanted) | agenda.begun_by(actor, life)
    return seen.filter(of_others, agenda.OWED_ONLY.get(life, Q()))


WAITING = Part("waiting", tuple(FOLLOWED), _waits, slice(LOOKED_AT))


def followed(actor: Actor, life: str) -> QuerySet[Subject] | None:
    """The subjects of a life that the actor may see, each once (its selector may join); None when its role sees none whatever there is."""
    visible = FOLLOWED[life](actor)
    return None if visible.query.is_empty() else model_of(life)._default_manager.filter(pk__in=visible.values("pk"))


def _others(actor: Actor, life: str) -> dict[str, tuple[str, ...]]:
    """The states of a life in which somebody else, and not the person, has the next step."""
    if actor.role in NOT_FOR.get(life, ()):
        return {}
    waits = {state: who for state, who in duties.owed_by(life).items() if actor.role not in who}
    waits |= {s: who for (name, s), who in ELSEWHERE.items() if name == life and actor.role not in who}
    return waits


def _first_of_two(actor: Actor, life: str) -> bool:
    """Whether people of the actor's role do what a second one of them confirms."""
    owed = duties.owed_by(life)
    return any(name == life and actor.role in owed.get(state, ()) for name, state in agenda.SECOND)


def _gathered(read: Reading) -> list[Group]:
    cases: dict[tuple[str, str], list[Waiting]] = {}
    for subject in read.cases(WAITING):
        first = next(iter(read.dues[subject.SUBJECT, subject.pk]), None)
        waits = Waiting(subject, first, subject.get_absolute_url())
        cases.setdefault((subject.SUBJECT, subject.state), []).append(waits)
    return [
        Group(life, state, number, who_of(life, state), sorted(cases[life, state], key=_urgency))
        for (life, state), number in read.numbers(WAITING).items()
        if (life, state) in cases
    ]


def _in_order(groups: list[Group]) -> list[Group]:
    road = {key: place for place, key in enumerate((life, s) for life in FOLLOWED for s in ("", *states.STATES[life]))}
    return sorted(groups, key=lambda group: (not group.overdue, road[group.life, group.state]))


def _not_begun(actor: Actor, yearly: list[Completeness] | None) -> list[Group]:
    """Yearly reports that are owed and were not filed, and districts that have not forwarded theirs (Art. 17, 18)."""
    whole = agenda.yearly_of(actor) if yearly is None else yearly
    missing = [_unfiled(s, one.district) for one in whole for s in one.missing]
    silent = [_silent(one) for one in whole if one.owed and one.first is None] if not actor.district else []
    who = (("annual_report", missing, "示范平台"), ("district_report", silent, WHO[Role.DISTRICT_OFFICER]))
    return [Group(life, "", len(cases), by, sorted(cases, key=_urgency)) for life, cases, by in who if cases]


def _unfiled(standing: Standing, district: District) -> Waiting:
    report = AnnualReport(title=standing.title, district=district, year=standing.year)
    return Waiting(report, _until(duties.BEGIN_REPORT, standing.days.platform), _of_year(standing.year, district))


def _silent(one: Completeness) -> Waiting:
    assert one.last_day
    report = DistrictReport(district=one.district, year=one.year, number=1)
    return Waiting(report, _until(duties.FORWARD_REPORTS, one.last_day), _of_year(one.year, one.district))


def _until(duty: duties.Duty, last: LastDay) -> deadlines.Due | None:
    """The last day for sanctions as a term; None while nobody can say which day it is."""
    if last.sanctions is None:
        return None
    return deadlines.Due(duty.row, end_of_day(last.sanctions), deadlines.workdays_left(last.sanctions))


def _of_year(year: int, district: District) -> str:
    return reverse("supervision:reports_of_district", args=[year, district.slug])


def _urgency(case: Waiting) -> tuple[bool, object, int]:
    return case.due is None, case.due.instant if case.due else 0, case.subject.pk


def who_of(life: str, state: str) -> str:
    """Whose step is next, in words; an organisation's two people are one."""
    roles = ELSEWHERE.get((life, state)) or duties.owed_by(life).get(state, ())
    named = (
        ["示范平台" if life in PLATFORMS else "申报单位"] if set(APPLICANT_ROLES) <= {Role(r) for r in roles} else []
    )
    left = [role for role in roles if not named or Role(role) not in APPLICANT_ROLES]
    if (life, state) in agenda.SECOND:
        return f"{WHO[Role(roles[0])]}另一名经办人"
    if Role.EVALUATOR in roles:  # an expert who evaluates is the evaluator of the case
        left = [Role.EVALUATOR.value]
    return "、".join([*named, *(WHO[Role(role)] for role in left)])


# Lives of a platform that has the title; before it there is an applicant.
PLATFORMS = ("plaque", "annual_report", "report_excuse", "rectification", "invitation", "change", "ending")
