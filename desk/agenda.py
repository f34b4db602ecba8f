"""A person's desk: what I owe and by when, most urgent first. Constant queries for any number of cases.

What waits for others is in ``desk.waiting``, the year's dates in ``desk.dates``.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from accounts.actors import Actor
from accounts.models import Role
from applications import selectors as applications
from applications.models import Application, Call
from desk import duties
from desk.reading import Part, Reading, reached
from lifecycle import deadlines, states
from lifecycle.subject import Subject
from registry import selectors as registry
from review.selectors import notices, sampling, summaries
from supervision.models import AnnualReport, DistrictReport
from supervision.selectors import completeness, evaluations, reports
from supervision.selectors.completeness import Completeness
from timekeeping import clock

# fmt: off
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


def tasks(actor: Actor, read: Reading | None = None, yearly: list[Completeness] | None = None) -> list[Task]:
    """What the acting person owes, the most urgent first, those without a term last.

    A page that reads ``OWED`` and ``yearly_of`` for other parts too hands them over.
    """
    read = read or Reading(actor, OWED)
    found = [(_owed_of(actor, one), one) for one in read.cases(OWED)]
    due, after = read.dues, _notices_running(found)
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


def _duties_of(actor: Actor, life: str) -> list[duties.Duty]:
    return [duty for duty in duties.of_role(actor.role) if duty.subject == life]


def _owed(actor: Actor, life: str) -> QuerySet[Subject] | None:
    """The cases of a life that the actor owes something about; None when its role never does."""
    of_duties = {duty.state for duty in _duties_of(actor, life)}
    if not of_duties:
        return None
    return reached(actor, life).filter(OWED_ONLY.get(life, Q()), ~begun_by(actor, life), state__in=of_duties)


OWED = Part("owed", tuple(dict.fromkeys(duty.subject for duty in duties.DUTIES)), _owed)


def begun_by(actor: Actor, life: str) -> Q:
    """The subjects of a life that wait for a second person because the actor was the first."""
    own = [Q(state=state, **{by: actor.user_id}) for (name, state), by in SECOND.items() if name == life]
    return Q(*own, _connector=Q.OR) if own and actor.user_id else Q(pk__in=())


def _owed_of(actor: Actor, subject: Subject) -> duties.Duty:
    """The one of the actor's duties of its state that the subject owes."""
    of_state = [duty for duty in _duties_of(actor, subject.SUBJECT) if duty.state == subject.state]
    instead = [duty for duty in of_state if duty.row.key in INSTEAD]
    usual = next(duty for duty in of_state if duty not in instead)
    return next((duty for duty in instead if INSTEAD[duty.row.key](subject)), usual)


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
