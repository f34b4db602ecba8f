"""Ending a sample: closed with its figures, or drawn again after a second person agrees."""

from accounts.actors import Actor
from lifecycle import engine
from lifecycle.idempotency import FormKey
from review.models import Sample
from review.selectors import sampling as samples
from review.services.reasons import required
from timekeeping import clock


def propose_redraw(
    *, actor: Actor, sample: Sample, reason: str, key: FormKey | None = None, version: int | None = None
) -> Sample:
    """Ask for a new draw with a reason; asking the enterprises pauses until a second person decides (default)."""
    reason = required(reason, "reason", "请填写重新抽样的理由。")
    with engine.act(actor=actor, key=key) as act:
        [sample] = act.lock((sample, version))
        sample.redraw_reason, sample.redraw_proposed_by = reason, actor.user
        act.take(sample, "propose_redraw", reason=reason)
    return sample


def refuse_redraw(
    *, actor: Actor, sample: Sample, reason: str, key: FormKey | None = None, version: int | None = None
) -> Sample:
    """The second person does not agree; the sample goes on as drawn."""
    reason = required(reason, "reason", "请填写不同意的理由。")
    with engine.act(actor=actor, key=key) as act:
        [sample] = act.lock((sample, version))
        act.take(sample, "refuse_redraw", reason=reason)
    return sample


def approve_redraw(
    *, actor: Actor, sample: Sample, reason: str = "", key: FormKey | None = None, version: int | None = None
) -> Sample:
    """The second person agrees: the sample is void, kept with all its attempts, and a new one may be drawn."""
    with engine.act(actor=actor, key=key) as act:
        [sample] = act.lock((sample, version))
        act.take(sample, "approve_redraw", reason=reason.strip() or sample.redraw_reason)
    return sample


def close(
    *, actor: Actor, sample: Sample, waiver: str = "", key: FormKey | None = None, version: int | None = None
) -> Sample:
    """结束抽查: keep valid and satisfied answers; the seed becomes known.

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
    return sample
