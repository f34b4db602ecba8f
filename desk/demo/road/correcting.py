"""Answering a return for correction: the change, the reply and the tick of each item, the signatory's resubmission."""

from decimal import Decimal

from applications import corrections
from applications.listforms import LISTS, values_of
from applications.models import Correction
from applications.services import answers, lists, materials, sections, submission
from applications.services.answers import Reply
from desk.demo.city import Case
from desk.demo.materials import upload
from desk.demo.road import filing
from timekeeping import clock

ASSETS, INSTITUTION, CONTRACT = "section-finance-assets", "list-institutions-in_force", "material-7-contracts"
REPLIES = {
    ASSETS: "填报时误用年初数，已按资产负债表期末数更正。",
    INSTITUTION: "已按协议更正第一家签约机构的合作内容。",
    CONTRACT: "已补充第二份合作协议的盖章页。",
}


def put_right(case: Case, *items: str) -> None:
    """Change what the items ask for, say so, and tick them off."""
    for item in items:
        _CHANGES[item](case)
    correction = _correction(case)
    said = {one.pk: Reply(REPLIES[one.item], done=True) for one in correction.items.all() if one.item in items}
    answers.save_answers(actor=case.filer, correction=correction, answers=said, seen=answers.revision(correction))


def resubmit(case: Case) -> None:
    """The signed report scanned again, and the correction filed."""
    fingerprint = filing.attach_scan(case)
    submission.resubmit(
        actor=case.signatory, application=case.application, fingerprint=fingerprint, received_at=clock.now()
    )


def _correction(case: Case) -> Correction:
    found = corrections.current(case.application)
    assert found is not None
    return found


def _assets(case: Case) -> None:
    section = case.application.sections.get(key="finance")
    said = section.data | {"total_assets": str(Decimal(section.data["total_assets"]) + 12)}
    sections.save(actor=case.filer, application=case.application, key="finance", data=said, revision=section.revision)


def _institution(case: Case) -> None:
    form = LISTS["institutions"]
    batch = case.application.batches.filter(kind=form.kind).latest("number")
    row = form.model._default_manager.get(batch=batch, position=1)
    values = values_of(form, row) | {"service": "法律咨询、合同审查"}
    lists.save_row(actor=case.filer, application=case.application, kind=form.kind, values=values, position=1)


def _contract(case: Case) -> None:
    document = "institution_contracts"
    materials.add(actor=case.filer, application=case.application, document=document, uploads=[upload(document)])


_CHANGES = {ASSETS: _assets, INSTITUTION: _institution, CONTRACT: _contract}
