"""What the public reads of a notice (Art. 14). Every field named here is public; nothing else reaches a public page.

Held platforms stand as printed: that somebody objected, and against whom, is not published.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from lifecycle.deadlines import workdays_left
from lifecycle.models import StepRecord
from lifecycle.workdays import calendar
from review.models import Notice, NoticeChange, NoticeItem
from review.selectors import notice_text
from timekeeping import clock
from timekeeping.dates import chinese_date
from timekeeping.workdays import WorkCalendar

NAMES = {"platform_name": "平台名称", "operator_name": "运营单位", "starts_on": "公示起", "ends_on": "公示止"}
WITHDRAWN = "申报单位撤回申报"


@dataclass(frozen=True)
class PublicItem:
    """One line of the list."""

    position: int
    platform: str
    operator: str
    district: str
    starts_on: date
    ends_on: date
    own_period: bool
    removed: str


@dataclass(frozen=True)
class PublicChange:
    """One line of the log of changes: what was printed, what is printed now."""

    at: datetime
    label: str
    platform: str
    changes: list[dict[str, str]]
    reason: str


@dataclass(frozen=True)
class PublicNotice:
    """A published notice. ``workdays_left`` does not count today and is None where a year is not published."""

    uuid: UUID
    title: str
    year: int
    published_at: datetime
    portal_url: str
    starts_on: date
    ends_on: date
    last_day: date
    count: int
    ended: bool
    workdays_left: int | None

    @property
    def due(self) -> dict[str, object]:
        """For the due box."""
        return {"label": "公示至", "last_day": self.last_day, "workdays_left": self.workdays_left, "overdue": False}


def published() -> list[PublicNotice]:
    """All published notices, the newest first; three queries for any number."""
    found = Notice.objects.filter(state="published").select_related("call").prefetch_related("items")
    known = calendar()
    return [_notice(notice, notice.items.all(), known) for notice in found.order_by("-portal_published_at", "-pk")]


def one(notice: Notice) -> PublicNotice:
    """The public face of a notice; its last day is that of the item whose own period runs longest."""
    return _notice(notice, notice.items.all(), calendar())


def face(notice: Notice, known: WorkCalendar | None = None) -> PublicNotice | None:
    """The public face once there is one; None for a draft."""
    return _notice(notice, notice.items.all(), known or calendar()) if notice.state == "published" else None


def items(notice: Notice) -> list[PublicItem]:
    """The list as printed, with what was removed since."""
    found = notice.items.select_related("district", "application")
    return [_item(notice, item) for item in found]


def changes(notice: Notice) -> list[PublicChange]:
    """Extensions, corrections, removals and withdrawals, the newest first."""
    logged = [_change(change) for change in notice.changes.select_related("item")]
    return sorted([*logged, *_withdrawals(notice)], key=lambda change: change.at, reverse=True)


def _notice(notice: Notice, listed: Iterable[NoticeItem], known: WorkCalendar) -> PublicNotice:
    listed = list(listed)
    last = max([notice.ends_on, *[item.ends_on for item in listed if item.removed_at is None]])
    assert notice.portal_published_at is not None
    return PublicNotice(
        uuid=notice.uuid, title=notice.title, year=notice.call.year, published_at=notice.portal_published_at,
        portal_url=notice.portal_url, starts_on=notice.starts_on, ends_on=notice.ends_on, last_day=last,
        count=len(listed), ended=clock.today() > last, workdays_left=workdays_left(last, known),
    )  # fmt: skip


def _item(notice: Notice, item: NoticeItem) -> PublicItem:
    gone = WITHDRAWN if item.application.state == "withdrawn" else "移出名单" if item.removed_at else ""
    return PublicItem(
        position=item.position, platform=item.platform_name, operator=item.operator_name, district=item.district.name,
        starts_on=item.starts_on, ends_on=item.ends_on, removed=gone,
        own_period=(item.starts_on, item.ends_on) != (notice.starts_on, notice.ends_on),
    )  # fmt: skip


def _change(change: NoticeChange) -> PublicChange:
    label = change.get_kind_display()
    if change.kind == NoticeChange.Kind.CORRECT:
        label = "更正（重新公示）" if change.material else "更正（文字）"
    lines = [
        {"label": NAMES[name], "old": _text(change.before.get(name, "")), "new": _text(value)}
        for name, value in change.after.items()
        if change.before.get(name) != value
    ]
    platform = change.item.platform_name if change.item else ""
    return PublicChange(change.made_at, label, platform, lines, change.reason)


def _text(value: str) -> str:
    """A date of the log in words, a name as it is."""
    try:
        return chinese_date(date.fromisoformat(value))
    except ValueError:
        return value


def _withdrawals(notice: Notice) -> list[PublicChange]:
    gone = {
        i.application.uuid: i for i in notice.items.filter(application__state="withdrawn").select_related("application")
    }
    records = StepRecord.objects.filter(subject_type="application", subject_id__in=gone, to_state="withdrawn")
    return [
        PublicChange(at, NoticeChange.Kind.REMOVE.label, gone[uuid].platform_name, [], WITHDRAWN)
        for uuid, at in records.values_list("subject_id", "at")
    ]


def how_to_object(notice: Notice) -> list[list[str]]:
    """Where objections go besides this site."""
    return notice_text.contacts(notice)
