"""Notices that end tomorrow and notices that have ended: the city is told once of each (Art. 14, 15)."""

from datetime import datetime, timedelta

from accounts.models import Role
from lifecycle.announcements import people, tell
from review.models import Notice, NoticeItem
from timekeeping.clock import SHANGHAI
from timekeeping.dates import chinese_date


def scan(now: datetime) -> int:
    """Tell the city of ends; a platform with a period of its own is told of by its own last day."""
    today = now.astimezone(SHANGHAI).date()
    items = NoticeItem.objects.filter(notice__state="published", removed_at__isnull=True)
    items = items.filter(application__state__in=("on_notice", "held"), ends_on__lte=today + timedelta(days=1))
    told = 0
    for notice, ends_on in items.order_by().values_list("notice", "ends_on").distinct():
        if ends_on < today:
            told += _tell(
                notice,
                "notice_ended",
                str(ends_on),
                f"公示已于{chinese_date(ends_on)}期满，没有未办结异议的平台可以提交集体决策。",
            )
        elif ends_on == today + timedelta(days=1):
            told += _tell(
                notice,
                "notice_ends",
                str(ends_on),
                f"公示将于明天（{chinese_date(ends_on)}）24:00期满，请留意最后一日收到的异议。",
            )
    return told


def _tell(pk: int, kind: str, occasion: str, words: str) -> int:
    notice = Notice.objects.get(pk=pk)
    users = people(Role.CITY_OFFICER, notice)
    return tell(subject=notice, kind=kind, occasion=occasion, title=notice.title, body=words, users=users)
