"""Ending a sample: closed with its figures, drawn again after a second person agrees, or void because it has no use any more."""

from django.urls import reverse

from accounts.actors import Actor
from lifecycle import announcements, engine, steps
from lifecycle.idempotency import FormKey
from review.models import Sample
from review.selectors import sampling as samples
from review.services.reasons import required
from timekeeping import clock


def propose_redraw(
    *, actor: Actor, sample: Sample, reason: str, key: FormKey | None = None, version: int | None = None
) -> Sample:
    """Ask for a new draw with a reason; asking the enterprises pauses until a second person decides (default).

    Also of a closed sample while the district examines the application, because its list must be corrected after all.
    """
    reason = required(reason, "reason", "请填写重新抽样的理由。")
    with engine.act(actor=actor, key=key) as act:
        [sample] = act.lock((sample, version))
        sample.redraw_reason, sample.redraw_proposed_by = reason, actor.user
        act.take(sample, "propose_redraw", reason=reason)
    return sample


def refuse_redraw(
    *, actor: Actor, sample: Sample, reason: str, key: FormKey | None = None, version: int | None = None
) -> Sample:
    """The second person does not agree; the sample goes on as drawn, or keeps the result it had."""
    reason = required(reason, "reason", "请填写不同意的理由。")
    with engine.act(actor=actor, key=key) as act:
        [sample] = act.lock((sample, version))
        act.take(sample, "keep_result" if sample.closed_at else "refuse_redraw", reason=reason)
    return sample


def approve_redraw(
    *, actor: Actor, sample: Sample, reason: str = "", key: FormKey | None = None, version: int | None = None
) -> Sample:
    """The second person agrees: the sample is void, kept with all its attempts, and a new one may be drawn."""
    with engine.act(actor=actor, key=key) as act:
        [sample] = act.lock((sample, version))
        act.take(sample, "approve_redraw", reason=reason.strip() or sample.redraw_reason)
    return sample


def void(
    *, actor: Actor, sample: Sample, reason: str = "", key: FormKey | None = None, version: int | None = None
) -> Sample:
    """The list has changed since the draw, or the application has ended: the sample is void and kept, with all its attempts."""
    with engine.act(actor=actor, key=key) as act:
        [sample] = act.lock((sample, version))
        ground = "服务中小企业清单已更正" if samples.examined(sample) else "申报已不在县区审核阶段"
        act.take(sample, "void", reason="；".join(filter(None, (ground, reason.strip()))))
    return sample


def close(
    *, actor: Actor, sample: Sample, waiver: str = "", key: FormKey | None = None, version: int | None = None
) -> Sample:
    """结束抽查: keep valid and satisfied answers; seed, drawn enterprises and result become known to the applicant.

    Below the floor of valid answers (default) ``waiver`` gives the reason, allowed only when the whole frame was asked.
    """
    with engine.act(actor=actor, key=key) as act:
        [sample] = act.lock((sample, version))
        stands = samples.progress(sample)
        if not stands.enough:
            sample.floor_waiver = required(
                waiver, "waiver", f"有效答复{stands.valid}份，不足{stands.needed}份，请说明理由。"
            )
        sample.reached, sample.satisfied, sample.closed_at = stands.valid, stands.satisfied, clock.now()
        act.take(
            sample,
            "close",
            reason=sample.floor_waiver,
            data={
                "seed": sample.seed,
                "frame": sample.frame_hash,
                "valid": stands.valid,
                "satisfied": stands.satisfied,
            },
        )
        _tell_the_applicant(sample)
    return sample


def _tell_the_applicant(sample: Sample) -> None:
    application = sample.application
    announcements.tell(
        subject=sample,
        kind="sample_closed",
        occasion=str(sample.version),
        title=f"满意度抽查已结束：{application.platform_name}",
        body=(
            f"{application.district.bureau}已结束对“{application.platform_name}”服务企业的满意度抽查。"
            "结果、抽样种子和被抽中的企业已公开，可以自行复核；逐家答复不公开。\n依据：第十一条。"
        ),
        users=announcements.people(steps.APPLICANT, sample),
        url=reverse("review:sample_result", args=[application.uuid]),
    )
