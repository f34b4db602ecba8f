"""交接经办人: a filer who has left is replaced by the signatory, or by the district on the organisation's sealed letter (default)."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse

from accounts.actors import Actor
from accounts.models import Capacity, Organisation, Role
from accounts.services import colleagues
from applications.models import Handover
from files import intake
from files.purposes import Purpose
from lifecycle import announcements, engine
from lifecycle.idempotency import FormKey


@dataclass(frozen=True)
class Successor:
    """Who takes over; invited by mail to set a password, unless known in the organisation by this address already."""

    name: str
    email: str
    phone: str


def hand_over(
    *,
    actor: Actor,
    organisation: Organisation,
    leaving: Capacity | None,
    successor: Successor,
    reason: str,
    letter: UploadedFile | ContentFile | None = None,
    key: FormKey | None = None,
) -> Handover:
    """Replace a filer at once: every capacity the person has in the organisation ends, the successor is invited, all are told.

    Drafts, applications and reports belong to the organisation and go on. ``leaving`` is None only when no filer is left.
    Raises ValidationError without a reason, for the district without a letter, and whatever ``colleagues.appoint`` raises;
    Blocked by the guards; NotAllowed for anybody but the organisation's signatory and its district.
    """
    by_district = actor.role == Role.DISTRICT_OFFICER
    _check(by_district, leaving, successor, reason, letter)
    with engine.act(actor=actor, key=key) as act:
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        handover = Handover(
            organisation=organisation, leaving=leaving, reason=reason.strip(), by_district=by_district,
            successor=colleagues.appoint(
                body=organisation, name=successor.name, email=successor.email, phone=successor.phone, role=Role.FILER
            ),
            letter=intake.receive(letter, purpose=Purpose.SIGNED, uploaded_by=actor.person) if letter else None,
        )  # fmt: skip
        act.create(handover, "hand_over", data=_evidence(handover))
        if leaving is not None:
            _end(handover, leaving)
    return handover


def _check(
    by_district: bool, leaving: Capacity | None, successor: Successor, reason: str, letter: object | None
) -> None:
    if not reason.strip():
        raise ValidationError({"reason": "请填写交接原因。"})
    if by_district and letter is None:
        raise ValidationError({"letter": "县区主管部门办理交接的，请上传单位盖章的交接函。"})
    if leaving is not None and leaving.user.email.lower() == successor.email.lower():
        raise ValidationError({"email": "接任经办人不能是离任的经办人，请核对电子邮箱。"})


def _evidence(handover: Handover) -> dict[str, str]:
    """Ids and hashes; names and the reason stay with the handover itself."""
    return {
        "leaving": str(handover.leaving.uuid) if handover.leaving else "",
        "successor": str(handover.successor.uuid),
        "letter": handover.letter.sha256 if handover.letter else "",
    }


def _end(handover: Handover, leaving: Capacity) -> None:
    """The person who left acts for the organisation no more, in no capacity, and is told so."""
    held = Capacity.objects.active().filter(organisation=handover.organisation, user=leaving.user)
    for capacity in held:
        colleagues.close(capacity)
    announcements.tell(
        subject=handover, kind="left", occasion=str(leaving.uuid), title=f"您的经办人身份已停用：{handover.organisation.name}",
        body=f"{handover.organisation.name}的经办人已办理交接，您在该单位的身份即时停用。已经填写和办理的内容归单位所有，不受影响。"
        "与事实不符的，请联系该单位或者所属县(市)区主管部门。",
        users=[leaving.user], url=reverse("accounts:profile"),
    )  # fmt: skip
