"""Taking an application in: acceptance, transfer, return for correction (Art. 10, 11)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.core.exceptions import ValidationError

from accounts.actors import Actor
from accounts.models import District
from applications import openings
from applications.models import Application, Correction, CorrectionItem, ListKind
from applications.services import restoring
from lifecycle import deadlines, engine
from lifecycle.idempotency import FormKey
from review import checklist
from review.checklist import Item
from review.models import Sample
from review.services.reasons import required
from timekeeping import clock
from timekeeping.dates import chinese_deadline, end_of_day
from timekeeping.workdays import UnknownYear

SAY_WHAT = "每项“需补正”都须写明需要补充或更正的内容。"


@dataclass(frozen=True)
class Defect:
    """What is wrong, as the applicant is told. ``part``, ``key``, ``item`` and ``fields`` as in ``CorrectionItem``."""

    part: str
    key: str
    text: str
    item: str = ""
    fields: tuple[str, ...] = ()

    @classmethod
    def of(cls, item: Item, text: str, more: Iterable[str] = ()) -> "Defect":
        """The defect an item of the checklist found; ``more`` are fields opened besides those it is about."""
        return cls(item.part, item.of, text, item.key, openings.with_dependents([*item.fields, *more]))


def accept(
    *, actor: Actor, application: Application, key: FormKey | None = None, version: int | None = None
) -> Application:
    """受理: the material is complete in form; measuring and sampling begin (Art. 11)."""
    with engine.act(actor=actor, key=key) as act:
        [application] = act.lock((application, version))
        act.take(application, "accept", data=_judged(application))
    return application


def transfer(
    *,
    actor: Actor,
    application: Application,
    to: District,
    reason: str,
    key: FormKey | None = None,
    version: int | None = None,
) -> Application:
    """Hand a wrongly addressed application to the district it belongs to, before acceptance (Art. 10, 属地原则).

    Raises ValidationError for the own or an inactive district or a missing reason.
    """
    reason = required(reason, "reason", "请填写移送理由。")
    with engine.act(actor=actor, key=key) as act:
        [application] = act.lock((application, version))
        if to.pk == application.district_id:
            raise ValidationError({"to": "该申报已在本县（市）区，请选择其他县（市）区或开发（度假）区。"})
        if not is_active(to):
            raise ValidationError({"to": "该县（市）区已停用，请另选。"})
        left = application.district
        act.take(application, "transfer", reason=reason, data={"from": left.slug, "to": to.slug})
        application.district = to
        application.save(update_fields=["district"])
    return application


def is_active(district: District) -> bool:
    """Whether applications may be handed to the district today."""
    today = clock.today()
    return (district.active_from is None or district.active_from <= today) and (
        district.active_to is None or today <= district.active_to
    )


def return_for_correction(
    *,
    actor: Actor,
    application: Application,
    defects: Sequence[Defect],
    due_on: date | None = None,
    note: str = "",
    key: FormKey | None = None,
    version: int | None = None,
) -> Correction:
    """退回补正 with all defects at once, item by item; only what they are about opens (Art. 11).

    ``due_on`` is the last day of the correction; it may be later, never earlier than the default term. Raises
    ValidationError for no defects, an item twice, a short term, an unpublished year, or the served list after the sample was drawn.
    """
    with engine.act(actor=actor, key=key) as act:
        [application] = act.lock((application, version))
        wanting = complete(defects)
        _keep_the_frame(application, wanting)
        end = due_at(application, due_on)
        assert application.current_version  # what is returned was submitted
        correction = Correction.objects.create(
            application=application,
            version=application.current_version,
            due_at=end,
            note=note.strip(),
            returned_by=actor.person,
            returned_at=clock.now(),
        )
        items = items_of(wanting, correction=correction)
        CorrectionItem.objects.bulk_create(items)
        words = "；".join(f"{number}. {defect.text.rstrip('。；')}" for number, defect in enumerate(wanting, 1))
        act.take(
            application,
            "return_for_correction",
            reason=f"请于{chinese_deadline(end)}前补正以下{len(wanting)}项：{words}",
            data={"correction": str(correction.uuid), **_judged(application)},
        )
    return correction


def shortest_term(application: Application) -> datetime:
    """The exclusive end of the default correction term when returned today. Raises UnknownYear."""
    return deadlines.end_of_workdays(clock.today(), application.call.parameters.correction_workdays)


def judge_last_version(
    *, actor: Actor, application: Application, key: FormKey | None = None, version: int | None = None
) -> Application:
    """The correction was missed: the last version is judged as it stands (default)."""
    with engine.act(actor=actor, key=key) as act:
        [application] = act.lock((application, version))
        act.take(
            application,
            "judge_last_version",
            reason="补正期限已过，未收到补正，按原件审核。",
            data=_judged(application),
        )
        restoring.restore(application)
    return application


def _judged(application: Application) -> dict[str, str]:
    """Which version the step is about."""
    version = application.current_version
    return {"fingerprint": version.fingerprint} if version else {}


def items_of(defects: Iterable[Defect], correction: Correction | None = None) -> list[CorrectionItem]:
    """The items of a correction, unsaved; without a correction for the preview of its letter."""
    return [
        CorrectionItem(
            correction=correction, part=one.part, key=one.key, item=one.item, fields=list(one.fields), defect=one.text
        )
        for one in defects
    ]


def complete(defects: Iterable[Defect]) -> list[Defect]:
    """The defects with their texts trimmed, in the order given. Raises ValidationError for none, an empty text, or what is not there."""
    wanting = [replace(one, text=required(one.text, "defects", SAY_WHAT)) for one in defects]
    if not wanting:
        raise ValidationError({"defects": "没有“需补正”的事项，不能退回补正。请先在核对清单中标出并写明内容。"})
    if len({(one.part, one.key, one.item) for one in wanting}) < len(wanting):
        raise ValidationError({"defects": "同一核对事项只能列一次，请合并后再退回。"})
    if not all(_is_known(one) for one in wanting):
        raise ValidationError("补正事项所属部分、核对事项或者栏目不正确，请重新核对。")
    return wanting


def _is_known(defect: Defect) -> bool:
    item = checklist.BY_KEY.get(defect.item)
    fits = (item.part, item.of) == (defect.part, defect.key) if item else not defect.item
    return fits and defect.part in CorrectionItem.Part.values and all(map(openings.exists, defect.fields))


def _keep_the_frame(application: Application, wanting: Iterable[Defect]) -> None:
    touched = any((one.part, one.key) == (CorrectionItem.Part.LIST, ListKind.SERVED) for one in wanting)
    if touched and Sample.objects.filter(application=application).exclude(state="voided").exists():
        raise ValidationError(
            {
                "defects": "满意度样本已按服务中小企业清单抽取，该清单不能再退回补正；确需更正的，请先申请重新抽样并经复核同意。"
            }
        )


def due_at(application: Application, due_on: date | None) -> datetime:
    """The exclusive end of a correction whose last day is ``due_on``, or of the default term. Raises ValidationError."""
    try:
        shortest = shortest_term(application)
    except UnknownYear as unknown:
        raise ValidationError({"due_on": str(unknown)}) from unknown
    if due_on is None:
        return shortest
    if end_of_day(due_on) < shortest:
        days = application.call.parameters.rule("correction_workdays").shown
        raise ValidationError({"due_on": f"补正期限不得少于{days}，最早为{chinese_deadline(shortest)}。"})
    return end_of_day(due_on)
