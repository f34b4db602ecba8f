"""The district's word on an application: recommended or not, taken back (Art. 5, 11)."""

from typing import Any

from django.core.exceptions import ValidationError

from accounts.actors import Actor
from accounts.models import District
from applications.models import Application
from files.models import StoredFile
from lifecycle import engine
from lifecycle.errors import NotAllowed, WrongStage
from lifecycle.idempotency import FormKey
from review.models import Recommendation
from review.selectors import sampling as samples
from review.selectors import summary
from review.services.reasons import required
from timekeeping import clock


def recommend(
    *,
    actor: Actor,
    application: Application,
    opinion: str,
    order: int,
    key: FormKey | None = None,
    version: int | None = None,
) -> Recommendation:
    """县区推荐: freezes the row of 附件2 as it is now (Art. 11).

    ``order`` is the place among the district's recommendations of this call, each place once. Raises ValidationError.
    """
    opinion = required(opinion, "opinion", "请填写推荐意见。")
    with engine.act(actor=actor, key=key) as act:
        [application] = act.lock((application, version))
        _place_is_free(application, order)
        recommendation = _new(application, actor, opinion, recommended=True, order=order)
        recommendation.summary = summary.row_of(application, opinion=opinion)
        act.take(application, "recommend", reason=opinion, data=_evidence(recommendation))
        recommendation.save()
    return recommendation


def not_recommend(
    *,
    actor: Actor,
    application: Application,
    reason: str,
    key: FormKey | None = None,
    version: int | None = None,
) -> Recommendation:
    """不予推荐, with the reasons told to the applicant (Art. 11)."""
    reason = required(reason, "reason", "请填写不予推荐的理由。")
    with engine.act(actor=actor, key=key) as act:
        [application] = act.lock((application, version))
        recommendation = _new(application, actor, reason, recommended=False, order=None)
        act.take(application, "not_recommend", reason=reason, data=_evidence(recommendation))
        recommendation.save()
    return recommendation


def withdraw_recommendation(
    *,
    actor: Actor,
    application: Application,
    reason: str,
    key: FormKey | None = None,
    version: int | None = None,
) -> Application:
    """撤回推荐, possible until expert review begins (Art. 5). The withdrawn recommendation stays on record."""
    reason = required(reason, "reason", "请填写撤回推荐的理由。")
    with engine.act(actor=actor, key=key) as act:
        [application] = act.lock((application, version))
        taken_back = end_recommendation(application)
        act.take(application, "withdraw_recommendation", reason=reason, data={"recommendation": taken_back})
    return application


def keep_signed_summary(*, actor: Actor, recommendation: Recommendation, file: StoredFile) -> Recommendation:
    """Keep the signed and sealed scan of 附件2; a later one replaces the reference, the file stays."""
    with engine.act(actor=actor) as act:
        [application] = act.lock(recommendation.application)
        if actor.district_id != application.district_id:
            raise NotAllowed("附件2的签章扫描件由推荐的县（市）区主管部门上传。")
        recommendation = Recommendation.objects.get(pk=recommendation.pk)
        if recommendation.withdrawn_at or not recommendation.recommended:
            raise WrongStage("该推荐已撤回，不能再上传签章扫描件。")
        recommendation.signed_scan = file
        recommendation.save(update_fields=["signed_scan"])
    return recommendation


def end_recommendation(application: Application) -> str:
    """Mark the recommendation in force as taken back; its UUID, empty when there is none. Inside an act."""
    current = application.recommendations.filter(withdrawn_at__isnull=True).first()
    if current is None:
        return ""
    current.withdrawn_at = clock.now()
    current.save(update_fields=["withdrawn_at"])
    return str(current.uuid)


def _new(
    application: Application, actor: Actor, opinion: str, *, recommended: bool, order: int | None
) -> Recommendation:
    return Recommendation(
        application=application,
        version=application.current_version,
        call=application.call,
        district=application.district,
        sample=samples.in_force(application),
        recommended=recommended,
        order=order,
        opinion=opinion,
        made_by=actor.user,
        made_at=clock.now(),
    )


def _evidence(recommendation: Recommendation) -> dict[str, Any]:
    sample = recommendation.sample
    return {
        "recommendation": str(recommendation.uuid),
        "fingerprint": recommendation.version.fingerprint,
        "sample": str(sample.uuid) if sample else "",
    }


def _place_is_free(application: Application, order: int) -> None:
    if order < 1:
        raise ValidationError({"order": "推荐顺序从1开始。"})
    District.objects.select_for_update().get(pk=application.district_id)
    taken = summary.in_force(application.district, application.call).filter(order=order)
    if taken.exclude(application=application).exists():
        raise ValidationError({"order": f"推荐顺序{order}已用于本县（市）区的另一件申报，请另填。"})
