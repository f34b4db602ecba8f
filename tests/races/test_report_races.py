"""Yearly reports on PostgreSQL when several people or schedulers act at the same moment."""

import threading
from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Any
from unittest import mock

import pytest
from django.db import connection, transaction

from applications.services import list_reading
from lifecycle import chain, engine, invariants
from lifecycle.models import Announcement, StepRecord
from registry.models import Title
from supervision.models import AnnualReport, DistrictReport, ReportImport
from supervision.reporting import content
from supervision.scans import reports as scans
from supervision.selectors import reports as selectors
from supervision.services import districts, report_content, reports
from supervision.services.report_imports import SHELF, UPLOADS
from tests import cast, drafts
from tests.races.racing import kinds, race
from tests.supervision import reports as build
from timekeeping import clock

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
LAST_MOMENT = clock.shanghai(2026, 1, 31, 23, 59, 59)


@pytest.fixture
def title() -> Iterator[Title]:
    with clock.frozen(build.GRANTED):
        found = build.titled("示范平台")
    with clock.frozen(clock.shanghai(2026, 1, 31, 20)):
        yield found


def submitting(report: AnnualReport) -> Any:
    signer = build.person(report.title, build.Role.SIGNATORY)
    mark = content.fingerprint(content.content_of(report))
    return partial(reports.submit, actor=signer, report=report, fingerprint=mark)


def test_a_report_that_arrived_in_time_is_in_time_however_long_it_waited_for_the_lock(title: Title) -> None:
    """Report × deadline: somebody holds the row while the last day ends; the receipt stamp decides."""
    report = build.awaiting(title, 2025)
    submit = submitting(report)
    held, begun = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            AnnualReport.objects.select_for_update().get(pk=report.pk)
            held.set()
            begun.wait(20)
            clock_moves()

    def clock_moves() -> None:
        """The clock passes the end of the last day, sanctions included, while the request waits."""
        clock.set_source(lambda: clock.shanghai(2026, 2, 3, 0, 0, 5))

    def file() -> None:
        held.wait(20)
        begun.set()
        submit(received_at=LAST_MOMENT)

    assert kinds(race(hold, file)) == ["done", "done"]
    found = selectors.standing_of([title], 2025)[title.pk]
    assert (found.verdict, found.submitted_at) == (selectors.ON_TIME, LAST_MOMENT)
    assert clock.now() == clock.shanghai(2026, 2, 3, 0, 0, 5)


def test_a_report_signed_many_times_at_once_is_filed_once(title: Title) -> None:
    report = build.awaiting(title, 2025)
    submit = submitting(report)
    results = race(*[partial(submit, received_at=LAST_MOMENT)] * 6)
    assert kinds(results) == ["WrongStage"] * 5 + ["done"]
    assert (report.versions.count(), AnnualReport.objects.get().receipt_number) == (1, "NB-2026-0001")


def test_parallel_filings_are_numbered_without_gap(title: Title) -> None:
    with clock.frozen(build.GRANTED):
        titles = [title, *(build.titled(f"平台{n}") for n in range(3))]
    filings = [submitting(build.awaiting(one, 2025)) for one in titles]
    assert kinds(race(*[partial(submit, received_at=clock.now()) for submit in filings])) == ["done"] * 4
    numbers = sorted(AnnualReport.objects.values_list("receipt_number", flat=True))
    assert numbers == [f"NB-2026-000{n}" for n in range(1, 5)]


def test_of_two_officers_on_one_report_one_decides_and_the_other_is_told(title: Title) -> None:
    report = build.filed(title, 2025)
    first, second = cast.district_officer("first"), cast.district_officer("second")
    accept = partial(reports.accept, actor=first, report=report)
    give_back = partial(reports.return_for_completion, actor=second, report=report, reason="请补充。")
    results = race(accept, give_back)
    assert kinds(results) == ["WrongStage", "done"]
    [told] = [result for result in results if isinstance(result, Exception)]
    assert "该事项已由" in str(told)
    taken = StepRecord.objects.filter(subject_id=report.uuid, step__in=("accept", "return_for_completion"))
    assert taken.get().to_state == AnnualReport.objects.get().state
    assert list(chain.broken_links()) == []


def test_without_the_lock_both_decisions_take_effect(title: Title) -> None:
    """The negative control: the engine reads the report without locking it."""
    report, officer = build.filed(title, 2025), cast.district_officer("first")
    read = threading.Barrier(2)

    def unlocked(self: engine.Act, *wanted: Any) -> list[Any]:
        subjects = [item[0] if isinstance(item, tuple) else item for item in wanted]
        found = [type(item)._default_manager.get(pk=item.pk) for item in subjects]
        self._locked |= {(item.SUBJECT, item.pk) for item in found}
        read.wait(20)
        return found

    accept = partial(reports.accept, actor=officer, report=report)
    give_back = partial(reports.return_for_completion, actor=officer, report=report, reason="请补充。")
    with mock.patch.object(engine.Act, "lock", unlocked):
        assert kinds(race(accept, give_back)) == ["done", "done"]
    assert any("不能从" in line for line in invariants.check())


def test_two_officers_forwarding_at_once_make_one_report_of_the_district(title: Title) -> None:
    first, second = cast.district_officer("first"), cast.district_officer("second")
    build.accepted(title, first, 2025)
    results = race(*[partial(districts.forward, actor=who, year=2025) for who in (first, second)])
    assert kinds(results).count("done") == 1
    assert (DistrictReport.objects.get().number, AnnualReport.objects.get().state) == (1, "forwarded")


def uploaded(report: AnnualReport) -> ReportImport:
    rows = [{**row, "name": "新客户有限公司"} for row in build.lists(2025)["served"]]
    actor, book = build.person(report.title), drafts.workbook("served", rows)
    return UPLOADS.upload(actor=actor, owner=report, kind="served", upload=book)


def test_an_uploaded_list_is_read_by_one_of_many_workers(title: Title, in_background: list[Any]) -> None:
    taken = uploaded(build.begun(title, 2025))
    told: list[int] = []
    with mock.patch.object(list_reading, "judge_table", side_effect=list_reading.judge_table) as judged:
        told += race(*[partial(list_reading.read_waiting, SHELF, taken.uuid)] * 4)
        told += race(*[partial(list_reading.read_forgotten, SHELF)] * 2)
    assert (sorted(told), judged.call_count) == ([False] * 3 + [0, 0] + [True], 1)
    taken.refresh_from_db()
    assert (in_background[0], taken.status, UPLOADS.preview(taken).importable) == (
        ("supervision.read_import", [str(taken.uuid)]), "ready", 2,
    )  # fmt: skip


def test_an_uploaded_list_confirmed_many_times_at_once_is_written_once(title: Title) -> None:
    report = build.complete(title, 2025)
    confirm = partial(UPLOADS.confirm, actor=build.person(title), taken=uploaded(report))
    with mock.patch.object(report_content, "replace_rows", side_effect=report_content.replace_rows) as written:
        assert kinds(race(*[confirm] * 4)) == ["done"] * 4
    assert written.call_count == 1
    assert [row["name"] for row in report.lists.get(kind="served").rows] == ["新客户有限公司"] * 2


def test_a_list_confirmed_while_the_report_goes_to_its_signatory_is_in_it_or_refused(title: Title) -> None:
    report, filer = build.complete(title, 2025), build.person(title)
    taken = uploaded(report)
    confirmed, asked = race(
        partial(UPLOADS.confirm, actor=filer, taken=taken),
        partial(reports.request_signature, actor=filer, report=report),
    )
    assert (asked.state, AnnualReport.objects.get().state) == ("awaiting_signature", "awaiting_signature")
    names = {row["name"] for row in report.lists.get(kind="served").rows}
    taken.refresh_from_db()
    if taken.is_confirmed:
        assert names == {"新客户有限公司"}
    else:
        assert (type(confirmed).__name__, names) == ("WrongStage", {"示例客户1有限公司", "示例客户2有限公司"})


def test_many_schedulers_at_the_same_moment_tell_everybody_once(title: Title) -> None:
    with clock.frozen(build.GRANTED):
        cast.district_officer()
        for number in range(4):
            build.titled(f"平台{number}")
    with clock.frozen(clock.shanghai(2026, 2, 3, 8)):
        race(*[lambda: scans.scan(clock.now())] * 6)
    told = Counter(
        Announcement.objects.filter(kind="annual_report_reminder:2025").values_list("recipient", "subject_id")
    )
    assert (len(told), set(told.values())) == (10, {1})
    once = Counter(Announcement.objects.values_list("kind", "occasion", "recipient", "subject_id"))
    assert set(once.values()) == {1}
    assert connection.vendor == "postgresql"
