"""What stands in the way of the steps of a satisfaction sample."""

from collections.abc import Iterator

from accounts.actors import Actor
from lifecycle.guards import guard
from review.models import Sample
from review.selectors import sampling as samples

DRAWABLE = ("accepted", "sent_back")


@guard("sample.draw")
def accepted_first(sample: Sample, actor: Actor) -> Iterator[str]:
    """One sample at a time, after acceptance."""
    if sample.application.state not in DRAWABLE:
        yield "受理后方可抽取满意度样本"
    elif samples.in_force(sample.application):
        yield "已抽取满意度样本；确需重抽的，请申请重新抽样"


@guard("sample.refuse_redraw", "sample.approve_redraw")
def second_person(sample: Sample, actor: Actor) -> Iterator[str]:
    """Default: whoever asked for a redraw does not decide on it."""
    if sample.redraw_proposed_by_id == actor.user_id:
        yield "重新抽样须由另一名经办人复核，申请人本人不能办理"


@guard("sample.close")
def floor_reached(sample: Sample, actor: Actor) -> Iterator[str]:
    """Default: valid answers reach 10 % of the frame; waived with a reason only when everybody was asked."""
    stands = samples.progress(sample)
    if stands.enough:
        return
    if not stands.exhausted:
        yield (
            f"有效答复{stands.valid}份，不足{stands.needed}份（清单企业{stands.frame}家）；"
            "请替换联系不上的企业后继续抽查"
        )
    elif untried := samples.untried(sample):
        yield f"还有{untried}家企业未联系，请登记联系结果"


@guard("sample.close")
def frame_unchanged(sample: Sample, actor: Actor) -> Iterator[str]:
    """The list in force is the list drawn from; a changed frame needs a new draw."""
    yield from changed_frame(sample)


def changed_frame(sample: Sample) -> Iterator[str]:
    """The words when the list of the version in force is no longer the frame of the draw."""
    version = sample.application.current_version
    if version and not samples.frame_stands(sample, version):
        yield "服务中小企业清单与抽样时不一致，本次抽查不能作为测评依据；请申请重新抽样"
