"""What waits for the city's intake."""

from django.db.models import Prefetch, QuerySet

from applications.models import Application
from review.models import Recommendation


def recommended(visible: QuerySet[Application]) -> list[Application]:
    """The recommended cases by district and the district's order, each with ``standing_recommendations``."""
    standing = Recommendation.objects.filter(withdrawn_at__isnull=True, recommended=True)
    found = visible.filter(state="recommended").prefetch_related(
        Prefetch("recommendations", standing, to_attr="standing_recommendations"), "call__extensions", "corrections"
    )
    return sorted(found, key=lambda one: (one.district.order, _place(one), one.pk))


def _place(application: Application) -> int:
    made = application.standing_recommendations  # type: ignore[attr-defined]
    return made[0].order or 0 if made else 0
