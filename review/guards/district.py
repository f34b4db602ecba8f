"""What stands in the way of the district's steps; the words are those beside the disabled buttons."""

from collections.abc import Iterator

from accounts.actors import Actor
from applications.models import Application
from lifecycle.guards import guard
from lifecycle.models import StepRecord
from review.guards.sampling import changed_frame
from review.models import SummarySheet
from review.selectors import assessment, checks, summaries
from review.selectors import measurement as measurements
from review.selectors import sampling as samples
from timekeeping import clock
from timekeeping.dates import chinese_deadline

CONCLUSIONS = (("basic_met", "基本条件"), ("operation_met", "运营情况"), ("performance_met", "服务业绩"))


@guard("application.recommend", "application.not_recommend", "application.forward")
def in_time(application: Application, actor: Actor) -> Iterator[str]:
    """Art. 10, 11: within the district's time of the call, extensions included, judged by the receipt stamp; only the city
    extends. Recommending and forwarding both have to be in time: the city has what was forwarded.
    """
    end = application.district_due_at
    if (application.received_at or clock.now()) >= end:
        yield f"县区推荐已于{chinese_deadline(end)}截止；确需继续办理的，请报市工业和信息化局依申报通知延长后办理"


@guard("application.accept")
def nothing_to_correct(application: Application, actor: Actor) -> Iterator[str]:
    """An application with open defects is returned, not accepted."""
    defects = checks.standing(application).defects
    if defects:
        yield f"核对清单中有{len(defects)}项“需补正”，请退回补正，或核实后改为“符合”"


@guard("application.judge_last_version")
def correction_over(application: Application, actor: Actor) -> Iterator[str]:
    """Default: the last version is judged only when the correction term has passed."""
    end = application.correction_due_at
    if end and clock.now() < end:
        yield f"补正期限至{chinese_deadline(end)}，期满未补正方可按原件审核"


@guard("application.recommend")
def checked(application: Application, actor: Actor) -> Iterator[str]:
    """Art. 11: truth and completeness are checked item by item."""
    standing = checks.standing(application)
    if standing.open_items:
        yield f"核对清单还有{len(standing.open_items)}项未核对"
    if standing.defects:
        yield f"核对清单中有{len(standing.defects)}项“需补正”"


@guard("application.recommend")
def measured(application: Application, actor: Actor) -> Iterator[str]:
    """Art. 11: measured on conditions, operation and performance, all three in favour."""
    standing = measurements.standing(application)
    measurement = standing.measurement
    if measurement is None:
        yield "尚未对本次提交的申报材料完成初审测评"
        return
    if standing.changes:
        yield f"初审测评后数据有变化（{'、'.join(change.label for change in standing.changes)}），请重新核对并保存测评"
    against = [label for name, label in CONCLUSIONS if not getattr(measurement, name)]
    if against:
        yield f"初审测评结论为不合格：{'、'.join(against)}"


@guard("application.recommend")
def sampled(application: Application, actor: Actor) -> Iterator[str]:
    """Art. 11: at least 10 % of the SMEs served were asked."""
    sample = samples.in_force(application)
    if sample is None:
        yield "尚未抽取满意度样本"
    elif sample.state != "closed":
        yield "满意度抽查尚未结束"
    elif not sample.reached:
        yield "满意度抽查没有有效答复，无法确定满意度"
    else:
        yield from changed_frame(sample)


@guard("application.recommend")
def eligible(application: Application, actor: Actor) -> Iterator[str]:
    """Art. 7, 8: every condition is met by a figure or by a reasoned decision."""
    yield from assessment.unmet(application)


@guard("application.transfer")
def not_yet_accepted(application: Application, actor: Actor) -> Iterator[str]:
    """A case once accepted stays with the district that took it in, also after a correction."""
    records = StepRecord.objects.filter(subject_type=application.SUBJECT, subject_id=application.uuid, step="accept")
    if records.exists():
        yield "已受理过的申报不能移送，如确属其他县（市）区，请报市工业和信息化局协调"


@guard("summary.forward")
def something_to_forward(sheet: SummarySheet, actor: Actor) -> Iterator[str]:
    """Art. 11: a sheet recommends at least one platform."""
    if not summaries.standing(sheet):
        yield "表中没有待报送的推荐"


@guard("summary.forward")
def forwarded_in_time(sheet: SummarySheet, actor: Actor) -> Iterator[str]:
    """Art. 10, 11: the same end as for recommending, for each case on the sheet. What is late does not go; the rest may go
    without it once the district has taken that recommendation back, on the record.
    """
    made = summaries.standing(sheet)
    late = summaries.late(made, sheet.received_at or clock.now())
    way_out = "；或者先撤回这件推荐，其余推荐重新打印、盖章后按期报送" if len(late) < len(made) else ""
    for one in late:
        end = chinese_deadline(one.application.district_due_at)
        yield (
            f"{one.application.platform_name}：县区推荐已于{end}截止，不能再报送。"
            f"请报市工业和信息化局依申报通知延长，延长后报送{way_out}"
        )


@guard("summary.forward")
def sealed(sheet: SummarySheet, actor: Actor) -> Iterator[str]:
    """Default: what is forwarded is what was printed and sealed."""
    if sheet.scan is None:
        yield "尚未上传盖章扫描件"
    elif sheet.scan_fingerprint != summaries.fingerprint(sheet, summaries.rows_of(sheet)):
        yield "盖章后汇总表又有变动，请重新打印、盖章，上传新的扫描件"
