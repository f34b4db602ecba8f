"""What must hold of titles, plaques and bans."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from lifecycle.models import Counter
from registry.models import Plaque, Title


def check() -> Iterator[str]:
    """Numbers are unique, gapless and agree with their counters; every title has a plaque; terms do not overlap."""
    yield from gaps("title", Title.objects.values_list("year", "sequence"))
    yield from gaps("plaque", Plaque.objects.values_list("year", "sequence"))
    for number in Title.objects.filter(plaques__isnull=True).values_list("number", flat=True):
        yield f"称号 {number} 没有牌匾"
    yield from _overlaps()


def gaps(kind: str, numbers: Iterable[tuple[int, int]]) -> Iterator[str]:
    """One line per year whose numbers are not exactly 1..n, n being the counter's last."""
    found: dict[int, list[int]] = defaultdict(list)
    for year, sequence in numbers:
        found[year].append(sequence)
    counters = dict(Counter.objects.filter(kind=kind).values_list("year", "last"))
    for year in sorted(found.keys() | counters.keys()):
        last = counters.get(year, 0)
        if sorted(found.get(year, [])) != list(range(1, last + 1)):
            yield f"{kind} {year}年编号不连续：已发 {sorted(found.get(year, []))}，计数器为 {last}"


def _overlaps() -> Iterator[str]:
    previous: dict[str, Title] = {}
    for title in Title.objects.order_by("credit_code", "valid_from"):
        before = previous.get(title.credit_code)
        if before and title.valid_from <= before.valid_to:
            yield f"称号 {before.number} 与 {title.number} 的有效期重叠"
        previous[title.credit_code] = title
