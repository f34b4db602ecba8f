"""Invitations to renew: every platform once in the calendar year in which its title ends (Art. 16)."""

from datetime import datetime

from lifecycle.announcements import people, tell
from lifecycle.steps import APPLICANT
from registry import selectors
from timekeeping.clock import SHANGHAI
from timekeeping.dates import chinese_date

GAP = (
    "新称号的有效期自认定决定之日起算；决定早于原称号期满的，自期满次日起算。"
    "期满时还没有新的认定决定的，其间没有有效称号，也不自动延长。"
)


def scan(now: datetime) -> int:
    """Tell the people of each platform whose title ends this year; who gets an account later in the year is told then."""
    today = now.astimezone(SHANGHAI).date()
    told = 0
    for title in selectors.renewable(today.year):
        told += tell(
            subject=title, kind="renewal", occasion=str(today.year), title=f"称号本年期满，可以再次申报：{title.platform_name}",
            body=f"{title.platform_name}的称号（{title.number}）有效期至{chinese_date(title.valid_to)}（含当日），"
            f"{today.year}年可以再次申报，时间以当年申报通知为准。{GAP}\n依据：第十六条。",
            users=people(APPLICANT, title),
        )  # fmt: skip
    return told
