"""Who handles which case: a working arrangement of the district that limits nobody (default)."""

from django.db.models import Exists, OuterRef, QuerySet

from accounts.models import Capacity, District, Role, User
from review.models import CaseAssignment


def in_force() -> QuerySet[CaseAssignment]:
    """The arrangements that hold: not ended, and the officer still acts for the district where the case lies now.

    So a case whose officer has left, or that was transferred, counts as unassigned without anybody ending anything.
    """
    serving = Capacity.objects.active().filter(
        role=Role.DISTRICT_OFFICER, user=OuterRef("officer"), district=OuterRef("application__district")
    )
    return CaseAssignment.objects.filter(Exists(serving), ended_at__isnull=True).select_related("officer")


def of_case() -> QuerySet[CaseAssignment]:
    """The arrangement in force for the case of an outer query on applications."""
    return in_force().filter(application=OuterRef("pk"))


def officers(district: District | None) -> QuerySet[User]:
    """Who may be given a case of the district, by name."""
    serving = Capacity.objects.active().filter(role=Role.DISTRICT_OFFICER, district=district).values("user")
    return User.objects.filter(pk__in=serving).order_by("name", "pk")
