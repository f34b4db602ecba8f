"""What stands in the way of the city's intake."""

from collections.abc import Iterator

from accounts.actors import Actor
from applications.models import Application
from lifecycle.guards import guard
from review.models import Recommendation


@guard("application.admit")
def recommended_first(application: Application, actor: Actor) -> Iterator[str]:
    """Art. 11: the district's recommendation stands behind the case, on a sheet that was forwarded."""
    standing = Recommendation.objects.filter(application=application, withdrawn_at__isnull=True, recommended=True)
    if not standing.filter(sheet__state="forwarded").exists():
        yield "没有随推荐汇总表报送的有效县区推荐"
