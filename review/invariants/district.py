"""Preliminary review (Art. 11): draws replay, closed samples add up, recommendations stand on what they must, sheets as forwarded."""

from collections.abc import Iterator

from applications.models import Application
from lifecycle.models import StepRecord
from review.models import Recommendation, Sample, SummarySheet
from review.selectors import sampling, summaries


def check() -> Iterator[str]:
    """One line per sample or recommendation that is not as it must be."""
    for sample in Sample.objects.select_related("application__call", "application_version"):
        yield from _sample(sample)
    for made in Recommendation.objects.filter(recommended=True).select_related("sample", "application"):
        # The sample of a withdrawn recommendation may have been drawn again since.
        if made.sample is None or (
            made.sample.state != "closed" if made.withdrawn_at is None else not made.sample.closed_at
        ):
            yield f"推荐 {made.uuid} 没有已结束的满意度抽查"
        if not made.summary:
            yield f"推荐 {made.uuid} 没有附件2数据"
    in_force = Recommendation.objects.filter(withdrawn_at__isnull=True, recommended=True)
    wrong = in_force.filter(
        application__state__in=("submitted", "accepted", "sent_back", "returned", "not_recommended")
    )
    yield from (f"推荐 {uuid} 未撤回，但申报已回到县区" for uuid in wrong.values_list("uuid", flat=True))
    for sheet in SummarySheet.objects.filter(state="forwarded").select_related("call", "district"):
        yield from _sheet(sheet)
    yield from _sealed()
    yield from _not_forwarded()


def _sheet(sheet: SummarySheet) -> Iterator[str]:
    if summaries.fingerprint(sheet, sheet.rows) != sheet.fingerprint:
        yield f"推荐汇总表 {sheet.uuid} 的内容与报送时的指纹不符"
    now = {str(made.uuid): summaries.row(made) for made in sheet.recommendations.all()}
    if now != {row["recommendation"]: row for row in sheet.rows}:
        yield f"推荐汇总表 {sheet.uuid} 所列推荐与报送的内容不符"
    if sheet.scan_fingerprint != sheet.fingerprint:
        yield f"推荐汇总表 {sheet.uuid} 的盖章扫描件不是报送的内容"


def _sealed() -> Iterator[str]:
    """The scan of a sheet is the one that was uploaded last, as the record has it."""
    seals = StepRecord.objects.filter(subject_type="summary", step="seal").order_by("sequence")
    last = {key: data["scan"] for key, data in seals.values_list("subject_id", "data")}
    for sheet in SummarySheet.objects.filter(scan__isnull=False).select_related("scan"):
        if sheet.scan and last.get(sheet.uuid) != sheet.scan.sha256:
            yield f"推荐汇总表 {sheet.uuid} 的盖章扫描件不是记录中最后上传的一份"


def _not_forwarded() -> Iterator[str]:
    """Whatever the city has taken in came on a forwarded sheet."""
    on_sheet = Recommendation.objects.filter(recommended=True, withdrawn_at__isnull=True, sheet__state="forwarded")
    at_city = Application.objects.filter(state__in=("forwarded", "admitted", "under_review"))
    for uuid in at_city.exclude(pk__in=on_sheet.values("application")).values_list("uuid", flat=True):
        yield f"申报 {uuid} 已到市局，但没有随推荐汇总表报送"


def _sample(sample: Sample) -> Iterator[str]:
    if not sampling.replay(sample).agrees:
        yield f"满意度抽查 {sample.uuid} 的抽取不能重现"
    if sample.closed_at:
        stands = sampling.progress(sample)
        if (sample.reached, sample.satisfied) != (stands.valid, stands.satisfied):
            yield f"满意度抽查 {sample.uuid} 的结果与答复不符"
