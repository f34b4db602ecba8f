"""Two people at one section: what each changed since the page was made, field by field. Pure.

The page carries a digest of every field as it showed it (``base``), so that a merge is exact although no older revision is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2s

from applications.schema import Section

DIGEST = 12
"""Characters of one field's digest: 48 bits, against chance only. Whoever forges it could as well type the text."""

Texts = Mapping[str, str]


@dataclass(frozen=True)
class Merge:
    """``data`` with both persons' changes; ``taken`` are fields only the other one changed, ``conflicts`` those both did."""

    data: dict[str, str]
    taken: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()


def base_of(section: Section, shown: Texts) -> str:
    """The digests of all fields in the order of the section."""
    return "".join(_digest(shown.get(field.key, "")) for field in section.fields)


def merge(section: Section, *, yours: Texts, theirs: Texts, base: str) -> Merge:
    """Each field from whoever changed it. Without a readable ``base`` every difference is a conflict."""
    data, taken, conflicts = {}, [], []
    known = len(base) == DIGEST * len(section.fields)
    for place, field in enumerate(section.fields):
        was = base[place * DIGEST : (place + 1) * DIGEST] if known else ""
        mine, other = yours.get(field.key, ""), theirs.get(field.key, "")
        data[field.key] = mine
        if mine == other or _digest(other) == was:
            continue
        if _digest(mine) == was:
            data[field.key] = other
            taken.append(field.key)
        else:
            conflicts.append(field.key)
    return Merge(data, tuple(taken), tuple(conflicts))


def _digest(text: str) -> str:
    return blake2s(text.encode("utf-8", "surrogatepass"), digest_size=DIGEST // 2).hexdigest()
