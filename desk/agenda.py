"""A person's desk: what I owe and by when, most urgent first. Constant queries for any number of cases.

What waits for others is in ``desk.waiting``, the year's dates in ``desk.dates``.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from accounts.actors import Actor
from accounts.models import Role
from applications import selectors as applications
from applications.models import Application, Call
from desk import duties
from lifecycle import deadlines, states
from lifecycle.subject import Subject, model_of
from registry import selectors as registry
from registry.models import Title
from review.selectors import notices, sampling, summaries
from supervision.models import AnnualReport, DistrictReport
from supervision.selectors import completeness, evaluations, reports
from supervision.selectors.completeness import Completeness
from timekeeping import clock

# How each life is reached from a person: paths to organisation, district and assigned person, and what its pages read.
# fmt: off
SCOPES: dict[str, dict[str, str]] = {
    "application": {"organisation": "organisation", "district": "district"},
    "summary":     {"district": "district"},
    "sample":      {"organisation": "application__organisation", "district": "application__district"},
    "inspection":  {"organisation": "application__organisation", "district": "application__district", "person": "inspectors__user"},
    "score_sheet": {"person": "expert"},
    "plaque":      {"organisation": "title__platform__organisation", "district": "title__platform__district"},
    "claim":       {"district": "organisation__district"},
    "annual_report":   {"organisation": "title__platform__organisation", "district": "district"},
    "report_excuse":   {"organisation": "title__platform__organisation", "district": "title__platform__district"},
    "district_report": {"district": "district"},
    "change":      {"organisation": "organisation", "district": "district"},
    "check":       {"organisation": "title__platform__organisation", "district": "district"},
    "evaluation":  {"organisation": "title__platform__organisation", "district": "title__platform__district", "person": "evaluator"},
    "rectification": {"organisation": "title__platform__organisation", "district": "title__platform__district"},
    "invitation":  {"organisation": "title__platform__organisation", "district": "title__platform__district"},
    "ending":      {"organisation": "title__platform__organisation", "district": "title__platform__district"},
}
# Lives that begin with a title.
OF_A_TITLE = {life for life, scope in SCOPES.items() if scope.get("organisation", "").startswith("title__")}
READS: dict[str, tuple[str, ...]] = {
    "application": ("call", "organisation", "district"),
    "summary":     ("call", "district"),
    "sample":      ("application__organisation", "application__district", "application__call"),
    "inspection":  ("application__organisation", "application__district", "application__call"),
    "score_sheet": ("case__application__call", "case__panel"),
    "plaque":      ("title__platform__organisation",),
    "claim":       ("organisation__district",),
    "title_import": ("file",),
    "annual_report":   ("title__platform__organisation", "district"),
    "report_excuse":   ("title__platform__organisation",),
    "district_report": ("district",),
    "check":       ("title__platform__organisation", "district"),
    "evaluation":  ("title__platform__organisation", "evaluator"),
    "rectification": ("title__platform__organisation",),
    "invitation":  ("activity", "title__platform__organisation"),
    "ending":      ("title__platform__organisation", "title__platform__district"),
    "objection":   ("application__call", "application__district", "notice__call"),
    "panel":       ("call",),
    "meeting":     ("call",),
    "change":      ("title", "organisation", "district"),
}
# Which subjects in the state of a duty owe it: a check that asked for a second look, a case that no meeting has entered yet.
OWED_ONLY: dict[str, Q] = {
    "check":       Q(follow_up_by__isnull=False),
    "application": ~Q(decisions__meeting__state="entered"),
    "summary":     Q(summaries.carrying()),
    "ending":      ~Q(rulings__resolution__state="entered"),
    "change":      ~Q(rulings__resolution__state="entered"),
}
# Acts that a second person takes, and who must not be it: nobody owes what only a colleague may do.
SECOND: dict[tuple[str, str], str] = {
    ("sample", "redraw_proposed"): "redraw_proposed_by",
    ("meeting", "entered"):        "entered_by",
    ("resolution", "entered"):     "entered_by",
    ("title_import", "uploaded"):  "uploaded_by",
}
# Steps owed instead of the usual one of the same state, and of which subjects: nobody is asked any more for an ended application.
INSTEAD: dict[str, Callable[[Any], bool]] = {"sample.void": lambda sample: not sampling.examined(sample)}
PREFETCHES: dict[str, tuple[str, ...]] = {
    "application": ("call__extensions", "corrections"),
    "summary":     ("call__extensions", "recommendations__application"),
}
# fmt: on


@dataclass(frozen=True)
class Task:
    """One thing a person owes: what, on which subject, under which article, by when (None: no term set).

    ``after``: the day that must have passed before anybody can do it; None when it can be done now.
    """

    duty: duties.Duty
    subject: Subject
    due: deadlines.Due | None
    after: date | None = None

    @property
    def basis(self) -> str:
        return self.duty.row.basis

    @property
    def url(self) -> str:
        return self.subject.get_absolute_url()

    @property
    def stage(self) -> str:
        """Where the subject stands, in words; what is owed may have no life yet."""
        return self.subject.status.label if self.subject.state else "尚未开始"


def yearly_of(actor: Actor) -> list[Completeness]:
    """How complete the yearly reports are in the districts the person answers for or oversees; none for all others."""
    if not actor.has(Role.DISTRICT_OFFICER, Role.CITY_OFFICER, Role.AUDITOR):
        return []
    return completeness.by_district(reports.newest_year(), [actor.district] if actor.district else None)


def tasks(actor: Actor, yearly: list[Completeness] | None = None) -> list[Task]:
    """What the acting person owes, the most urgent first, those without a term last. A page reads ``yearly_of`` once."""
    found = [(duty, subject) for duty, subject in _owed(actor)]
    due, after = deadlines.dues([subject for _, subject in found]), _notices_running(found)
    listed = [
        Task(duty, subject, _term(due[subject.SUBJECT, subject.pk], duty), after.get((subject.SUBJECT, subject.pk)))
        for duty, subject in found
    ]
    owed = [task for task in listed if not (task.duty.lapses and task.due and task.due.overdue)]
    return sorted([*owed, *_to_begin(actor, yearly)], key=_urgency)


def _notices_running(found: list[tuple[duties.Duty, Subject]]) -> dict[tuple[str, int], date]:
    """The last day of the notice of each application whose notice still runs: it is decided after that (Art. 14, 15)."""
    on_notice = [one for _, one in found if isinstance(one, Application) and one.state == "on_notice"]
    items, today = notices.standing_items(on_notice), clock.today()
    return {(Application.SUBJECT, pk): item.ends_on for pk, item in items.items() if not item.ended_on(today)}


def _to_begin(actor: Actor, yearly: list[Completeness] | None) -> list[Task]:
    """What is owed and not begun: a platform's report (Art. 17), the district's report to the city (Art. 18), an order (Art. 19)."""
    if actor.role == Role.CITY_OFFICER:
        return [Task(duties.ORDER_RECTIFICATION, one, None) for one in evaluations.without_order()]
    year = reports.newest_year()
    if actor.is_applicant:
        owed = reports.owed(year, registry.visible_to(actor))
        found = [
            AnnualReport(title=s.title, district=s.title.platform.district, year=year)
            for s in owed
            if not s.report and not s.closed
        ]
        return [_begin(duties.BEGIN_REPORT, report, report.due_at) for report in found]
    if actor.role == Role.DISTRICT_OFFICER and actor.district:
        [whole] = yearly_of(actor) if yearly is None else yearly
        if whole.owed and whole.first is None:
            owed_now = DistrictReport(district=actor.district, year=year, number=1)
            return [_begin(duties.FORWARD_REPORTS, owed_now, owed_now.district_due_at)]
    return []


def _begin(duty: duties.Duty, subject: Subject, instant: datetime) -> Task:
    last_day = deadlines.last_day(instant)
    return Task(duty, subject, deadlines.Due(duty.row, instant, deadlines.workdays_left(last_day)))


def _owed(actor: Actor) -> list[tuple[duties.Duty, Subject]]:
    owed = duties.of_role(actor.role)
    found = []
    for life in reachable(actor, dict.fromkeys(duty.subject for duty in owed)):
        by_state: dict[str, list[duties.Duty]] = {}
        for duty in owed:
            if duty.subject == life:
                by_state.setdefault(duty.state, []).append(duty)
        subjects = reached(actor, life).filter(OWED_ONLY.get(life, Q()), ~begun_by(actor, life), state__in=by_state)
        found += [(_owed_of(one, by_state[one.state]), one) for one in subjects]
    return found


def begun_by(actor: Actor, life: str) -> Q:
    """The subjects of a life that wait for a second person because the actor was the first."""
    own = [Q(state=state, **{by: actor.user_id}) for (name, state), by in SECOND.items() if name == life]
    return Q(*own, _connector=Q.OR) if own and actor.user_id else Q(pk__in=())


def _owed_of(subject: Subject, of_state: list[duties.Duty]) -> duties.Duty:
    """The one of the duties of its state that the subject owes."""
    instead = [duty for duty in of_state if duty.row.key in INSTEAD]
    usual = next(duty for duty in of_state if duty not in instead)
    return next((duty for duty in instead if INSTEAD[duty.row.key](subject)), usual)


def reachable(actor: Actor, lives: Iterable[str]) -> list[str]:
    """The lives, of those given, that can have a subject for the actor: most applicants have no title and nothing that follows from one."""
    if not actor.is_applicant or Title.objects.filter(platform__organisation=actor.organisation_id).exists():
        return list(lives)
    return [life for life in lives if life not in OF_A_TITLE]


def reached(actor: Actor, life: str) -> QuerySet[Subject]:
    """The subjects of a life within the actor's organisation, district or assignments; all for officers of the city."""
    found = model(life)
    scope = SCOPES.get(life, {})
    if actor.is_applicant:
        return found.filter(**{scope["organisation"]: actor.organisation_id})
    if actor.role == Role.DISTRICT_OFFICER:
        return found.filter(**{scope["district"]: actor.district_id})
    if actor.has(Role.EXPERT, Role.INSPECTOR, Role.EVALUATOR):
        return found.filter(**{scope["person"]: actor.user_id})
    return found


def model(life: str) -> QuerySet[Subject]:
    """Every subject of a life, with what its pages read."""
    found = model_of(life)._default_manager.select_related(*READS.get(life, ()))
    return found.prefetch_related(*PREFETCHES.get(life, ()))


def _term(open_terms: list[deadlines.Due], duty: duties.Duty) -> deadlines.Due | None:
    return next((due for due in open_terms if due.row.name == duty.step), None)


def _urgency(task: Task) -> tuple[bool, bool, datetime, str]:
    moment = task.due.instant if task.due else clock.now()
    return task.after is not None, task.due is None, moment, task.subject.heading


def stages(actor: Actor) -> list[tuple[str, int]]:
    """How many applications of the newest call stand in each state, in the order of the road; empty states left out."""
    call = Call.objects.exclude(state="draft").order_by("-year").first()
    if call is None:
        return []
    counted = Counter(applications.visible_to(actor).filter(call=call).values_list("state", flat=True))
    return [
        (state.label, counted[value]) for value, state in states.STATES[Application.SUBJECT].items() if counted[value]
    ]
