"""The district's word on an application: recommended or not, taken back (Art. 5, 11)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

from accounts.actors import Actor
from accounts.models import District
from applications.models import Application
from lifecycle import engine
from lifecycle.chain import digest
from lifecycle.engine import Act
from lifecycle.idempotency import FormKey
from review.models import Measurement, Recommendation, SummarySheet
from review.selectors import sampling as samples
from review.selectors import summaries, summary
from review.services.district.answering import answer
from review.services.reasons import required
from timekeeping import clock


def recommend(
    *,
    actor: Actor,
    application: Application,
    opinion: str,
    order: int,
    answers: Mapping[str, str] | None = None,
    received_at: datetime | None = None,
    key: FormKey | None = None,
    version: int | None = None,
) -> Recommendation:
    """县区推荐: fixes the row of 附件2 as it is now and puts it on the district's open sheet (Art. 11).

    ``order`` is the place among the district's recommendations of this call, each place once. ``answers`` to what the city
    sent back as in ``answering``; ``received_at`` is the receipt stamp by which the term is judged. Raises ValidationError.
    """
    opinion = required(opinion, "opinion", "请填写推荐意见。")
    with engine.act(actor=actor, key=key) as act:
        hold_sheets(application.district)
        [application] = act.lock((application, version))
        application.received_at = received_at
        _place_is_free(application, order)
        recommendation = _new(application, actor, opinion, recommended=True, order=order)
        recommendation.summary = summary.row_of(application, opinion=opinion)
        answered = answer(application, answers or {})
        act.take(application, "recommend", reason=opinion, data={**_evidence(recommendation), **answered})
        recommendation.sheet = _sheet_for(act, application)
        recommendation.save()
    return recommendation


def hold_sheets(district: District) -> None:
    """Nobody else begins, fills or forwards a sheet of the district until the transaction ends. Held before any subject."""
    District.objects.select_for_update(no_key=True).get(pk=district.pk)


def _sheet_for(act: Act, application: Application) -> SummarySheet:
    """The district's open sheet of the call; begun when there is none."""
    if sheet := summaries.open_sheet(application.district, application.call):
        return sheet
    earlier = SummarySheet.objects.filter(district=application.district, call=application.call).count()
    begun = SummarySheet(district=application.district, call=application.call, number=earlier + 1)
    made: SummarySheet = act.create(begun, "open")
    return made


def not_recommend(
    *,
    actor: Actor,
    application: Application,
    reason: str,
    answers: Mapping[str, str] | None = None,
    received_at: datetime | None = None,
    key: FormKey | None = None,
    version: int | None = None,
) -> Recommendation:
    """不予推荐, with the reasons told to the applicant (Art. 11)."""
    reason = required(reason, "reason", "请填写不予推荐的理由。")
    with engine.act(actor=actor, key=key) as act:
        [application] = act.lock((application, version))
        application.received_at = received_at
        recommendation = _new(application, actor, reason, recommended=False, order=None)
        answered = answer(application, answers or {})
        act.take(application, "not_recommend", reason=reason, data={**_evidence(recommendation), **answered})
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
        taken_back = end_recommendation(application, Recommendation.Ended.WITHDRAWN)
        act.take(application, "withdraw_recommendation", reason=reason, data={"recommendation": taken_back})
    return application


def end_recommendation(application: Application, how: Recommendation.Ended) -> str:
    """Mark the recommendation in force as ended; its UUID, empty when there is none. Inside an act.

    It leaves a sheet that was not forwarded yet; on a forwarded one its row stays.
    """
    current = application.recommendations.filter(withdrawn_at__isnull=True).select_related("sheet").first()
    if current is None:
        return ""
    current.withdrawn_at, current.ended_as = clock.now(), how
    if current.sheet and current.sheet.state == "open":
        current.sheet = None
    current.save(update_fields=["withdrawn_at", "ended_as", "sheet"])
    return str(current.uuid)


def _new(
    application: Application, actor: Actor, opinion: str, *, recommended: bool, order: int | None
) -> Recommendation:
    measurement = Measurement.objects.filter(version=application.current_version).select_related("measured_by").first()
    return Recommendation(
        application=application,
        version=application.current_version,
        call=application.call,
        district=application.district,
        sample=samples.in_force(application),
        measured=measurement.kept if measurement else None,
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
        "measurement": digest(recommendation.measured) if recommendation.measured else "",
    }


def _place_is_free(application: Application, order: int) -> None:
    if order < 1:
        raise ValidationError({"order": "推荐顺序从1开始。"})
    taken = summaries.in_force(application.district, application.call).filter(order=order)
    if taken.exclude(application=application).exists():
        raise ValidationError({"order": f"推荐顺序{order}已用于本县（市）区的另一件申报，请另填。"})
