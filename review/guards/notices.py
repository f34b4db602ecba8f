"""Proposed list and public notice (Art. 14)."""

from collections.abc import Iterator

from accounts.actors import Actor
from lifecycle.guards import guard
from review.models import Notice
from review.selectors import notices as selectors


@guard("notice.publish")
def list_is_still_proposed(notice: Notice, actor: Actor) -> Iterator[str]:
    """Art. 14: only what stands on the proposed list is put on notice."""
    items = selectors.items_of(notice)
    if not items:
        yield "公示名单为空，请先修改公示稿"
    for item in selectors.gone(items):
        yield f"“{item.platform_name}”已不在拟认定名单（{item.application.status.label}），请先修改公示稿"


@guard("notice.extend", "notice.correct")
def a_platform_still_stands(notice: Notice, actor: Actor) -> Iterator[str]:
    """Art. 15: once every platform of the list is decided, its notice changes no more."""
    if not notice.items.filter(application__state__in=selectors.STANDING).exists():
        yield "名单上的平台均已办结，公示不再变更"
