"""Inspections: whose are whose, how far the checklist is (Art. 13)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, Count, Q, QuerySet, When

from accounts.actors import Actor
from accounts.models import Role, User
from applications.models import Application
from review.inspection_items import BY_ITEM, ITEMS
from review.inspection_items import InspectionItem as Wanted
from review.models import Inspection, InspectionItem, InspectionPhoto, ScoreSheet


def visible_to(actor: Actor) -> QuerySet[Inspection]:
    """City officers and auditors see all; a district those of its cases; inspectors those they are sent to; applicants their own."""
    found = Inspection.objects.select_related("application__organisation", "application__district", "application__call")
    if actor.has(Role.CITY_OFFICER, Role.AUDITOR):
        return found
    if actor.role == Role.DISTRICT_OFFICER:
        return found.filter(application__district=actor.district_id)
    if actor.role == Role.INSPECTOR:
        return found.filter(inspectors__user=actor.user_id)
    if actor.is_applicant:
        return found.filter(application__organisation=actor.organisation_id)
    return found.none()


def listed(actor: Actor) -> QuerySet[Inspection]:
    """The visible inspections with their people and how many items are answered: those to be done by their day, then the ended ones,
    the newest first.
    """
    ids = visible_to(actor).values("pk")
    answered = Count("items", filter=~Q(items__result=""), distinct=True)
    ended_on = Case(When(state="concluded", then="visit_on"))
    found = Inspection.objects.filter(pk__in=ids).annotate(answered=answered)
    found = found.order_by(ended_on.desc(nulls_first=True), "visit_on", "pk")
    return found.select_related(
        "application__organisation", "application__district", "application__call"
    ).prefetch_related("inspectors__user")


def waiting() -> QuerySet[Application]:
    """The shortlisted applications whose visit has not been planned."""
    found = Application.objects.filter(state="shortlisted", inspection__isnull=True)
    return found.select_related("organisation", "district", "call").order_by("receipt_number", "pk")


@dataclass(frozen=True)
class Line:
    """One item of the checklist with its answer (None: open) and photos."""

    wanted: Wanted
    answer: InspectionItem | None
    photos: tuple[InspectionPhoto, ...]

    @property
    def done(self) -> bool:
        return self.answer is not None


def lines(inspection: Inspection) -> list[Line]:
    """The whole checklist in its order; two queries."""
    answers = {answer.key: answer for answer in inspection.items.select_related("saved_by")}
    photos: dict[str, list[InspectionPhoto]] = {key: [] for key in BY_ITEM}
    for photo in inspection.photos.select_related("file", "shown"):
        photos.setdefault(photo.key, []).append(photo)
    return [Line(item, answers.get(item.key), tuple(photos[item.key])) for item in ITEMS]


def is_clarified(inspection: Inspection) -> bool:
    """Whether a clarification was ever asked for: from then on no failed condition can be taken back."""
    return inspection.clarification_due_at is not None


def scorers(users: Iterable[User], application: Application) -> set[int]:
    """Which of the persons scored this case; not forbidden, but said."""
    sheets = ScoreSheet.objects.filter(case__application=application, expert__in=list(users), state="locked")
    return set(sheets.values_list("expert", flat=True))
