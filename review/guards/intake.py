"""What stands in the way of the city's intake."""

from collections.abc import Iterator

from accounts.actors import Actor
from applications.models import Application
from lifecycle.guards import guard
from review.models import Recommendation


@guard("application.admit")
def recommended_first(application: Application, actor: Actor) -> Iterator[str]:
    """Art. 11: the district's recommendation with its row of 附件2 stands behind the case."""
    standing = Recommendation.objects.filter(application=application, withdrawn_at__isnull=True, recommended=True)
    if not standing.exists():
        yield "没有有效的县区推荐"
