"""The yearly call: prepare, edit, publish, extend, conclude (Art. 6, 10)."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.actors import Actor
from accounts.models import District
from applications.models import Application, Call, CallExtension
from lifecycle import document_numbers, engine
from lifecycle.errors import Blocked, WrongStage
from lifecycle.idempotency import FormKey
from regulation import parameters
from regulation.articles import revision_in_force
from regulation.identifiers import check_document_number
from regulation.rubric import DEFAULT_RUBRIC
from timekeeping import clock
from timekeeping.dates import chinese_deadline

TEXTS = (
    "year", "title", "document_number", "opens_at", "closes_at", "district_due_at", "territorial_test", "requirements",
    "contact", "portal_url",
)  # fmt: skip


def prepare(*, actor: Actor, key: FormKey | None = None, **fields: Any) -> Call:
    """Draft the call of a year; ``fields`` are those of ``TEXTS``.

    Raises Blocked for a second call of the year (Art. 10), ValidationError for crooked times or document number.
    """
    call = Call(**_checked(fields))
    document_numbers.refuse_borne(call.document_number, call)
    if Call.objects.filter(year=call.year).exists():
        raise Blocked([f"{call.year}年度已有申报通知。依据第十条，每年组织开展一次申报"])
    try:
        with engine.act(actor=actor, key=key) as act:
            made: Call = act.create(call, "prepare")
            return made
    except IntegrityError as error:
        raise Blocked([f"{call.year}年度已有申报通知。依据第十条，每年组织开展一次申报"]) from error


@transaction.atomic
def edit(*, actor: Actor, call: Call, **fields: Any) -> Call:
    """Change a call that is not published yet. Raises WrongStage afterwards, ValidationError for crooked input."""
    checked = _checked(fields)
    fresh = Call.objects.select_for_update().get(pk=call.pk)
    document_numbers.refuse_borne(checked["document_number"], fresh)
    if fresh.state != "draft":
        raise WrongStage("申报通知已经发布，不能修改；时间需要调整的，请办理延期。")
    if Call.objects.filter(year=checked["year"]).exclude(pk=fresh.pk).exists():
        raise ValidationError({"year": f"{checked['year']}年度已有申报通知。"})
    for name, value in checked.items():
        setattr(fresh, name, value)
    fresh.save(update_fields=list(checked))
    return fresh


def publish(*, actor: Actor, call: Call, key: FormKey | None = None, version: int | None = None) -> Call:
    """Make the call public and pin what it judges by: parameters, rubric and the revision in force today.

    Raises Blocked when its document number was given to something else meanwhile.
    """
    today = clock.today()
    with engine.act(actor=actor, key=key) as act:
        [fresh] = act.lock((call, version))
        fresh.pinned_parameters = parameters.at(today).pin()
        fresh.rubric = DEFAULT_RUBRIC.pin()
        fresh.revision = revision_in_force(today).key
        fresh.published_at = clock.now()
        _bear(fresh)
        act.take(fresh, "publish", data={"revision": fresh.revision, "parameters_on": today.isoformat()})
        published: Call = fresh
        return published


def extend(
    *,
    actor: Actor,
    call: Call,
    document_number: str,
    reason: str,
    closes_at: datetime | None = None,
    district_due_at: datetime | None = None,
    district: District | None = None,
    application: Application | None = None,
    key: FormKey | None = None,
    version: int | None = None,
) -> CallExtension:
    """Move the end of filing or of recommending to a later moment, publicly: for all, a district, or one application.

    Raises ValidationError when nothing moves, a moment is not later, the document number is malformed or used, or one
    application and a district are named together.
    """
    number = _document_number(document_number)
    with engine.act(actor=actor, key=key) as act:
        [fresh] = act.lock((call, version))
        _refuse_earlier(fresh, closes_at, district_due_at, district, application)
        _refuse_used(number)
        document_numbers.bear(number, clock.today(), fresh)
        act.take(fresh, "extend", reason=reason.strip(), data={"document_number": number})
        return CallExtension.objects.create(
            call=fresh,
            district=district,
            application=application,
            closes_at=closes_at,
            district_due_at=district_due_at,
            document_number=number,
            reason=reason.strip(),
            made_by=actor.person,
        )


def conclude(*, actor: Actor, call: Call, key: FormKey | None = None, version: int | None = None) -> Call:
    """End the year's certification when every application has its outcome."""
    with engine.act(actor=actor, key=key) as act:
        [fresh] = act.lock((call, version))
        act.take(fresh, "conclude")
        concluded: Call = fresh
        return concluded


def _checked(fields: dict[str, Any]) -> dict[str, Any]:
    unknown = fields.keys() - set(TEXTS)
    if unknown:
        raise TypeError(f"not a field of a call: {sorted(unknown)}")
    opens, closes, due = fields["opens_at"], fields["closes_at"], fields["district_due_at"]
    wrong = {}
    if closes <= opens:
        wrong["closes_at"] = "申报截止应晚于申报开始，请更正。"
    if due < closes:
        wrong["district_due_at"] = "县区推荐截止不能早于申报截止，请更正。"
    if wrong:
        raise ValidationError(wrong)
    number = fields.get("document_number", "")
    if number:
        fields = {**fields, "document_number": _document_number(number)}
    return fields


def _document_number(number: str) -> str:
    try:
        return check_document_number(number)
    except ValueError as error:
        raise ValidationError({"document_number": f"{error}。"}) from error


def _bear(call: Call) -> None:
    if call.document_number:
        try:
            document_numbers.bear(call.document_number, clock.today(), call)
        except ValidationError as error:
            raise Blocked(error.messages) from error


def _refuse_used(number: str) -> None:
    used = CallExtension.objects.filter(document_number=number).exists()
    if used or Call.objects.filter(document_number=number).exists():
        raise ValidationError({"document_number": "该文号已经使用，请核对。"})


def _refuse_earlier(
    call: Call,
    closes_at: datetime | None,
    district_due_at: datetime | None,
    district: District | None,
    application: Application | None,
) -> None:
    if not closes_at and not district_due_at:
        raise ValidationError("请填写新的申报截止时间，或者新的县区推荐截止时间。")
    if district and application:
        raise ValidationError({"application": "县(市)区和单件申报只能选择一项。"})
    if application and (district_due_at or application.call_id != call.pk):
        raise ValidationError({"application": "单件延期只能延长本批次该申报的申报截止时间。"})
    district_id = district.pk if district else None
    present = application.closes_at if application else call.closes_at_for(district_id)
    if closes_at and closes_at <= present:
        raise ValidationError({"closes_at": f"应晚于现在的截止时间{chinese_deadline(present)}，请更正。"})
    due = call.district_due_at_for(district_id)
    if district_due_at and district_due_at <= due:
        raise ValidationError({"district_due_at": f"应晚于现在的截止时间{chinese_deadline(due)}，请更正。"})
    if closes_at and not application and max(district_due_at or due, due) < closes_at:
        raise ValidationError({"district_due_at": "县区推荐截止不能早于申报截止，请一并延长。"})
