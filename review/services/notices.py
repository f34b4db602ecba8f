"""The proposed list and its public notice (Art. 14): choose, draft, publish with the portal's record, extend, correct."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError

from accounts.actors import Actor
from applications.models import Application, Call
from files.models import IssuedDocument
from lifecycle import engine
from lifecycle.errors import Stale
from lifecycle.idempotency import FormKey
from lifecycle.workdays import calendar
from regulation import terms
from regulation.parameters import Parameters
from regulation.terms import Period
from review.models import Notice, NoticeChange, NoticeItem
from review.selectors import notices as selectors
from review.services import notice_checks as checks
from review.services import publishing
from review.services.notice_checks import Draft, Portal
from timekeeping import clock
from timekeeping.dates import chinese_date
from timekeeping.workdays import UnknownYear

CONTACTS = ("phone", "supervision_phone", "address", "email", "letter_rule")


def propose(
    *, actor: Actor, application: Application, reason: str = "", key: FormKey | None = None, version: int | None = None
) -> Application:
    """Put an inspected application on the proposed list (Art. 14)."""
    with engine.act(actor=actor, key=key) as act:
        [application] = act.lock((application, version))
        act.take(application, "propose", reason=reason)
    return application


def not_propose(
    *, actor: Actor, application: Application, reason: str, key: FormKey | None = None, version: int | None = None
) -> Application:
    """Leave an inspected application off the proposed list; 择优 needs its reason."""
    if not reason.strip():
        raise ValidationError({"reason": "请写明未列入拟认定名单的理由。"})
    with engine.act(actor=actor, key=key) as act:
        [application] = act.lock((application, version))
        act.take(application, "not_propose", reason=reason)
    return application


def draft(
    *, actor: Actor, call: Call, applications: Sequence[Application], says: Draft, key: FormKey | None = None
) -> Notice:
    """Draft a notice of some or all proposed applications of a call.

    Raises ValidationError for dates that are too short, start too early or lie in an unpublished year, and for an
    application that may not stand on it.
    """
    checks.of_draft(call, applications, says, None)
    notice = Notice(call=call, **_fields(says))
    with engine.act(actor=actor, key=key) as act:
        act.create(notice, "draft", data=_plain(applications, says))
        _write_items(notice, applications)
    return notice


def revise(
    *,
    actor: Actor,
    notice: Notice,
    applications: Sequence[Application],
    says: Draft,
    key: FormKey | None = None,
    version: int | None = None,
) -> Notice:
    """Change a notice that is not published yet, its list included."""
    checks.of_draft(notice.call, applications, says, notice)
    with engine.act(actor=actor, key=key) as act:
        [notice] = act.lock((notice, version))
        for name, value in _fields(says).items():
            setattr(notice, name, value)
        act.take(notice, "revise", data=_plain(applications, says))
        notice.items.all().delete()
        _write_items(notice, applications)
    return notice


def publish(
    *,
    actor: Actor,
    notice: Notice,
    portal: Portal,
    document: IssuedDocument,
    override_reason: str = "",
    key: FormKey | None = None,
    version: int | None = None,
) -> Notice:
    """Record the publication on the portal and begin the notice of every platform on it, in one act.

    ``document`` is the notice's PDF as put on the portal. Raises ValidationError when the record is incomplete, the dates do
    not hold against the day of publication (or cannot be counted), or the PDF shows personal data and nobody answers for it.
    """
    checks.of_portal(notice, portal)
    found = checks.of_document(notice, document, override_reason)
    with engine.act(actor=actor, key=key) as act:
        items = selectors.items_of(notice)
        notice, *applications = act.lock((notice, version), *[item.application for item in items])
        if {item.pk for item in items} != set(notice.items.values_list("pk", flat=True)):
            raise Stale(engine.last_word(notice))
        notice.portal_url, notice.portal_published_at, notice.capture = portal.url, portal.published_at, portal.capture
        if found:
            notice.override_reason, notice.overridden_by = override_reason, actor.user
        data = {"portal": portal.url, "capture": portal.capture.sha256, "document": document.file.sha256}
        act.take(notice, "publish", data=data | publishing.sealed(override_reason if found else ""))
        for application in applications:
            act.take(application, "publish", data={"notice": str(notice.uuid)})
    return notice


def extend(
    *, actor: Actor, notice: Notice, ends_on: date, reason: str, key: FormKey | None = None, version: int | None = None
) -> Notice:
    """Extend a notice, as after an outage of the portal: only to a later date, never shortened."""
    if not reason.strip():
        raise ValidationError({"reason": "请写明延长的原因，原因会公开。"})
    checks.refuse_personal_data({"reason": reason})
    with engine.act(actor=actor, key=key) as act:
        [notice] = act.lock((notice, version))
        if ends_on <= notice.ends_on or ends_on < clock.today():
            raise ValidationError(
                {"ends_on": f"公示只能延长：新的截止日期应晚于{chinese_date(notice.ends_on)}，且不早于今天。"}
            )
        checks.counted(Period(notice.starts_on, ends_on), "ends_on")
        before, notice.ends_on = notice.ends_on, ends_on
        act.take(notice, "extend", reason=reason, data={"from": str(before), "to": str(ends_on)})
        standing = Application.objects.filter(state__in=selectors.STANDING)
        notice.items.filter(application__in=standing, ends_on__lt=ends_on).update(ends_on=ends_on)
        _log(actor, notice, None, NoticeChange.Kind.EXTEND, {"ends_on": str(before)}, {"ends_on": str(ends_on)}, reason)
    return notice


def correct(
    *,
    actor: Actor,
    notice: Notice,
    item: NoticeItem,
    platform_name: str,
    operator_name: str,
    material: bool,
    reason: str,
    key: FormKey | None = None,
    version: int | None = None,
) -> Notice:
    """Correct a printed item. A material correction starts a new full period for this item only; a misprint is only logged."""
    after = {"platform_name": platform_name.strip(), "operator_name": operator_name.strip()}
    checks.of_correction(item, after, reason)
    with engine.act(actor=actor, key=key) as act:
        notice, application = act.lock((notice, version), item.application)
        item = notice.items.get(pk=item.pk)
        if application.state not in selectors.STANDING:
            raise ValidationError(f"“{item.platform_name}”已不在公示阶段（{application.status.label}），不能更正。")
        before = {"platform_name": item.platform_name, "operator_name": item.operator_name}
        if material:
            _restart(item, notice.pinned_parameters, before, after)
        item.platform_name, item.operator_name = after["platform_name"], after["operator_name"]
        item.save()
        act.take(notice, "correct", reason=reason, data={"item": item.position, "material": material})
        # The title will carry the application's name: what the public was told must be what is granted.
        application.platform_name = item.platform_name
        application.save(update_fields=["platform_name"])
        _log(actor, notice, item, NoticeChange.Kind.CORRECT, before, after, reason, material=material)
    return notice


def _restart(item: NoticeItem, parameters: Parameters, before: dict[str, str], after: dict[str, str]) -> None:
    try:
        period = terms.notice_period(clock.today(), parameters, calendar())
    except UnknownYear as unknown:
        raise ValidationError({"material": str(unknown)}) from unknown
    before |= {"starts_on": str(item.starts_on), "ends_on": str(item.ends_on)}
    item.starts_on, item.ends_on = period.first, max(period.last, item.ends_on)
    after |= {"starts_on": str(item.starts_on), "ends_on": str(item.ends_on)}


def _write_items(notice: Notice, applications: Sequence[Application]) -> None:
    NoticeItem.objects.bulk_create(
        NoticeItem(
            notice=notice, application=application, position=position, platform_name=application.platform_name,
            operator_name=application.organisation.name, district=application.district, starts_on=notice.starts_on,
            ends_on=notice.ends_on,
        )
        for position, application in enumerate(applications, start=1)
    )  # fmt: skip


def _log(
    actor: Actor,
    notice: Notice,
    item: NoticeItem | None,
    kind: NoticeChange.Kind,
    before: dict[str, str],
    after: dict[str, str],
    reason: str,
    *,
    material: bool = False,
) -> NoticeChange:
    return NoticeChange.objects.create(
        notice=notice, item=item, kind=kind, before=before, after=after, reason=reason, material=material,
        made_by=actor.person,
    )  # fmt: skip


def remove_item(*, actor: Actor, notice: Notice, application: Application, reason: str) -> None:
    """Take a platform off a published list, publicly. Called inside the act that ends its case (``objections.find_founded``)."""
    for item in notice.items.filter(application=application, removed_at__isnull=True):
        item.removed_at = clock.now()
        item.save(update_fields=["removed_at"])
        _log(actor, notice, item, NoticeChange.Kind.REMOVE, {}, {}, reason)


def _fields(says: Draft) -> dict[str, object]:
    return {name: getattr(says, name) for name in ("title", "planned_on", "starts_on", "ends_on", *CONTACTS)}


def _plain(applications: Sequence[Application], says: Draft) -> dict[str, object]:
    return {
        "applications": [str(application.uuid) for application in applications],
        "from": str(says.starts_on),
        "to": str(says.ends_on),
    }
