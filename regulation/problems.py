"""What people must look at in the lists: which rows of which list, why, and which figures of the rules they touch."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeVar

Row = TypeVar("Row")
Numbered = Sequence[tuple[int, Row]]
MOST_SHOWN = 12


@dataclass(frozen=True)
class Problem:
    """Something in a list that does not count or cannot be read safely; ``subject`` is the row's own name.

    ``source`` names the list, ``rows`` the rows concerned, counted from 1 in the order given; ``touches`` are the keys of
    the findings whose figure would change.
    """

    kind: str
    subject: str
    text: str
    source: str = ""
    rows: tuple[int, ...] = ()
    touches: tuple[str, ...] = ()

    @property
    def row_words(self) -> str:
        """第3、7至20行, shortened when there are many; empty for a problem of the whole list."""
        runs = _runs(self.rows)
        more = f"等{len(self.rows)}" if len(runs) > MOST_SHOWN else ""
        return f"第{'、'.join(runs[:MOST_SHOWN])}{more}行" if runs else ""

    @property
    def words(self) -> str:
        """Rows, subject and reason in one line of the page, without the name of the list."""
        named = f"{self.row_words}“{self.subject}”" if self.subject else self.row_words
        return f"{named}：{self.text}" if named else self.text


def touching(problems: Iterable[Problem], source: str, keys: tuple[str, ...]) -> list[Problem]:
    """The problems as those of one list, touching these findings."""
    return [replace(problem, source=source, touches=keys) for problem in problems]


def repeated(rows: Numbered[Row], key: Callable[[Row], Hashable], named: Callable[[Row], str],
             what: str, how: str) -> list[Problem]:  # fmt: skip
    """One problem for each thing that stands in more than one row."""
    places: dict[Hashable, list[tuple[int, Row]]] = {}
    for number, row in rows:
        places.setdefault(key(row), []).append((number, row))
    return [
        Problem(
            "repeated", named(same[0][1]), f"{what}，出现{len(same)}次，{how}", rows=tuple(number for number, _ in same)
        )
        for same in places.values()
        if len(same) > 1
    ]


def together(rows: Numbered[Row], kind: str, text: str) -> list[Problem]:
    """One problem for all rows that share it; none for no rows."""
    return [Problem(kind, "", text, rows=tuple(number for number, _ in rows))] if rows else []


def _runs(numbers: Sequence[int]) -> list[str]:
    ordered = sorted(set(numbers))
    cuts = [place for place, (one, two) in enumerate(pairwise(ordered), 1) if two - one > 1]
    parts = [ordered[start:end] for start, end in zip([0, *cuts], [*cuts, len(ordered)], strict=True)]
    return [f"{part[0]}至{part[-1]}" if len(part) > 2 else "、".join(map(str, part)) for part in parts if part]
