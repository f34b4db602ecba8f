"""Public-service activities of province and city (Art. 19): announced, held or called off, concluded when everybody is marked."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile

from accounts.actors import Actor
from files import intake
from files.purposes import Purpose
from lifecycle import announcements, engine
from lifecycle.errors import NotAllowed
from lifecycle.idempotency import FormKey
from lifecycle.steps import APPLICANT
from review.services.reasons import required
from supervision.models import Activity, Invitation
from timekeeping import clock
from timekeeping.dates import chinese_moment


@dataclass(frozen=True)
class Plan:
    """What is announced of an activity; ``starts_at`` is aware."""

    name: str
    level: str
    organiser: str
    starts_at: datetime
    place: str
    content: str
    contact: str
    document_number: str = ""


def announce(
    *, actor: Actor, plan: Plan, document: UploadedFile | ContentFile | None = None, key: FormKey | None = None
) -> Activity:
    """Announce an activity that is still to come. Raises ValidationError by field."""
    if actor.user is None:
        raise NotAllowed("只有市局可以发布公共服务活动。")
    if plan.level not in Activity.COUNTED:
        raise ValidationError({"level": "请选择省级或市级；其他活动不作为第十九条的依据。"})
    if plan.starts_at <= clock.now():
        raise ValidationError({"starts_at": "开始时间应晚于现在。"})
    words = {
        "name": "请填写活动名称。",
        "organiser": "请填写组织单位。",
        "place": "请填写活动地点。",
        "content": "请填写活动内容和参加要求。",
        "contact": "请填写联系人和电话。",
    }
    texts = {field: required(getattr(plan, field), field, missing) for field, missing in words.items()}
    stored = intake.receive(document, purpose=Purpose.EVIDENCE, uploaded_by=actor.person) if document else None
    with engine.act(actor=actor, key=key) as act:
        activity = Activity(
            **texts, level=plan.level, starts_at=plan.starts_at, document_number=plan.document_number.strip(),
            document=stored, announced_by=actor.user,
        )  # fmt: skip
        announced: Activity = act.create(activity, "announce", data={"document": stored.sha256 if stored else ""})
        return announced


def call_off(
    *, actor: Actor, activity: Activity, reason: str, key: FormKey | None = None, version: int | None = None
) -> Activity:
    """Call the activity off, with a reason that every invited platform is told. Blocked once attendance is marked."""
    reason = required(reason, "reason", "请写明取消活动的原因。")
    with engine.act(actor=actor, key=key) as act:
        [activity] = act.lock((activity, version))
        act.take(activity, "call_off", reason=reason)
        _tell_invited(activity, reason)
    return activity


def conclude(*, actor: Actor, activity: Activity, key: FormKey | None = None, version: int | None = None) -> Activity:
    """Close the activity. Blocked before it begins and while an invited platform is not marked."""
    with engine.act(actor=actor, key=key) as act:
        [activity] = act.lock((activity, version))
        counted = activity.invitations.values_list("state", flat=True)
        act.take(activity, "conclude", data={state: list(counted).count(state) for state in Invitation.MARKED})
    return activity


def _tell_invited(activity: Activity, reason: str) -> None:
    """Everybody who was invited learns that nobody need come."""
    invited = activity.invitations.select_related("title__platform__organisation")
    body = (
        f"原定{chinese_moment(activity.starts_at)}举行的{activity.name}已取消，不作为出席或缺席记录。\n说明：{reason}"
    )
    for invitation in invited:
        announcements.tell(
            subject=invitation, kind="called_off", occasion=str(activity.uuid), title=f"活动取消：{activity.name}",
            body=body, users=announcements.people(APPLICANT, invitation),
        )  # fmt: skip
