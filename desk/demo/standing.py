"""Whether this installation is a demo, told once per process: the clock every process runs by, and the banner of every page."""

from datetime import datetime
from functools import cache

from django.conf import settings
from django.db import connection

from desk.models import DemoCity
from timekeeping import clock
from timekeeping.dates import chinese_date

INVENTED = "演示数据：网站上的单位、人员、材料和办理情况均为虚构，与真实主体无关。"


def city() -> DemoCity | None:
    """The demo city of this installation; None in production and while none was made."""
    return _city() if settings.DEMO_ALLOWED else None


@cache
def _city() -> DemoCity | None:
    # Asked of the catalogue first: on PostgreSQL a failed query would spoil the transaction of the migrations.
    if DemoCity._meta.db_table not in connection.introspection.table_names():
        return None
    return DemoCity.objects.first()


def forget() -> None:
    """Ask the database again the next time."""
    _city.cache_clear()


def now() -> datetime:
    """The product's present: the real time, in a demo moved to where the city was anchored."""
    made = city()
    return clock.wall() + made.offset if made else clock.wall()


def banner() -> str:
    """The words above every page of a demo; empty elsewhere."""
    made = city()
    if made is None:
        return ""
    if not made.offset_days:
        return INVENTED
    return (
        f"{INVENTED}{made.anchor.year + 1}年放假安排尚未录入，演示的“今天”为{chinese_date(clock.today())}"
        f"（比真实日期早{-made.offset_days}天）。"
    )
