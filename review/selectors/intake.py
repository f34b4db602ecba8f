"""What waits for the city's intake."""

from django.db.models import Prefetch, QuerySet

from applications.models import Application
from regulation.answers import Finding, Verdict
from review.models import Recommendation
from review.selectors import assessment


def forwarded(visible: QuerySet[Application]) -> list[Application]:
    """The forwarded cases by district and the district's order, each with ``standing_recommendations``."""
    standing = Recommendation.objects.filter(withdrawn_at__isnull=True, recommended=True)
    found = visible.filter(state="forwarded").prefetch_related(
        Prefetch("recommendations", standing, to_attr="standing_recommendations"), "call__extensions", "corrections"
    )
    return sorted(found, key=lambda one: (one.district.order, _place(one), one.pk))


def _place(application: Application) -> int:
    made = application.standing_recommendations  # type: ignore[attr-defined]
    return made[0].order or 0 if made else 0


def evidence_of(application: Application, ground: str) -> list[Finding]:
    """What the assessment holds against the application under one item of Art. 7 or 8; nothing when the figures are met."""
    answers = [one for one in assessment.judge(application).answers if one.citation == ground]
    return [finding for one in answers for finding in one.findings if finding.verdict is not Verdict.MET]
