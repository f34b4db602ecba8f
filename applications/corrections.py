"""A return for correction as the applicant answers it: what is open, what was said to each item, what changed because of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from applications import editing, openings, wording
from applications.differences import AUTHORITY, Change, Content, difference
from applications.models import Application, ApplicationVersion, Correction, CorrectionItem
from lifecycle import chain

SIGNED_REPORT = ("material", "1")
"""附件1 is made by the system; what can be put right is the signed scan, uploaded before resubmitting."""


def current(application: Application) -> Correction | None:
    """The correction the applicant has to answer now; None unless the application is returned."""
    if application.state != editing.RETURNED:
        return None
    return application.corrections.filter(answered_at__isnull=True).order_by("-pk").first()


def outside(changes: Iterable[Change], opened: openings.Opening) -> list[Change]:
    """The applicant's changes that touch what was not opened."""
    return [change for change in changes if change.part != AUTHORITY and not opened.covers(change)]


def changes_since(application: Application, content: Content) -> list[Change]:
    """What differs from the version that was returned."""
    assert application.current_version is not None
    return difference(application.current_version.content, content)


def is_answered(item: CorrectionItem) -> bool:
    """Whether the applicant has said something to the item and ticked it off."""
    return item.done and bool(item.answer.strip())


def unanswered(correction: Correction) -> list[CorrectionItem]:
    """The items without a word from the applicant, or not ticked off."""
    return [item for item in correction.items.all() if not is_answered(item)]


def item_label(item: CorrectionItem) -> str:
    """How an item is named on the page and in the letter, such as 服务中小企业清单."""
    return wording.part_label(item.part, item.key)


def field_words(item: CorrectionItem) -> str:
    """The fields an item opens, 上年末资产总额、上年末负债总额; empty when it opens its part as a whole."""
    return "、".join(openings.label(name) for name in item.fields)


def pages(application: Application, item: CorrectionItem) -> list[tuple[str, str]]:
    """(label, address) of the pages on which an item is put right; registered data are changed with the authority."""
    if (item.part, item.key) == SIGNED_REPORT:
        return [("签章扫描件", reverse("applications:resubmit", args=[application.uuid]))]
    return [
        (wording.part_label(part, key), reverse(f"applications:{part}", args=[application.uuid, key]))
        for part, key in openings.of_items([item]).parts
        if key != wording.ORGANISATION_PART
    ]


def answers_digest(correction: Correction) -> str:
    """The hash of the answers as they stand, for the record."""
    return chain.digest([[i.part, i.key, i.item, i.answer, i.done] for i in correction.items.all()])


@dataclass(frozen=True)
class Put:
    """One item as it was put right. ``same_as`` is the number of an earlier item that shows the same changes."""

    number: int
    item: CorrectionItem
    label: str
    changes: list[Change]
    same_as: int | None = None


@dataclass(frozen=True)
class Comparison:
    """Every item with its changes. ``count`` counts each change of the applicant once; ``others`` are an authority's."""

    correction: Correction
    items: list[Put]
    count: int
    others: list[Change]

    @property
    def words(self) -> str:
        """3 项补正，3 处改动."""
        return f"{len(self.items)} 项补正，{self.count} 处改动"

    @property
    def by_item(self) -> dict[str, Put]:
        """The items by the officer's items of the checklist."""
        return {put.item.item: put for put in self.items if put.item.item}


def compare(correction: Correction, changes: list[Change]) -> Comparison:
    """The changes since the version that was returned, item by item."""
    found: list[Put] = []
    for number, item in enumerate(correction.items.all(), 1):
        opened = openings.of_items([item])
        own = [change for change in changes if opened.covers(change)]
        same = next((put.number for put in found if own and put.changes == own), None)
        found.append(Put(number, item, item_label(item), own, same))
    others = [change for change in changes if change.part == AUTHORITY]
    return Comparison(correction, found, len(changes) - len(others), others)


def answered_by(version: ApplicationVersion, changes: list[Change]) -> Comparison | None:
    """What a resubmitted version says to the return before it; None for any other version.

    ``changes`` are those since the version before.
    """
    if version.number == 1:
        return None
    asked = version.application.corrections.filter(version__number=version.number - 1, answered_at__isnull=False)
    correction = asked.prefetch_related("items").order_by("-pk").first()
    return compare(correction, changes) if correction else None
