"""Opening the identity behind an objection or a complaint: on the chained record before anything is shown (Art. 21)."""

from django.core.exceptions import ValidationError

from accounts.actors import Actor
from accounts.models import Role
from lifecycle import engine
from lifecycle.errors import NotAllowed
from review.models import Complaint, IdentityOpening
from review.models.identities import Identity
from review.selectors import identities as selectors
from review.selectors.identities import Case


def open_identity(*, actor: Actor, case: Case, reason: str = "") -> Identity | None:
    """Who sent the case; None for an anonymous one. The opening is recorded first.

    Raises NotAllowed for anybody but the handler (before there is one: a city officer) and the auditor, ValidationError
    without a reason or with one that names the sender; the handler's reason is the handling itself.
    """
    if not selectors.may_open(case, actor):
        raise NotAllowed("来件人信息仅经办人可以查看。")
    if case.handler_id == actor.user_id:
        reason = reason or "经办"
    check_texts(case, reason=reason)
    step = "inspect" if actor.role == Role.AUDITOR else "open"
    with engine.act(actor=actor) as act:
        opening = IdentityOpening(opened_by=actor.person, role=actor.role, reason=reason)
        if isinstance(case, Complaint):
            opening.complaint = case
        else:
            opening.objection = case
        act.create(opening, step, reason=reason, data={case.SUBJECT: str(case.uuid)})
        return selectors.of(case)


def check_texts(case: Case, **texts: str) -> None:
    """Texts that go to the record and to others must be there and must not say who sent the case."""
    require(**texts)
    identity = selectors.of(case)
    for name, text in texts.items():
        if identity and selectors.reveals(identity, text):
            raise ValidationError({name: "这段文字会留档或告知他人，请删去来件人的姓名、单位、电话和邮箱。"})


def require(**texts: str) -> None:
    """Raises ValidationError at every text that is empty."""
    missing = [name for name, text in texts.items() if not text.strip()]
    if missing:
        raise ValidationError(dict.fromkeys(missing, "请填写。"))
