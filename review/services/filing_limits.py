"""How many objections one address may file online on one day; beyond it other channels stay open, nothing is dropped silently."""

import math
from datetime import timedelta

from accounts import limits
from lifecycle.errors import TooMany
from review.models import Notice
from timekeeping import clock
from timekeeping.dates import start_of_day

KIND = "objection"


class TooManyObjections(TooMany):
    """The address has filed as many objections today as it may (429)."""

    title = "今日网上提交异议已达上限"


def check(notice: Notice, address: str) -> None:
    """Raises TooManyObjections when nothing is left today; asked before any file is kept."""
    if limits.used(KIND, address) >= notice.pinned_parameters.objections_per_day_per_ip:
        raise _refusal(notice)


def charge(notice: Notice, address: str) -> None:
    """Count one objection inside the caller's transaction. Raises TooManyObjections beyond the limit."""
    if limits.use(KIND, address) > notice.pinned_parameters.objections_per_day_per_ip:
        raise _refusal(notice)


def _refusal(notice: Notice) -> TooManyObjections:
    limit = notice.pinned_parameters.objections_per_day_per_ip
    tomorrow = start_of_day(clock.today() + timedelta(days=1))
    return TooManyObjections(
        f"同一来源每天最多在网上提交{limit}件异议，今天已达上限。您填写的内容没有提交，请改用信函、来访或电话方式，或者明天再提交。",
        retry_after=math.ceil((tomorrow - clock.now()).total_seconds()),
    )
