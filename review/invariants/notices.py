"""What must hold of notices (Art. 14, 15)."""

from collections.abc import Iterator

from applications.models import Application
from lifecycle.models import StepRecord
from lifecycle.workdays import calendar
from review.models import NoticeItem
from timekeeping import clock
from timekeeping.dates import end_of_day
from timekeeping.workdays import UnknownYear

DECISIONS = ("certify", "decline", "defer")


def check() -> Iterator[str]:
    """Periods long enough, every platform on notice really printed, no decision before its notice had ended."""
    yield from _too_short()
    yield from _not_printed()
    yield from _decided_early()


def _too_short() -> Iterator[str]:
    known = calendar()
    items = NoticeItem.objects.filter(notice__state="published", removed_at__isnull=True)
    for item in items.select_related("notice__call"):
        required = item.notice.call.parameters.notice_workdays
        try:
            counted = known.count(item.starts_on, item.ends_on)
        except UnknownYear as unknown:
            yield f"公示 {item.notice.uuid} 第{item.position}项：{unknown}"
            continue
        if counted < required:
            yield f"公示 {item.notice.uuid} 第{item.position}项只有{counted}个工作日，应不少于{required}个"


def _not_printed() -> Iterator[str]:
    printed = NoticeItem.objects.filter(notice__state="published", removed_at__isnull=True)
    waiting = Application.objects.filter(state__in=("on_notice", "held")).exclude(pk__in=printed.values("application"))
    for uuid in waiting.values_list("uuid", flat=True):
        yield f"申报 {uuid} 在公示阶段，但没有列在任何已发布的公示上"


def _decided_early() -> Iterator[str]:
    """Judged by the record's times, so that a notice moved afterwards is found too."""
    ends: dict[str, list[NoticeItem]] = {}
    for item in NoticeItem.objects.filter(notice__state="published").select_related("application"):
        ends.setdefault(str(item.application.uuid), []).append(item)
    records = StepRecord.objects.filter(subject_type="application", step__in=DECISIONS)
    for uuid, at in records.values_list("subject_id", "at"):
        last = max((item.ends_on for item in ends.get(str(uuid), [])), default=None)
        if last is None or at < end_of_day(last):
            yield f"申报 {uuid} 于 {at.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M} 决定，公示尚未期满"
