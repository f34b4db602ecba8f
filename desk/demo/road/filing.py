"""Asking: the draft, the signature, the submission, and the ways back."""

from django.core.files.base import ContentFile

from applications import versions
from applications.carrying import KEEP, Plan, sources
from applications.drafts import draft_of
from applications.listforms import LISTS, shown
from applications.services import carrying, filing, lists, materials, sections, signing, submission
from applications.services.list_imports import UPLOADS
from desk.demo import content
from desk.demo.city import Case
from desk.demo.materials import upload
from desk.demo.timeline import Story
from files.excel import Sheet, write_workbook
from files.purposes import Purpose
from registry.models import Title
from timekeeping import clock

DOCUMENTS = (
    "licence", "premises_lease", "financial_statements", "process_documents", "service_proofs",
    "qualification_certificates", "managers", "full_time_staff", "institution_contracts",
)  # fmt: skip
# What the filer of a draft taken over from the year before has confirmed so far.
LOOKED_AT = (("section", "premises"), ("section", "management"), ("list", "institutions"), ("material", "2"))
Changes = dict[str, dict[str, str]]


def begin(case: Case, *, complete: bool = True, changes: Changes | None = None, staff: int = 0) -> None:
    """A draft with all its sections, lists and materials, or only the first of each and an upload that waits to be put right."""
    application = filing.create(actor=case.filer, call=case.round.call, platform_name=case.body.platform)
    case.uuid = application.uuid
    texts = list(content.sections(application, case.body, changes or renewal(case)).items())
    for key, data in texts if complete else texts[:4]:
        sections.save(actor=case.filer, application=application, key=key, data=data, revision=0)
    rows = list(content.lists(application, case.body, staff=staff).items())
    for kind, lines in rows if complete else rows[:1]:
        lists.write_rows(actor=case.filer, application=application, kind=kind, rows=lines)
    for document in _documents(case) if complete else DOCUMENTS[:2]:
        owner = content.owner_of(case.body, document)
        materials.add(
            actor=case.filer, application=application, document=document, uploads=[upload(document, owner=owner)]
        )
    if not complete:
        _leave_an_upload(case, dict(rows)["staff"])


def _leave_an_upload(case: Case, rows: content.Rows) -> None:
    """The staff list as somebody filled it in: one degree nobody offers, one wrong ID number, one person twice."""
    form = LISTS["staff"]
    table = [[shown(column, row.get(column.key)) for column in form.columns] for row in [*rows, rows[0]]]
    table[2][form.place("education")] = "大本"
    table[5][form.place("id_number")] = "53010219900101"
    book = write_workbook([Sheet("填报", [column.label for column in form.columns], table, caption=form.title)])
    workbook = ContentFile(book, "专职服务人员清单.xlsx")
    UPLOADS.upload(actor=case.filer, owner=case.application, kind="staff", upload=workbook)


def take_over(case: Case) -> None:
    """A draft with everything that the last application offers by default; the first parts are already confirmed."""
    application = filing.create(actor=case.filer, call=case.round.call, platform_name=case.body.platform)
    case.uuid = application.uuid
    version = sources(application)[0]
    offered = Plan(draft_of(application), version).offered
    keep = [part.name for part in offered if part.default == KEEP]
    carrying.carry(actor=case.filer, application=application, version=version, keep=keep)
    for part, key in LOOKED_AT:
        carrying.keep(actor=case.filer, application=application, part=part, key=key)


def renewal(case: Case) -> Changes:
    """What somebody says who had the title before; nothing for a first application."""
    title = Title.objects.filter(credit_code=case.body.credit_code).order_by("valid_to").last()
    if title is None:
        return {}
    told = {"earlier_document": title.document_number, "earlier_valid_to": title.valid_to.isoformat()}
    return {"identity": {"round": "renewal", **told}}


def _documents(case: Case) -> tuple[str, ...]:
    return (*DOCUMENTS, "mentors") if case.body.kit == "startup" else DOCUMENTS


def ask_signature(case: Case) -> None:
    """The draft handed to the signatory."""
    filing.request_signature(actor=case.filer, application=case.application)


def sign(case: Case) -> None:
    """The signed report scanned, and the application submitted."""
    fingerprint = attach_scan(case)
    submission.submit(
        actor=case.signatory, application=case.application, fingerprint=fingerprint, received_at=clock.now()
    )


def attach_scan(case: Case) -> str:
    """The scan of the signed report, bound to the fingerprint that is returned."""
    application = case.application
    fingerprint = versions.fingerprint(versions.content_of(application))
    scan = upload("signed_report", Purpose.SIGNED)
    signing.attach_scan(actor=case.signatory, application=application, upload=scan, fingerprint=fingerprint)
    return fingerprint


def file(case: Case, *, changes: Changes | None = None, staff: int = 0) -> Story:
    """From the first word to the submission, in four working days."""
    begin(case, changes=changes, staff=staff)
    yield case.timeline.in_workdays(2, hour=15, minute=case.body.number)
    ask_signature(case)
    yield case.timeline.in_workdays(2, hour=10, minute=case.body.number)
    sign(case)
