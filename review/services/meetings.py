"""The collective decision: entered from the minutes, confirmed by a second officer, announced (Art. 10, 15)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from accounts.actors import Actor
from applications.models import Application, Call
from files.models import StoredFile
from lifecycle import announcements, document_numbers, engine
from lifecycle.idempotency import FormKey
from lifecycle.steps import APPLICANT
from registry.models import Title
from registry.services import titles
from review.models import Meeting, MeetingItem
from review.selectors import decisions, notices, separation
from review.services import publishing
from timekeeping import clock
from timekeeping.dates import chinese_date

Outcome = MeetingItem.Outcome


@dataclass(frozen=True)
class Ruling:
    """What the minutes say of one application. ``outcome`` is also the name of the step; all but certify need a reason."""

    application: Application
    outcome: str
    reason: str = ""


@dataclass(frozen=True)
class Minutes:
    """What the minutes say of the meeting; vote and recusals only where they have them."""

    kind: str
    held_on: date
    number: str
    file: StoredFile
    attendance: str
    recusals: str = ""
    vote: str = ""


def enter(
    *, actor: Actor, call: Call, minutes: Minutes, rulings: Sequence[Ruling], key: FormKey | None = None
) -> Meeting:
    """Enter a meeting and its rulings; nothing takes effect before another officer confirms.

    Raises ValidationError when the minutes do not hold together, Blocked words among them when a ruling is not allowed yet.
    """
    _check(actor, call, minutes, rulings)
    meeting = Meeting(
        call=call, kind=minutes.kind, held_on=minutes.held_on, minutes_number=minutes.number, minutes=minutes.file,
        attendance=minutes.attendance, recusals=minutes.recusals, vote=minutes.vote, entered_by=actor.user,
    )  # fmt: skip
    with engine.act(actor=actor, key=key) as act:
        act.create(meeting, "enter", data={"minutes": minutes.file.sha256, "rulings": _plain(rulings)})
        MeetingItem.objects.bulk_create(
            MeetingItem(meeting=meeting, application=r.application, outcome=r.outcome, reason=r.reason) for r in rulings
        )
    return meeting


def reject(
    *, actor: Actor, meeting: Meeting, reason: str, key: FormKey | None = None, version: int | None = None
) -> Meeting:
    """Send back what does not match the minutes; it is entered anew."""
    if not reason.strip():
        raise ValidationError({"reason": "请写明与会议纪要不符之处。"})
    with engine.act(actor=actor, key=key) as act:
        [meeting] = act.lock((meeting, version))
        act.take(meeting, "reject", reason=reason)
    return meeting


def confirm(*, actor: Actor, meeting: Meeting, key: FormKey | None = None, version: int | None = None) -> Meeting:
    """Give every ruling its effect in one act: all of them or none. Certified ones get title and plaque (Art. 15)."""
    items = list(meeting.items.select_related("application__organisation").order_by("pk"))
    # The operators' earlier titles are locked too: their cancellation at the same moment must see this decision, or be seen.
    codes = [item.application.organisation.credit_code for item in items]
    earlier = Title.objects.filter(credit_code__in=codes)
    with engine.act(actor=actor, key=key) as act:
        meeting, *locked = act.lock((meeting, version), *[item.application for item in items], *earlier)
        applications = locked[: len(items)]
        meeting.confirmed_by = actor.user
        act.take(meeting, "confirm", data={"minutes": meeting.minutes.sha256})
        for item, application in zip(items, applications, strict=True):
            act.take(application, item.outcome, reason=item.reason, data={"meeting": str(meeting.uuid)})
        for item, application in zip(items, applications, strict=True):
            if item.outcome == Outcome.CERTIFY:
                item.title = _grant(act, application, meeting)
                item.save(update_fields=["title"])
    return meeting


@dataclass(frozen=True)
class Announcement:
    """How the bureau announced the result: number and date from its office system, address on the portal, signed copy."""

    document_number: str
    issued_on: date
    portal_url: str
    signed_document: StoredFile | None = None
    override_reason: str = ""


def announce(
    *,
    actor: Actor,
    meeting: Meeting,
    announcement: Announcement,
    key: FormKey | None = None,
    version: int | None = None,
) -> Meeting:
    """Record the document of the bureau's office system and the announcement on the portal (Art. 10).

    The signed copy passes the gate before the public; personal data in it need a reason, which stays on record.
    Raises ValidationError for the number, the date and the copy.
    """
    number = document_numbers.checked(announcement.document_number, announcement.issued_on, meeting)
    if not meeting.held_on <= announcement.issued_on <= clock.today():
        raise ValidationError({"issued_on": f"印发日期应在会议日期{chinese_date(meeting.held_on)}至今天之间。"})
    public = publishing.public_copy(announcement.signed_document, announcement.override_reason)
    with engine.act(actor=actor, key=key) as act:
        [meeting] = act.lock((meeting, version))
        document_numbers.bear(number, announcement.issued_on, meeting)
        meeting.document_number, meeting.issued_on = number, announcement.issued_on
        meeting.portal_url = announcement.portal_url
        meeting.signed_document, meeting.public_document = announcement.signed_document, public
        meeting.override_reason = announcement.override_reason
        said = _announced(announcement, number) | publishing.sealed(announcement.override_reason)
        act.take(meeting, "announce", data=said)
        granted = Title.objects.filter(decision__meeting=meeting)
        granted.update(document_number=number)
        for title in granted.select_related("platform__organisation"):
            _tell_platform(title, str(act.act_id))
    return meeting


def _check(actor: Actor, call: Call, minutes: Minutes, rulings: Sequence[Ruling]) -> None:
    problems: dict[str, list[str]] = {}
    if minutes.held_on > clock.today():
        problems.setdefault("held_on", []).append("会议日期不能晚于今天。")
    if Meeting.objects.filter(kind=minutes.kind, minutes_number=minutes.number).exclude(state="rejected").exists():
        problems.setdefault("minutes_number", []).append("这份会议纪要已经录入。")
    if not rulings:
        problems.setdefault("rulings", []).append("请至少录入一家平台的决定。")
    if len({ruling.application.pk for ruling in rulings}) != len(rulings):
        problems.setdefault("rulings", []).append("同一平台出现两次。")
    problems.setdefault("rulings", []).extend(separation.hands(actor.user, [r.application for r in rulings]))
    for ruling in rulings:
        problems["rulings"].extend(_forbidden(actor, call, minutes, ruling))
    problems = {field: words for field, words in problems.items() if words}
    if problems:
        raise ValidationError(problems)


def _forbidden(actor: Actor, call: Call, minutes: Minutes, ruling: Ruling) -> list[str]:
    application = ruling.application
    if application.call_id != call.pk:
        return [f"“{application.platform_name}”不属于本次申报"]
    words = engine.blockers(application, ruling.outcome, actor)
    item = notices.standing_items([application]).get(application.pk)
    if item and not item.ended_on(minutes.held_on):
        words.append(f"“{application.platform_name}”公示至{chinese_date(item.ends_on)}，会议不能早于期满（第十五条）")
    if ruling.outcome != Outcome.CERTIFY and not ruling.reason.strip():
        words.append(f"请写明“{application.platform_name}”{Outcome(ruling.outcome).label}的理由")
    words += decisions.on_other_minutes([application]).get(application.pk, [])
    return list(dict.fromkeys(words))


def _announced(announcement: Announcement, number: str) -> dict[str, str]:
    signed = announcement.signed_document.sha256 if announcement.signed_document else ""
    return {"document_number": number, "portal": announcement.portal_url, "signed": signed}


def _tell_platform(title: Title, occasion: str) -> None:
    announcements.tell(
        subject=title, kind="announce", occasion=occasion, title=f"认定结果已公告：{title.platform_name}",
        body=f"{title.platform_name}的认定结果已以{title.document_number}公告，证号{title.number}。"
        "可以下载认定信息查询凭证。牌匾颁发后请签收。\n依据：第十条、第十五条。",
        users=announcements.people(APPLICANT, title),
    )  # fmt: skip


def _grant(act: Any, application: Application, meeting: Meeting) -> Title:
    version = application.current_version
    functions = (version.content.get("facts") or {}).get("functions", {}) if version else {}
    return titles.grant(
        act=act,
        organisation=application.organisation,
        platform_name=application.platform_name,
        district=application.district,
        functions=sorted(functions),
        decided_on=meeting.held_on,
        parameters=application.call.parameters,
    )


def _plain(rulings: Sequence[Ruling]) -> list[dict[str, str]]:
    return [{"application": str(r.application.uuid), "outcome": r.outcome} for r in rulings]
