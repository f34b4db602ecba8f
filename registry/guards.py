"""Why a step of the book cannot be taken now, beyond its stage."""

from collections.abc import Iterator

from accounts.actors import Actor
from lifecycle.guards import guard
from registry.models import TitleImport


@guard("title_import.confirm")
def confirmed_by_another(title_import: TitleImport, actor: Actor) -> Iterator[str]:
    """Default: whoever uploaded does not confirm."""
    if title_import.uploaded_by_id == actor.user_id:
        yield "须由另一名市局经办人对照文件复核"
