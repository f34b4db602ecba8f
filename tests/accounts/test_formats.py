"""How values are written for people."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from accounts import formats
from timekeeping.clock import shanghai


def test_a_date_in_prose_has_no_leading_zeros() -> None:
    assert formats.chinese_date(date(2026, 1, 5)) == "2026年1月5日"


def test_a_moment_is_told_by_the_shanghai_clock() -> None:
    assert formats.chinese_datetime(datetime(2026, 12, 31, 16, 5, tzinfo=UTC)) == "2027年1月1日 00:05"
    assert formats.iso(datetime(2026, 12, 31, 16, 5, tzinfo=UTC)) == "2027-01-01 00:05"
    assert formats.iso(date(2026, 3, 4)) == "2026-03-04"


def test_an_exclusive_midnight_is_not_shown_as_a_time() -> None:
    assert formats.time_of_end(shanghai(2026, 12, 12)) == ""
    assert formats.time_of_end(shanghai(2026, 12, 11, 17, 30)) == "17:30"


@pytest.mark.parametrize(
    ("yuan", "shown"),
    [("4460512.35", "446.05"), ("2000000", "200.00"), ("0", "0.00"), ("123456789012.00", "12,345,678.90"), ("50", "0.01")],
)  # fmt: skip
def test_money_is_shown_in_ten_thousands_with_two_decimals(yuan: str, shown: str) -> None:
    assert formats.wan(Decimal(yuan)) == shown


@pytest.mark.parametrize(
    ("ratio", "shown"),
    [(Fraction(4, 5), "80%"), (Fraction(79999, 100000), "79.99%"), (Fraction(1, 3), "33.33%"), (Decimal("0.125"), "12.5%"),
     (Fraction(0), "0%"), (Fraction(1), "100%"), (Fraction(1, 100000), "0%")],
)  # fmt: skip
def test_a_share_is_cut_and_never_seems_to_reach_a_threshold(ratio: Fraction, shown: str) -> None:
    assert formats.percent(ratio) == shown


def test_a_mobile_number_shows_its_ends_only() -> None:
    assert formats.masked_mobile("13800000001") == "138****0001"
    assert formats.masked_mobile("12345") == "****"


def test_nothing_is_two_dashes_everywhere() -> None:
    writers = (formats.chinese_date, formats.chinese_datetime, formats.iso, formats.wan, formats.percent, formats.masked_mobile, formats.size)  # fmt: skip
    assert {write(None) for write in writers} == {"--"}


def test_sizes_are_told_in_kilobytes_and_megabytes() -> None:
    assert [formats.size(n) for n in (1, 2048, 5_300_000)] == ["1 KB", "2 KB", "5.1 MB"]
