"""Four simulated years: every reminder exactly once on the right day in Asia/Shanghai, however often and by whomever the bell is rung."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from accounts.actors import Actor
from lifecycle import workdays
from lifecycle.models import Announcement, WorkCalendarYear
from registry.models import Title
from supervision.reporting import days
from supervision.scans import reports as scans
from supervision.selectors import reports as selectors
from tests import cast
from tests.supervision import reports as build
from timekeeping import clock
from timekeeping.dates import last_of_february, last_of_january

pytestmark = pytest.mark.django_db

NUMBERS = (30, 15, 7, 3, 1)
BEGIN, END = date(2023, 4, 1), date(2028, 4, 10)
YEARS = range(2023, 2028)  # reported on; due in January 2024 to 2028
# Entered after the report on 2022 was due: nobody here can say whether it came.
ENTERED = clock.shanghai(2023, 2, 10, 9)


def around(last_day: date) -> list[date]:
    """The ten days of reminding, said apart from the product."""
    return [last_day + timedelta(days=sign * n) for sign in (-1, 1) for n in NUMBERS]


@pytest.fixture
def town() -> dict[str, Actor]:
    """A district and a city officer, and titles that together owe every report of the years 2023 to 2027."""
    with clock.frozen(ENTERED):
        people = {"district": cast.district_officer(), "city": cast.city_officer()}
        for first, last in ((2022, 2025), (2025, 2028)):
            build.titled(f"{first}年平台", valid=(date(first, 11, 1), date(last, 11, 1)), at=ENTERED)
    return people


def ring(moment: datetime) -> int:
    """What the bell of beat does for the reports at a moment; how many recipients were given."""
    with clock.frozen(moment):
        return scans.scan(moment)


def live(ringing: Callable[[date], object]) -> None:
    """Every day from ``BEGIN`` to ``END`` at which anything may be due, rung by ``ringing``."""
    day = BEGIN
    while day <= END:
        if day.month < 4 or day.day == 1:
            ringing(day)
        day += timedelta(days=1)


def reminded_days() -> set[date]:
    """Every day of reminding, and the days beside it."""
    found = {day for year in YEARS for day in around(last_of_january(year + 1)) + around(last_of_february(year + 1))}
    return {day + timedelta(days=n) for day in found for n in (-1, 0, 1)}


def told(kind: str) -> Counter[tuple[str, str]]:
    """(recipient, occasion) of a kind of message, with how often each was written."""
    found = Announcement.objects.filter(kind__startswith=kind, user__isnull=False)
    return Counter(found.values_list("user__username", "occasion"))


def platform_reminders() -> Counter[tuple[str, str]]:
    """What must have been told to platforms and when: each day once, to both people of the title that owes."""
    expected = Counter()
    for year in YEARS:
        first = 2022 if year < 2025 else 2025
        for day in around(last_of_january(year + 1)):
            for person in ("经办人", "签字人"):
                expected[f"{first}年平台{person}", day.isoformat()] += 1
    return expected


def district_reminders() -> Counter[tuple[str, str]]:
    return Counter(("district", day.isoformat()) for year in YEARS for day in around(last_of_february(year + 1)))


def on_their_days(kinds: tuple[str, ...]) -> Iterator[tuple[str, date]]:
    """Messages that were not written on the very day their occasion names, by the clock of Shanghai."""
    for kind in kinds:
        for one in Announcement.objects.filter(kind__startswith=kind):
            if one.created_at.astimezone(clock.SHANGHAI).date().isoformat() != one.occasion:
                yield kind, one.created_at.date()


REMINDERS = ("annual_report_reminder", "district_report_reminder")


def test_every_reminder_comes_exactly_once_on_its_day_in_four_years_of_doubled_scans(town: dict[str, Actor]) -> None:
    def twice(day: date) -> None:
        ring(datetime(day.year, day.month, day.day, 0, 0, 1, tzinfo=clock.SHANGHAI))
        ring(datetime(day.year, day.month, day.day, 23, 59, tzinfo=clock.SHANGHAI))

    live(twice)
    assert told("annual_report_reminder") == platform_reminders()
    assert told("district_report_reminder") == district_reminders()
    assert list(on_their_days(REMINDERS)) == []
    # 29 February 2024 and 2028; 31 January 2025 lies in the Spring Festival, 31 January 2026 is a Saturday.
    assert {day for _, day in told("district_report_overdue")} == {
        "2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29",
    }  # fmt: skip
    assert {day for _, day in told("platforms_missing")} == {
        "2024-01-31", "2025-01-31", "2025-02-05", "2026-01-31", "2026-02-02", "2027-01-31", "2028-01-31",
    }  # fmt: skip
    assert {who for who, _ in told("platforms_missing")} == {"district"}
    assert {who for who, _ in told("district_report_overdue")} == {"city"}


def test_a_skipped_week_collapses_into_the_latest_reminder_that_was_due(town: dict[str, Actor]) -> None:
    # 24 January (7 days before) and 28 January (3 days before) 2025 go by unscanned.
    week = {date(2025, 1, 22) + timedelta(days=n) for n in range(7)}
    for day in sorted(reminded_days() - set(week)):
        ring(datetime(day.year, day.month, day.day, 8, tzinfo=clock.SHANGHAI))
    expected = platform_reminders()
    for person in ("经办人", "签字人"):
        del expected[f"2022年平台{person}", "2025-01-24"]
    assert told("annual_report_reminder") == expected
    late = Announcement.objects.filter(kind="annual_report_reminder:2024", occasion="2025-01-28")
    assert {one.created_at.astimezone(clock.SHANGHAI).date() for one in late} == {date(2025, 1, 29)}
    assert {one.title for one in late} == {"年度报告催报：2022年平台2024年度，还有2天"}


def test_the_day_is_shanghais_whatever_the_host_believes(town: dict[str, Actor]) -> None:
    ring(datetime(2024, 12, 31, 15, 59, 59, tzinfo=UTC))
    assert told("annual_report_reminder:2024") == Counter()
    ring(datetime(2024, 12, 31, 16, 0, tzinfo=UTC))
    assert {day for _, day in told("annual_report_reminder:2024")} == {"2025-01-01"}


@pytest.mark.parametrize(
    ("year", "platform", "platform_sanctions", "district", "district_sanctions"),
    [
        (2023, date(2024, 1, 31), date(2024, 1, 31), date(2024, 2, 29), date(2024, 2, 29)),
        (2024, date(2025, 1, 31), date(2025, 2, 5), date(2025, 2, 28), date(2025, 2, 28)),
        (2025, date(2026, 1, 31), date(2026, 2, 2), date(2026, 2, 28), date(2026, 2, 28)),
        (2027, date(2028, 1, 31), None, date(2028, 2, 29), None),
    ],
)
def test_the_last_days_of_leap_years_the_spring_festival_and_a_saturday(
    year: int, platform: date, platform_sanctions: date | None, district: date, district_sanctions: date | None
) -> None:
    found = days.days_of(year, workdays.calendar())
    assert (found.platform.named, found.platform.sanctions) == (platform, platform_sanctions)
    # 28 February 2026 is a Saturday on which people work: it makes up for the Spring Festival.
    assert (found.district.named, found.district.sanctions) == (district, district_sanctions)


@pytest.mark.parametrize(
    ("received", "verdict"),
    [
        (clock.shanghai(2025, 1, 31, 23, 59, 59), selectors.ON_TIME),
        (clock.shanghai(2025, 2, 1), selectors.ON_TIME),
        (clock.shanghai(2025, 2, 5, 23, 59, 59), selectors.ON_TIME),
        (clock.shanghai(2025, 2, 6), selectors.LATE),
        (clock.shanghai(2026, 2, 2, 23, 59, 59), selectors.ON_TIME),
        (clock.shanghai(2026, 2, 3), selectors.LATE),
        (clock.shanghai(2028, 1, 31, 23, 59, 59), selectors.ON_TIME),
        (clock.shanghai(2028, 2, 1), selectors.LATE_UNDECIDED),
    ],
)
def test_lateness_counts_from_the_end_of_the_last_working_day(
    town: dict[str, Actor], received: datetime, verdict: selectors.Verdict
) -> None:
    title = Title.objects.get(platform_name=f"{2022 if received.year < 2026 else 2025}年平台")
    with clock.frozen(received):
        build.filed(title, received.year - 1)
        assert selectors.standing_of([title], received.year - 1)[title.pk].verdict == verdict


def test_whoever_reported_is_left_alone_and_whoever_was_returned_is_asked_to_complete(town: dict[str, Actor]) -> None:
    from supervision.services import reports

    title = Title.objects.get(platform_name="2022年平台")
    with clock.frozen(clock.shanghai(2024, 1, 10, 9)):
        report = build.filed(title, 2023)
    ring(clock.shanghai(2024, 1, 16, 9))
    assert told("annual_report_reminder:2023") == Counter()
    with clock.frozen(clock.shanghai(2024, 1, 20, 9)):
        reports.return_for_completion(actor=town["district"], report=report, reason="请补充收费情况。")
    ring(clock.shanghai(2024, 1, 24, 9))
    found = Announcement.objects.filter(kind="annual_report_reminder:2023")
    assert {one.title for one in found} == {"年度报告请补充：2022年平台2023年度，还有7天"}


def test_a_year_published_later_settles_what_was_left_open(town: dict[str, Actor]) -> None:
    title = Title.objects.get(platform_name="2022年平台")
    WorkCalendarYear.objects.get(year=2025).days.all().delete()
    WorkCalendarYear.objects.get(year=2025).delete()
    with clock.frozen(clock.shanghai(2025, 2, 10, 9)):
        open_ = selectors.standing_of([title], 2024)[title.pk]
        rows = [(day, "holiday", "春节") for day in (date(2025, 1, 31), date(2025, 2, 3), date(2025, 2, 4))]
        workdays.enter_year(year=2025, document_number="国办发明电〔2024〕12号", days=rows, entered_by=None)
        settled = selectors.standing_of([title], 2024)[title.pk]
    assert (open_.verdict, settled.verdict) == (selectors.UNDECIDED, selectors.MISSING)
    assert settled.days.platform.sanctions == date(2025, 2, 5)
