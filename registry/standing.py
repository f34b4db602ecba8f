"""Where a title stands on a day: the one answer that pages, lists, exports and the QR check give (Art. 15, 16, 19).

Time alone never changes a stored state, so the standing is computed from state and dates whenever somebody asks. An ending
counts from its day on, before it the dates of the term speak; while it is suspended the dates speak again.
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
STAYED = Standing("stayed", "停止执行", "warn", "取消或撤销决定停止执行，其间称号按有效期计。", in_force=True)
EXPIRED = Standing("expired", "已到期", "warn", "有效期已经届满，不再是有效的市级示范平台。")
CANCELLED = Standing("cancelled", "已取消", "bad", "称号已被取消，不再是市级示范平台。")
REVOKED = Standing("revoked", "已撤销", "bad", "称号已被撤销，不再是市级示范平台。")
DISSOLVED = Standing("dissolved", "已终止", "warn", "运营单位已经终止，称号随之终止。")
RENOUNCED = Standing("renounced", "已放弃", "warn", "平台已放弃称号，不再是市级示范平台。")
ENDED = {standing.key: standing for standing in (CANCELLED, REVOKED, DISSOLVED, RENOUNCED)}
STANDINGS = (VALID, STAYED, COMING, EXPIRED, *ENDED.values())
CHOICES = [(standing.key, standing.label) for standing in STANDINGS]


def standing(title: Title, on: date) -> Standing:
    """The standing of a title on a day; both dates of its term belong to it, the day of its ending does not."""
    if title.ended_by(on):
        return ENDED[title.state]
    if on < title.valid_from:
        return COMING
    if not title.valid_on(on):
        return EXPIRED
    return STAYED if title.state == STAYED.key else VALID


def condition(key: str, on: date) -> Q:
    """The same as a condition on titles. Raises KeyError for an unknown key."""
    if key in ENDED:
        return Q(state=key) & _ended(on)
    stayed = Q(state=STAYED.key)
    return (
        _not_ended(on)
        & {
            COMING.key: Q(valid_from__gt=on),
            VALID.key: _within(on) & ~stayed,
            STAYED.key: _within(on) & stayed,
            EXPIRED.key: Q(valid_to__lt=on),
        }[key]
    )


def in_force(on: date, path: str = "") -> Q:
    """``Title.in_force`` as a condition; ``path`` leads to the title from another model, as in ``"titles__"``."""
    return _within(on, path) & _not_ended(on, path)


def _within(on: date, path: str = "") -> Q:
    return Q(**{f"{path}valid_from__lte": on, f"{path}valid_to__gte": on})


def _ended(on: date) -> Q:
    return Q(state__in=Title.ENDED) & (Q(ended_on__isnull=True) | Q(ended_on__lte=on))


def _not_ended(on: date, path: str = "") -> Q:
    return ~Q(**{f"{path}state__in": Title.ENDED}) | Q(**{f"{path}ended_on__gt": on})
