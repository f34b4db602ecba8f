"""Each invariant of the yearly reports, broken once on purpose."""

from collections.abc import Iterator

import pytest

from lifecycle.models import Counter
from supervision.invariants import reports as invariants
from supervision.models import AnnualReport, DistrictReport, ReportVersion
from tests import cast
from tests.supervision import reports as build
from tests.supervision.reports import JANUARY
from timekeeping import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent() -> Iterator[DistrictReport]:
    """One report forwarded by its district; everything holds."""
    with clock.frozen(JANUARY):
        officer = cast.district_officer()
        build.accepted(build.titled("示范平台"), officer)
        found = build.forwarded(officer)
        assert list(invariants.check()) == []
        yield found


def test_an_altered_version_is_found(sent: DistrictReport) -> None:
    version = ReportVersion.objects.get()
    version.content["sections"]["plan"]["plan"] = "改写"
    version.save()
    assert list(invariants.check()) == ["年度报告 NB-2027-0001 第1版：内容与内容指纹不符"]


def test_a_fingerprint_that_the_record_does_not_name_is_found(sent: DistrictReport) -> None:
    from lifecycle import chain

    version = ReportVersion.objects.get()
    version.content["sections"]["plan"]["plan"] = "改写"
    version.fingerprint = chain.digest(version.content)
    version.save()
    assert list(invariants.check()) == ["年度报告 NB-2027-0001 第1版：内容指纹与办理记录不符"]


def test_a_moved_first_filing_is_found(sent: DistrictReport) -> None:
    AnnualReport.objects.update(first_submitted_at=clock.shanghai(2027, 1, 2))
    assert list(invariants.check()) == ["年度报告 NB-2027-0001：首次报送时间与第1版不符"]


def test_a_gap_in_the_numbers_is_found(sent: DistrictReport) -> None:
    Counter.objects.filter(kind="annual_report").update(last=2)
    assert list(invariants.check()) == ["年度报告编号NB-2027-0002没有对应的报告"]


def test_a_report_nobody_owed_is_found(sent: DistrictReport) -> None:
    report = AnnualReport.objects.get()
    AnnualReport.objects.update(year=2030)
    assert list(invariants.check()) == [f"年度报告 {report.title.number} 2030年度：称号在两个日期并非都有效"]


def test_altered_content_of_a_districts_report_is_found(sent: DistrictReport) -> None:
    sent.content["note"] = "改写"
    sent.save()
    assert list(invariants.check()) == ["盘龙区2026年度报送：内容与指纹不符"]


def test_a_report_that_left_its_districts_report_is_found(sent: DistrictReport) -> None:
    AnnualReport.objects.update(district_report=None)
    assert list(invariants.check()) == [
        "盘龙区2026年度报送：所列年度报告与实际报送的不符",
        "年度报告 NB-2027-0001：已报送市局，但没有对应的县区报送",
    ]


def test_a_gap_between_the_reports_of_a_district_is_found(sent: DistrictReport) -> None:
    DistrictReport.objects.update(number=2)
    assert list(invariants.check()) == ["盘龙区2026年度报送次数不连续"]
