"""When a call opens, platforms whose title ends in its year are invited to apply again (Art. 10, 16)."""

from datetime import datetime

from applications.models import Call
from lifecycle.announcements import people, tell
from lifecycle.deadlines import last_day
from lifecycle.steps import APPLICANT
from registry import selectors
from timekeeping.clock import SHANGHAI
from timekeeping.dates import chinese_date


def scan(now: datetime) -> int:
    """Tell the people of each such platform once per call, while the call accepts applications."""
    told = 0
    for call in Call.objects.filter(state="open", opens_at__lte=now, year=now.astimezone(SHANGHAI).year):
        told += _invite(call) if now < call.closes_at_for(None) else 0
    return told


def _invite(call: Call) -> int:
    until, told = chinese_date(last_day(call.closes_at_for(None))), 0
    for title in selectors.renewable(call.year):
        told += tell(
            subject=title, kind="renewal_call", occasion=str(call.uuid), title=f"可以再次申报：{call.title}",
            body=f"{title.platform_name}的称号有效期至{chinese_date(title.valid_to)}，在有效期满当年可以再次申报。"
            f"本次申报截止{until}，登录后在“我的申报”中新建。\n依据：第十条、第十六条。",
            users=people(APPLICANT, title),
        )  # fmt: skip
    return told
