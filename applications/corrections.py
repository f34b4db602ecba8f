"""Which parts a return for correction opens, and what is still missing before it can be answered."""

from applications import wording
from applications.differences import AUTHORITY, Change, Content, difference
from applications.models import Application, Correction, CorrectionItem
from lifecycle import chain

Part = tuple[str, str]


def current(application: Application) -> Correction | None:
    """The correction the applicant has to answer now; None unless the application is returned."""
    if application.state != "returned":
        return None
    return application.corrections.filter(answered_at__isnull=True).order_by("-pk").first()


def outside(changes: list[Change], allowed: set[Part]) -> list[Change]:
    """The applicant's changes that touch parts which were not opened."""
    own = [change for change in changes if change.part != AUTHORITY]
    return [change for change in own if (change.part, change.key) not in allowed]


def changes_since(application: Application, content: Content) -> list[Change]:
    """What differs from the version that was returned."""
    assert application.current_version is not None
    return difference(application.current_version.content, content)


def unanswered(correction: Correction) -> list[CorrectionItem]:
    """The items without a word from the applicant."""
    return [item for item in correction.items.all() if not item.answer.strip()]


def item_label(item: CorrectionItem) -> str:
    """How an item is named on the page and in the letter, such as 服务中小企业清单."""
    return wording.part_label(item.part, item.key)


def answers_digest(correction: Correction) -> str:
    """The hash of the answers as they stand: for the record, and to notice that somebody else has changed them."""
    return chain.digest([[item.part, item.key, item.answer] for item in correction.items.all()])
