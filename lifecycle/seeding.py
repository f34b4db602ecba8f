"""Rows that every database begins with: the chain's head and the published years of the working-day table."""

from typing import Any

from lifecycle.chain import GENESIS
from timekeeping import seed
from timekeeping.clock import shanghai

FIRST_YEAR, LAST_YEAR = 2022, 2026


def plant(apps: Any, schema_editor: Any = None) -> None:
    """Plant the rows that are missing; ``apps`` is Django's or a migration's registry."""
    head = apps.get_model("lifecycle", "ChainHead")
    head.objects.get_or_create(pk=1, defaults={"sequence": 0, "hash": GENESIS, "at": shanghai(2018, 9, 7)})
    years = apps.get_model("lifecycle", "WorkCalendarYear")
    days = apps.get_model("lifecycle", "WorkCalendarDay")
    for number in range(FIRST_YEAR, LAST_YEAR + 1):
        year, is_new = years.objects.get_or_create(year=number, defaults={"document_number": seed.SOURCE})
        if is_new:
            days.objects.bulk_create(
                days(year=year, date=row.day, kind=row.kind.value, name=row.name) for row in seed.rows([number])
            )
