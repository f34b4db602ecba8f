"""Filling a report in: sections as typed, lists, attachments, the signed scan. Closed while it waits for signature or is filed."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.actors import Actor
from applications.listforms import ListForm, plain
from files import intake
from files.models import StoredFile
from files.purposes import Purpose
from lifecycle import authority
from lifecycle.errors import NotAllowed, Stale, WrongStage
from review.models import MeetingItem
from supervision.models import AnnualReport, ReportAttachment, ReportList, ReportScan, ReportSection
from supervision.reporting import content
from supervision.reporting.lists import LISTS
from supervision.reporting.schema import BY_KEY, STANDING
from timekeeping import clock

OPEN = ("draft", "returned")
SIGNABLE = ("awaiting_signature", "returned")
MAX_TEXT, MAX_ROWS = 20_000, 5_000
SIGNING = "正在等待签字人确认，不能修改；需要修改的，请先退回修改。"
CLOSED = "已报送，不能修改；需要补充的，由县区主管部门退回后修改。"
OTHER_CONTENT = "上传期间填报内容有修改，扫描件上的内容指纹已不对应。请重新打印、签章后上传。"


class StaleSection(Stale):
    """Somebody saved the section after the page was made; ``theirs`` is what stands there now, ``yours`` what came."""

    def __init__(self, theirs: ReportSection, yours: dict[str, str]) -> None:
        when = theirs.saved_at.astimezone(clock.SHANGHAI)
        super().__init__(f"{theirs.saved_by.name}于{when:%Y-%m-%d %H:%M}保存了新的内容，您的修改没有覆盖它。")
        self.theirs = theirs
        self.yours = yours


def may_edit(report: AnnualReport) -> bool:
    """Whether the report can be changed by its platform now."""
    return report.state in OPEN


def reason_closed(report: AnnualReport) -> str:
    """Why it cannot, for the person who would like to."""
    return SIGNING if report.state == "awaiting_signature" else CLOSED


@contextmanager
def editing(*, actor: Actor, report: AnnualReport) -> Iterator[AnnualReport]:
    """The report locked and read again, so that a change cannot slip past a filing under way."""
    if not (actor.is_applicant and authority.reaches(actor, report)):
        raise NotAllowed("只有示范平台的人员可以修改年度报告。")
    with transaction.atomic():
        fresh = AnnualReport.objects.select_for_update().get(pk=report.pk)
        if not may_edit(fresh):
            raise WrongStage(reason_closed(fresh))
        yield fresh


def save_section(
    *, actor: Actor, report: AnnualReport, key: str, data: Mapping[str, str], revision: int
) -> ReportSection:
    """Keep what was typed, whatever it is; ``revision`` is the one the page was made from (0: never saved).

    Raises StaleSection when another text stands there by now, ValidationError for a text beyond all bounds.
    """
    typed = {field.key: _clean(data.get(field.key, "")) for field in BY_KEY[key].fields}
    with editing(actor=actor, report=report) as fresh:
        section = fresh.sections.filter(key=key).select_related("saved_by").first()
        if section and section.data == typed:
            return section
        if revision != (section.revision if section else 0):
            raise StaleSection(section or ReportSection(saved_by=actor.person), typed)
        section = section or ReportSection(report=fresh, key=key)
        section.data, section.revision = typed, section.revision + 1
        section.saved_by, section.saved_at = actor.person, clock.now()
        section.save()
        return section


def _clean(text: str) -> str:
    """Without control and invisible characters; line breaks stay."""
    if len(text) > MAX_TEXT:
        raise ValidationError(f"内容过长（{len(text)}字），请精简后保存。")
    text = text.replace("\r\n", "\n")
    return "".join(char for char in text if char in "\n\t" or unicodedata.category(char)[0] != "C").strip()


def write_list(*, actor: Actor, report: AnnualReport, kind: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Replace a list by typed rows, as another system or the demo hands them over."""
    with editing(actor=actor, report=report) as fresh:
        replace_rows(actor=actor, report=fresh, form=LISTS[kind], rows=rows)


def replace_rows(
    *, actor: Actor, report: AnnualReport, form: ListForm, rows: Sequence[Mapping[str, Any]], origin: str = ""
) -> None:
    """Put these typed rows in place of a list, with where they come from. Call inside ``editing``."""
    _keep(actor, report, form, [_plain_row(form, row) for row in rows], origin)


def save_row(
    *, actor: Actor, report: AnnualReport, kind: str, values: Mapping[str, Any], position: int | None = None
) -> None:
    """Add a row (no position) or change the one at ``position``, counted from 1. Raises LookupError when there is none."""
    with editing(actor=actor, report=report) as fresh:
        form = LISTS[kind]
        rows = rows_of(fresh, form)
        if position is None:
            if len(rows) >= MAX_ROWS:
                raise ValidationError(f"一份清单最多{MAX_ROWS}行。")
            rows = [*rows, _plain_row(form, values)]
        else:
            rows[_place(form, rows, position)] = _plain_row(form, values)
        _keep(actor, fresh, form, rows)


def delete_row(*, actor: Actor, report: AnnualReport, kind: str, position: int) -> None:
    """Take a row out of the draft. Raises LookupError when there is none at ``position``."""
    with editing(actor=actor, report=report) as fresh:
        form = LISTS[kind]
        rows = rows_of(fresh, form)
        del rows[_place(form, rows, position)]
        _keep(actor, fresh, form, rows)


def rows_of(report: AnnualReport, form: ListForm) -> list[dict[str, Any]]:
    """The plain rows of a list in their order; none before it is begun."""
    found = report.lists.filter(kind=form.kind).first()
    return list(found.rows) if found else []


def _place(form: ListForm, rows: Sequence[object], position: int) -> int:
    if not 1 <= position <= len(rows):
        raise LookupError(f"{form.title}第{position}行已不存在。")
    return position - 1


def _plain_row(form: ListForm, values: Mapping[str, Any]) -> dict[str, Any]:
    return {column.key: plain(values.get(column.key)) for column in form.columns}


def _keep(actor: Actor, report: AnnualReport, form: ListForm, rows: list[dict[str, Any]], origin: str = "") -> None:
    given = {"rows": rows, "saved_by": actor.person, "saved_at": clock.now()} | ({"origin": origin} if origin else {})
    ReportList.objects.update_or_create(report=report, kind=form.kind, defaults=given)


def take_over(report: AnnualReport, actor: Actor) -> None:
    """Copy the lists that describe what stands from the last filed report of the title, else from its application."""
    lists, origin = _last_lists(report)
    ReportList.objects.bulk_create(
        ReportList(report=report, kind=kind, rows=lists[kind], origin=origin, saved_by=actor.person)
        for kind in STANDING
        if lists.get(kind)
    )


def _last_lists(report: AnnualReport) -> tuple[dict[str, Any], str]:
    before = AnnualReport.objects.filter(title=report.title, year__lt=report.year, current_version__isnull=False)
    last = before.select_related("current_version").order_by("-year").first()
    if last and last.current_version:
        return last.current_version.content["lists"], f"沿用{last.year}年度报告"
    item = MeetingItem.objects.filter(title=report.title).select_related("application__current_version").first()
    if item and item.application.current_version:
        return item.application.current_version.content["lists"], "沿用申报材料"
    return {}, ""


def attach(
    *, actor: Actor, report: AnnualReport, document: str, uploads: Sequence[UploadedFile | ContentFile], note: str = ""
) -> list[ReportAttachment]:
    """Take files in as one kind of attachment; all or none. Raises files.errors.Refused for a file that is not accepted."""
    if document not in ReportAttachment.Document.values:
        raise ValidationError({"document": "请从所列材料中选择。"})
    with editing(actor=actor, report=report) as fresh:
        present = list(StoredFile.objects.filter(pk__in=fresh.attachments.filter(removed_at=None).values("file")))
        added = []
        for upload in uploads:
            intake.check_quota(present, adding=upload.size or 0)
            stored = intake.receive(upload, purpose=Purpose.MATERIAL, uploaded_by=actor.person)
            present.append(stored)
            given = {"document": document, "file": stored, "note": note.strip(), "uploaded_by": actor.person}
            added.append(ReportAttachment.objects.create(report=fresh, **given))
        return added


def detach(*, actor: Actor, attachment: ReportAttachment) -> None:
    """Take a file out of the draft; the row stays, marked with the time."""
    with editing(actor=actor, report=attachment.report):
        ReportAttachment.objects.filter(pk=attachment.pk, removed_at=None).update(removed_at=clock.now())


def attach_scan(
    *, actor: Actor, report: AnnualReport, upload: UploadedFile | ContentFile, fingerprint: str
) -> ReportScan:
    """Keep the signed scan for the content with this fingerprint; a further one replaces it without deleting anything."""
    if not (actor.is_applicant and authority.reaches(actor, report)):
        raise NotAllowed("只有示范平台的人员可以上传签章扫描件。")
    stored = intake.receive(upload, purpose=Purpose.SIGNED, uploaded_by=actor.person)
    with transaction.atomic():
        fresh = AnnualReport.objects.select_for_update().get(pk=report.pk)
        if fresh.state not in SIGNABLE:
            raise WrongStage(f"目前状态为“{fresh.status.label}”，不需要上传签章扫描件。")
        if content.fingerprint(content.content_of(fresh)) != fingerprint:
            raise Stale(OTHER_CONTENT)
        return ReportScan.objects.create(report=fresh, fingerprint=fingerprint, file=stored, uploaded_by=actor.person)
