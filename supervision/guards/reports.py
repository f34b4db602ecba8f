"""What stands in the way of beginning, signing and filing a report, of excuses, and of a district's report."""

from collections.abc import Iterator

from accounts.actors import Actor
from lifecycle.guards import guard
from supervision.models import AnnualReport, DistrictReport, ReportExcuse
from supervision.reporting import checking, days
from supervision.reporting.drafts import draft_of
from supervision.selectors import completeness, reports
from timekeeping import clock
from timekeeping.dates import chinese_date

SHOWN = 3


@guard("annual_report.create", "report_excuse.file")
def not_owed(subject: AnnualReport | ReportExcuse, actor: Actor) -> Iterator[str]:
    """Art. 17: titles in force on 31 December and on the 31 January after it."""
    year = subject.year
    if clock.now() < days.opens_at(year):
        yield f"{year}年度报告自{chinese_date(days.opens_at(year).date())}起填写"
    elif not reports.owed_titles(year).filter(pk=subject.title_id).exists():
        yield f"该称号在{year}年12月31日和{year + 1}年1月31日并非都有效，不需要报送{year}年度报告"


@guard("annual_report.create")
def begun_already(report: AnnualReport, actor: Actor) -> Iterator[str]:
    """One report for a title and a year."""
    if AnnualReport.objects.filter(title=report.title_id, year=report.year).exists():
        yield "该年度的年度报告已经建立，请继续填写"


@guard("annual_report.request_signature", "annual_report.submit", "annual_report.resubmit")
def incomplete(report: AnnualReport, actor: Actor) -> Iterator[str]:
    """Art. 17: summary and plan, both complete."""
    problems = checking.check(draft_of(report)).problems
    if problems:
        named = "；".join(problem.words.rstrip("。") for problem in problems[:SHOWN])
        yield f"还有 {len(problems)} 处需要填写或者更正：{named}" + ("……" if len(problems) > SHOWN else "")


@guard("annual_report.create", "annual_report.submit", "annual_report.resubmit")
def ended(report: AnnualReport, actor: Actor) -> Iterator[str]:
    """A title that was cancelled or revoked reports no more; an expired one still reports what it owes."""
    if words := reports.CLOSED.get(report.title.state):
        yield f"该称号已被{words}，不再报送年度报告"


@guard("report_excuse.file")
def nothing_to_excuse(excuse: ReportExcuse, actor: Actor) -> Iterator[str]:
    """An excuse is for a report that is late or missing, or will be."""
    standing = reports.standing_of([excuse.title], excuse.year).get(excuse.title_id)
    if standing and standing.verdict is reports.ON_TIME:
        yield "该年度报告已按期报送，不需要说明"
    if ReportExcuse.objects.filter(title=excuse.title_id, year=excuse.year).exclude(state="refused").exists():
        yield "该年度已经提交过说明"


@guard("district_report.forward")
def nothing_to_forward(report: DistrictReport, actor: Actor) -> Iterator[str]:
    """The first report may come with nobody in it, to name who is missing; a supplementary one brings something."""
    listed = bool(completeness.accepted(report.district, report.year))
    if report.number > 1 and not listed:
        yield "没有新接收的年度报告，不需要补充报送"
    elif not listed and not completeness.of_district(report.district, report.year).owed:
        yield f"本区{report.year}年度没有应报送年度报告的示范平台"
    elif not listed and clock.now() < days.platform_due_at(report.year):
        yield "还没有接收的年度报告；平台报送期限1月31日届满后，仍未报送的可以在报送中列明"
