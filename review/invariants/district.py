"""Preliminary review (Art. 11): draws replay, closed samples add up, recommendations stand on what they must."""

from collections.abc import Iterator

from review.models import Recommendation, Sample
from review.selectors import sampling


def check() -> Iterator[str]:
    """One line per sample or recommendation that is not as it must be."""
    for sample in Sample.objects.select_related("application__call", "application_version"):
        yield from _sample(sample)
    for made in Recommendation.objects.filter(recommended=True).select_related("sample", "application"):
        if made.sample is None or made.sample.state != "closed":
            yield f"推荐 {made.uuid} 没有已结束的满意度抽查"
        if not made.summary:
            yield f"推荐 {made.uuid} 没有附件2数据"
    in_force = Recommendation.objects.filter(withdrawn_at__isnull=True, recommended=True)
    wrong = in_force.filter(
        application__state__in=("submitted", "accepted", "sent_back", "returned", "not_recommended")
    )
    yield from (f"推荐 {uuid} 未撤回，但申报已回到县区" for uuid in wrong.values_list("uuid", flat=True))


def _sample(sample: Sample) -> Iterator[str]:
    if not sampling.replay(sample).agrees:
        yield f"满意度抽查 {sample.uuid} 的抽取不能重现"
    if sample.state == "closed":
        stands = sampling.progress(sample)
        if (sample.reached, sample.satisfied) != (stands.valid, stands.satisfied):
            yield f"满意度抽查 {sample.uuid} 的结果与答复不符"
