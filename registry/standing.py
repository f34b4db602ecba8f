"""Where a title stands on a day: the one answer that pages, lists, exports and the QR check give (Art. 15, 16).

Time alone never changes a stored state, so the standing is computed from state and dates whenever somebody asks.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from registry.models import Title


@dataclass(frozen=True)
class Standing:
    """A standing for people: its word, the tone of its badge, and one sentence that explains it."""

    key: str
    label: str
    tone: str
    words: str
    in_force: bool = False


COMING = Standing("coming", "尚未生效", "wait", "已作出认定决定，有效期尚未开始。")
VALID = Standing("valid", "有效", "done", "称号在有效期内。", in_force=True)
EXPIRED = Standing("expired", "已到期", "warn", "有效期已经届满，不再是有效的市级示范平台。")
STANDINGS = (VALID, COMING, EXPIRED)
CHOICES = [(standing.key, standing.label) for standing in STANDINGS]


def standing(title: Title, on: date) -> Standing:
    """The standing of a title on a day; both dates of its term belong to it."""
    if on < title.valid_from:
        return COMING
    return VALID if title.valid_on(on) else EXPIRED


def condition(key: str, on: date) -> Q:
    """The same as a condition on titles. Raises KeyError for an unknown key."""
    return {
        COMING.key: Q(valid_from__gt=on),
        VALID.key: Q(valid_from__lte=on, valid_to__gte=on),
        EXPIRED.key: Q(valid_to__lt=on),
    }[key]
