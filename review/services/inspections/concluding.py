"""The written opinion with both signatures, and the city's step on the application (Art. 13)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from accounts.actors import Actor
from applications.models import Application
from files import intake
from files.purposes import Purpose
from lifecycle import chain, engine
from lifecycle.errors import Refusal
from lifecycle.idempotency import FormKey
from review import grants
from review.models import Inspection
from review.services.reasons import required
from timekeeping import clock

PASS, FAIL = Inspection.Conclusion.PASS, Inspection.Conclusion.FAIL


@dataclass(frozen=True)
class Outcome:
    """What became of one item of a bulk act; ``problem`` is empty when it was done."""

    application: Application
    done: str = ""
    problem: str = ""


def conclude(
    *,
    actor: Actor,
    inspection: Inspection,
    conclusion: str,
    opinion: str,
    inspector_signature: str,
    applicant_signature: str,
    signed_record: UploadedFile | None = None,
    key: FormKey | None = None,
    version: int | None = None,
) -> Inspection:
    """The group's written opinion, signed by both sides; the dossier closes. Blocked while an item is open.

    Raises ValidationError by field: the group's signatures must be those of at least the required number of its members, and a
    condition of Art. 7 found unmet cannot pass.
    """
    with engine.act(actor=actor, key=key) as act:
        [inspection] = act.lock((inspection, version))
        _check(inspection, conclusion, inspector_signature)
        inspection.opinion = required(opinion, "opinion", "请填写现场核查意见。")
        inspection.conclusion = conclusion
        inspection.inspector_signature = inspector_signature.strip()
        inspection.applicant_signature = required(
            applicant_signature, "applicant_signature", "请填写申报单位签字人；拒签的，写明“拒签”和原因。"
        )
        if signed_record:
            inspection.signed_record = intake.receive(signed_record, purpose=Purpose.SIGNED, uploaded_by=actor.user)
        inspection.concluded_at = clock.now()
        act.take(inspection, "conclude", data={"conclusion": conclusion, "seal": seal(inspection)})
        for inspector in inspection.inspectors.select_related("user"):
            grants.end_inspecting(inspector.user, inspection.application)
    return inspection


def pass_inspection(
    *,
    actor: Actor,
    application: Application,
    reason: str = "",
    key: FormKey | None = None,
    version: int | None = None,
) -> Application:
    """The city follows the opinion; against it, only with a reason. Blocked before the opinion."""
    return _decide(actor, application, "pass_inspection", PASS, reason, key, version)


def fail_inspection(
    *,
    actor: Actor,
    application: Application,
    reason: str = "",
    key: FormKey | None = None,
    version: int | None = None,
) -> Application:
    """The city ends the application after the inspection; without a reason of its own the opinion is the reason told."""
    return _decide(actor, application, "fail_inspection", FAIL, reason, key, version)


def decide_many(*, actor: Actor, applications: Iterable[Application]) -> list[Outcome]:
    """Follow the written opinion of each case, each in an act of its own; one that cannot be done does not stop the others."""
    return [_follow(actor, application) for application in applications]


def seal(inspection: Inspection) -> str:
    """SHA-256 of the answers, the opinion and the signatures; it stands in the record."""
    items = inspection.items.order_by("key").values_list("key", "result", "note", "condition_unmet")
    return chain.digest(
        {
            "items": [list(item) for item in items],
            "photos": list(inspection.photos.values_list("file__sha256", flat=True)),
            "clarification": inspection.clarification,
            "conclusion": inspection.conclusion,
            "opinion": inspection.opinion,
            "signatures": [inspection.inspector_signature, inspection.applicant_signature],
        }
    )


def _check(inspection: Inspection, conclusion: str, signature: str) -> None:
    if conclusion not in Inspection.Conclusion.values:
        raise ValidationError({"conclusion": "请选择核查结论。"})
    unmet = inspection.items.filter(condition_unmet=True).exists()
    if conclusion == PASS and unmet:
        raise ValidationError({"conclusion": "有不符合第七条基本条件的事项，结论应为“不通过”。"})
    enough = inspection.application.call.parameters.min_inspectors
    names = [inspector.user.name for inspector in inspection.inspectors.select_related("user")]
    signed = [name for name in names if name in signature]
    if len(signed) < enough:
        raise ValidationError({"inspector_signature": f"核查组至少{enough}人签字，请填写姓名（{'、'.join(names)}）。"})


def _decide(
    actor: Actor,
    application: Application,
    step: str,
    expected: str,
    reason: str,
    key: FormKey | None,
    version: int | None,
) -> Application:
    with engine.act(actor=actor, key=key) as act:
        [application] = act.lock((application, version))
        inspection = Inspection.objects.filter(application=application, state="concluded").first()
        if inspection and inspection.conclusion != expected:
            reason = required(reason, "reason", "与现场核查意见不一致，请写明理由。")
        if inspection and expected == FAIL and not reason.strip():
            reason = inspection.opinion
        data = {"inspection": str(inspection.uuid), "conclusion": inspection.conclusion} if inspection else {}
        act.take(application, step, reason=reason.strip(), data=data)
    return application


def _follow(actor: Actor, application: Application) -> Outcome:
    inspection = Inspection.objects.filter(application=application, state="concluded").first()
    if inspection is None:
        return Outcome(application, problem="现场核查尚未提出意见")
    try:
        if inspection.conclusion == PASS:
            pass_inspection(actor=actor, application=application)
        else:
            fail_inspection(actor=actor, application=application)
    except Refusal as refusal:
        return Outcome(application, problem=refusal.message)
    return Outcome(application, done=f"现场核查{inspection.get_conclusion_display()}")
