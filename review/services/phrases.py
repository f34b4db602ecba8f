"""Common phrases of a district: added and retired by its officers, never deleted (default)."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.actors import Actor
from accounts.models import Role
from lifecycle.errors import NotAllowed
from review import checklist
from review.models import Phrase
from review.services.reasons import required
from timekeeping import clock

LONGEST = 500


def add(*, actor: Actor, text: str, item: str = "") -> Phrase:
    """A phrase for one item of the checklist, or for any. Raises ValidationError for an empty, long or known one."""
    text = required(checklist.tidy(text), "text", "请填写常用语。")
    if item and item not in checklist.BY_KEY:
        raise ValidationError({"item": "请选择清单中的核对事项。"})
    if len(text) > LONGEST:
        raise ValidationError({"text": "常用语不超过500字，请精简。"})
    try:
        with transaction.atomic():
            return Phrase.objects.create(district_id=_district(actor), item=item, text=text, made_by=actor.person)
    except IntegrityError as error:
        raise ValidationError({"text": "该事项下已有同样的常用语。"}) from error


def retire(*, actor: Actor, phrase: Phrase) -> Phrase:
    """No longer offered; doing it twice changes nothing."""
    _district(actor)
    with transaction.atomic():
        phrase = Phrase.objects.select_for_update().get(pk=phrase.pk)
        if phrase.retired_at is None:
            phrase.retired_at = clock.now()
            phrase.save(update_fields=["retired_at"])
    return phrase


def _district(actor: Actor) -> int:
    if actor.role != Role.DISTRICT_OFFICER or actor.district_id is None:
        raise NotAllowed("常用语由县（市）区主管部门经办人维护。")
    return actor.district_id
