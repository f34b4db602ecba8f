"""What stands in the way of the steps of a satisfaction sample."""

from collections.abc import Iterator

from accounts.actors import Actor
from lifecycle.guards import guard
from review.models import Sample
from review.selectors import sampling as samples

DRAWABLE = ("accepted", "sent_back")
GONE = "申报已不在县区审核阶段，抽查不再进行"


@guard("sample.draw")
def accepted_first(sample: Sample, actor: Actor) -> Iterator[str]:
    """One sample at a time, after acceptance."""
    if sample.application.state not in DRAWABLE:
        yield "受理后方可抽取满意度样本"
    elif samples.in_force(sample.application):
        yield "已抽取满意度样本；确需重抽的，请申请重新抽样"


@guard("sample.refuse_redraw", "sample.keep_result", "sample.approve_redraw")
def second_person(sample: Sample, actor: Actor) -> Iterator[str]:
    """Default: whoever asked for a redraw does not decide on it."""
    if sample.redraw_proposed_by_id == actor.user_id:
        yield "重新抽样须由另一名经办人复核，申请人本人不能办理"


@guard("sample.propose_redraw", "sample.close")
def still_asked(sample: Sample, actor: Actor) -> Iterator[str]:
    """Default: enterprises are asked only while the district examines the application."""
    if not samples.examined(sample):
        yield GONE


@guard("sample.void")
def without_use(sample: Sample, actor: Actor) -> Iterator[str]:
    """Default: void without a second person only for what the system itself sees; a low result is no ground."""
    if not samples.examined(sample):
        if sample.state == "closed":
            yield "抽查已结束，申报已不在县区审核阶段，结果留存"
    elif not samples.outdated(sample):
        yield "服务中小企业清单与抽样时一致，样本有效；确需重抽的，请申请重新抽样"


@guard("sample.refuse_redraw")
def not_closed_before(sample: Sample, actor: Actor) -> Iterator[str]:
    """A closed sample is never asked again."""
    if sample.closed_at:
        yield "抽查已结束，不能恢复答复；不同意重新抽样的，维持结果"


@guard("sample.keep_result")
def closed_before(sample: Sample, actor: Actor) -> Iterator[str]:
    """Only a sample that was closed has a result to keep."""
    if not sample.closed_at:
        yield "抽查尚未结束，没有结果；不同意重新抽样的，恢复答复"


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
    if samples.outdated(sample):
        yield "服务中小企业清单与抽样时不一致，本次抽查不能作为测评依据；请将样本作废后重新抽取"
