"""What must always hold of yearly reports; ``manage.py verify`` asks."""

from collections.abc import Iterator

from django.db.models import Count, Max, Min

from lifecycle import chain
from lifecycle.models import Counter, StepRecord
from regulation.terms import Period, annual_report_owed
from supervision.models import AnnualReport, DistrictReport, ReportVersion
from supervision.services.reports import RECEIPT, receipt_number

FILED = ("submit", "resubmit")


def check() -> Iterator[str]:
    """One line per broken invariant."""
    yield from _fingerprints()
    yield from _first_filings()
    yield from _receipt_numbers()
    yield from _owed()
    yield from _forwarded()
    yield from _numbers_of_districts()


def _fingerprints() -> Iterator[str]:
    """Every version still has its fingerprint, and the record of its filing names the same one."""
    records = StepRecord.objects.filter(subject_type=AnnualReport.SUBJECT, step__in=FILED)
    recorded = {data.get("version"): data.get("fingerprint") for data in records.values_list("data", flat=True)}
    for version in ReportVersion.objects.select_related("report").order_by("pk").iterator(chunk_size=50):
        name = f"年度报告 {version.report.receipt_number} 第{version.number}版"
        if chain.digest(version.content) != version.fingerprint:
            yield f"{name}：内容与内容指纹不符"
        if recorded.get(str(version.uuid)) != version.fingerprint:
            yield f"{name}：内容指纹与办理记录不符"


def _first_filings() -> Iterator[str]:
    """The time that decides 按期 or 逾期 is that of the first version."""
    reports = AnnualReport.objects.annotate(first=Min("versions__submitted_at"))
    for report in reports.order_by("pk").only("receipt_number", "first_submitted_at", "year"):
        if report.first_submitted_at != report.first:  # type: ignore[attr-defined]
            yield f"年度报告 {report.receipt_number}：首次报送时间与第1版不符"


def _receipt_numbers() -> Iterator[str]:
    """Every number that was taken belongs to a report: no gap."""
    given = set(AnnualReport.objects.filter(receipt_number__isnull=False).values_list("receipt_number", flat=True))
    for counter in Counter.objects.filter(kind=RECEIPT).order_by("year"):
        wanted = (receipt_number(counter.year, sequence) for sequence in range(1, counter.last + 1))
        yield from (f"年度报告编号{number}没有对应的报告" for number in wanted if number not in given)


def _owed() -> Iterator[str]:
    """Nobody reports on a year for which the dates of the title owe nothing (Art. 17)."""
    for report in AnnualReport.objects.select_related("title").order_by("pk").iterator(chunk_size=200):
        title = report.title
        if not annual_report_owed(Period(title.valid_from, title.valid_to), report.year):
            yield f"年度报告 {title.number} {report.year}年度：称号在两个日期并非都有效"


def _forwarded() -> Iterator[str]:
    """What a district's report says it brought is what was forwarded with it, and its content is unaltered."""
    for sent in DistrictReport.objects.prefetch_related("reports").order_by("pk").iterator(chunk_size=50):
        if chain.digest(sent.content) != sent.fingerprint:
            yield f"{sent}：内容与指纹不符"
        named = sorted(line["receipt_number"] for line in sent.content.get("reports", []))
        if named != sorted(report.receipt_number or "" for report in sent.reports.all()):
            yield f"{sent}：所列年度报告与实际报送的不符"
    for report in AnnualReport.objects.filter(state="forwarded", district_report=None).order_by("pk"):
        yield f"年度报告 {report.receipt_number}：已报送市局，但没有对应的县区报送"


def _numbers_of_districts() -> Iterator[str]:
    """A district's reports on a year are counted from one without gap."""
    counted = (
        DistrictReport.objects.order_by().values("district__name", "year").annotate(n=Count("pk"), last=Max("number"))
    )
    for row in counted.order_by("district__name", "year"):
        if row["n"] != row["last"]:
            yield f"{row['district__name']}{row['year']}年度报送次数不连续"
