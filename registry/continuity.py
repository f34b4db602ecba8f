"""Which title comes before and after which, and the gap between them: shown, never bridged (Art. 16)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from registry.models import Title
from regulation.terms import Period, renewal_gap


@dataclass(frozen=True)
class Place:
    """A title among those of its operator; ``gap`` are the days without a title before it."""

    earlier: Title | None = None
    later: Title | None = None
    gap: Period | None = None


def places(titles: Iterable[Title], known: QuerySet[Title]) -> dict[int, Place]:
    """The place of each title by key, looking only at ``known`` ones; one query for any number of titles."""
    listed = list(titles)
    by_code: dict[str, list[Title]] = defaultdict(list)
    for title in known.filter(credit_code__in={title.credit_code for title in listed}).order_by("valid_from", "pk"):
        by_code[title.credit_code].append(title)
    return {title.pk: _place(title, by_code[title.credit_code]) for title in listed}


def place(title: Title, known: QuerySet[Title]) -> Place:
    """The place of one title."""
    return places([title], known)[title.pk]


def _place(title: Title, line: list[Title]) -> Place:
    earlier = [other for other in line if other.valid_from < title.valid_from]
    later = [other for other in line if other.valid_from > title.valid_from]
    before = earlier[-1] if earlier else None
    gap = renewal_gap(before.last_day, Period(title.valid_from, title.valid_to)) if before else None
    return Place(before, later[0] if later else None, gap)
