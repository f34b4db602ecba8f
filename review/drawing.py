"""Drawing experts from the pool: anyone can replay the draw from its recorded seed (default; Art. 12 names no way).

Every expert gets the ticket SHA-256("seed:uuid"); the lowest tickets are drawn, the next ones replace who must leave.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from regulation.sampling import ticket


@dataclass(frozen=True)
class Draw:
    """One draw as recorded: the pool it was made from, who was left out and why, who was drawn in this order."""

    seed: str
    pool: tuple[str, ...]
    excluded: Mapping[str, str]
    drawn: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "seed": self.seed,
            "pool": list(self.pool),
            "excluded": dict(self.excluded),
            "drawn": list(self.drawn),
        }


def order(seed: str, pool: Iterable[str]) -> list[str]:
    """The pool in the order of its tickets."""
    return sorted(set(pool), key=lambda key: (ticket(seed, key), key))


def draw(pool: Iterable[str], seed: str, count: int, excluded: Mapping[str, str]) -> Draw:
    """Draw ``count`` of the pool without the excluded. Raises ValueError when too few are left."""
    everybody = tuple(sorted(set(pool)))
    able = [key for key in order(seed, everybody) if key not in excluded]
    if not 0 <= count <= len(able):
        raise ValueError(f"专家库中可抽取的专家为{len(able)}人，不足{count}人")
    return Draw(seed, everybody, dict(sorted(excluded.items())), tuple(able[:count]))


def replay(recorded: Mapping[str, Any]) -> bool:
    """Whether the recorded draw is exactly what its seed gives for its pool."""
    again = draw(recorded["pool"], recorded["seed"], len(recorded["drawn"]), recorded["excluded"])
    return again.as_json() == dict(recorded)
