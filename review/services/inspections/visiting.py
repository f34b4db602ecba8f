"""The visit itself: beginning, one item after the other, photos with their place (Art. 13)."""

from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from accounts.actors import Actor
from files import intake, publish
from files.models import StoredFile
from files.purposes import Purpose
from lifecycle import authority, engine
from lifecycle.errors import NotAllowed, Stale, WrongStage
from lifecycle.idempotency import FormKey
from lifecycle.steps import step_of
from review.inspection_items import BY_ITEM
from review.models import Inspection, InspectionItem, InspectionPhoto
from review.selectors.inspections import is_clarified
from timekeeping import clock

Result = InspectionItem.Result


@dataclass(frozen=True)
class Place:
    """Where a photo was taken: degrees, and the accuracy in metres."""

    latitude: Decimal
    longitude: Decimal
    accuracy: int | None = None


def begin(
    *, actor: Actor, inspection: Inspection, key: FormKey | None = None, version: int | None = None
) -> Inspection:
    """An inspector of the group begins the visit. Blocked before its day."""
    with engine.act(actor=actor, key=key) as act:
        [inspection] = act.lock((inspection, version))
        inspection.begun_at = clock.now()
        act.take(inspection, "begin")
    return inspection


def save_item(
    *,
    actor: Actor,
    inspection: Inspection,
    item: str,
    result: str,
    note: str = "",
    condition_unmet: bool = False,
    existed_at_closing: bool = False,
    revision: int | None = None,
) -> InspectionItem:
    """Keep one item as a draft of the group. Stale when a colleague saved it after ``revision``.

    Raises ValidationError by field: anything but 一致 needs a note; a condition of Art. 7 found unmet is 不一致, and once a
    clarification was asked it stays so; what a clarification settles must have existed at the closing date.
    """
    with engine.act(actor=actor) as act:
        [inspection] = act.lock(inspection)
        may_work(actor, inspection)
        answer = InspectionItem.objects.filter(inspection=inspection, key=item).first()
        current = answer or InspectionItem(inspection=inspection, key=item)
        if revision is not None and revision != current.revision:
            raise Stale(f"此项刚由{current.saved_by.name}保存过。请刷新页面，核对后再保存。")
        _check_item(inspection, answer, item, result, note, condition_unmet, existed_at_closing)
        current.result, current.note = result, note.strip()
        current.condition_unmet, current.existed_at_closing = condition_unmet, existed_at_closing
        current.saved_by, current.saved_at = actor.person, clock.now()
        current.revision += 1
        current.save()
    return current


def add_photo(
    *, actor: Actor, inspection: Inspection, item: str, upload: UploadedFile, place: Place | None = None
) -> InspectionPhoto:
    """Keep a photo of an item: the original as evidence, and a copy without camera and position that people look at.

    Refused when the file is no acceptable picture.
    """
    if item not in BY_ITEM:
        raise ValidationError({"item": "没有这个核查事项。"})
    stored = intake.receive(upload, purpose=Purpose.PHOTO, uploaded_by=actor.person)
    with engine.act(actor=actor) as act:
        [inspection] = act.lock(inspection)
        may_work(actor, inspection)
        return InspectionPhoto.objects.create(
            inspection=inspection,
            key=item,
            file=stored,
            shown=shown_copy(stored),
            latitude=place.latitude if place else None,
            longitude=place.longitude if place else None,
            accuracy=place.accuracy if place else None,
            taken_by=actor.person,
        )


def shown_copy(stored: StoredFile) -> StoredFile | None:
    """The copy without metadata; None while the original waits for the scanner."""
    return publish.public_copy(stored) if stored.is_available else None


def may_work(actor: Actor, inspection: Inspection) -> None:
    """Raises NotAllowed for anybody but the group, WrongStage unless the visit is under way."""
    if not authority.may(actor, step_of("inspection", "conclude"), inspection):
        raise NotAllowed("只有本次核查组的成员可以填写核查记录。")
    if inspection.state != "in_progress":
        raise WrongStage(engine.last_word(inspection))


def _check_item(
    inspection: Inspection,
    before: InspectionItem | None,
    item: str,
    result: str,
    note: str,
    condition_unmet: bool,
    existed_at_closing: bool,
) -> None:
    if item not in BY_ITEM:
        raise ValidationError({"item": "没有这个核查事项。"})
    if result not in Result.values:
        raise ValidationError({"result": "请选择一致、不一致或需说明。"})
    if result != Result.CONSISTENT and not note.strip():
        raise ValidationError({"note": "请记录看到的情况和差异。"})
    if condition_unmet and result != Result.INCONSISTENT:
        raise ValidationError({"condition_unmet": "不符合基本条件的事项，结果应为“不一致”。"})
    if before is None or not is_clarified(inspection):
        return
    if before.condition_unmet and not condition_unmet:
        raise ValidationError({"condition_unmet": "说明不能弥补第七条基本条件，此项结论不能改变。"})
    settled = before.result != Result.CONSISTENT and result == Result.CONSISTENT
    if settled and not existed_at_closing:
        raise ValidationError(
            {"existed_at_closing": "说明只能证明申报截止时已存在的事实，请确认后勾选；否则保持“不一致”。"}
        )
