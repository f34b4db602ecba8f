"""Another operator (Art. 20; default): re-verification, a collective decision, and only then the book."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError

from accounts.actors import Actor
from accounts.models import Organisation
from files.models import StoredFile
from lifecycle import engine
from lifecycle.engine import Act
from lifecycle.idempotency import FormKey
from registry.models import Title
from registry.services import amendments
from supervision.models import Change, ChangeFile
from supervision.services.changes import source


def refer(
    *, actor: Actor, change: Change, findings: str, papers: Sequence[StoredFile], kind: str = "enterprise",
    key: FormKey | None = None, version: int | None = None,
) -> Change:  # fmt: skip
    """Put the change of operator on the agenda with the findings of the re-verification.

    The new operator becomes an organisation of the book by its credit code. Raises ValidationError without words or papers.
    """
    problems = {} if findings.strip() else {"findings": "请写明重新核验的情况。"}
    problems |= {} if papers else {"paper_1": "请上传重新核验的材料。"}
    if problems:
        raise ValidationError(problems)
    with engine.act(actor=actor, key=key) as act:
        [change] = act.lock((change, version))
        change.findings, change.new_organisation = findings.strip(), _organisation(change, kind)
        act.take(change, "refer", reason=change.findings, data={"papers": [stored.sha256 for stored in papers]})
        number = change.versions.count()
        ChangeFile.objects.bulk_create(
            ChangeFile(change=change, file=stored, stage=ChangeFile.Stage.VERIFICATION, version=number)
            for stored in papers
        )
    return change


def approve(*, act: Act, change: Change, title: Title, reason: str = "") -> None:
    """The meeting agreed: hand the platform over, with history. Both subjects are locked by the act of the decision."""
    change.conclusion = reason
    act.take(change, "approve_operator", reason=reason, data={"organisation": _uuid(change)})
    assert change.new_organisation is not None
    amendments.change_operator(act=act, title=title, organisation=change.new_organisation, source=source(change))


def refuse(*, act: Act, change: Change, reason: str) -> None:
    """The meeting did not agree: the book stays as it is."""
    change.conclusion = reason
    act.take(change, "refuse_operator", reason=reason)


def _uuid(change: Change) -> str:
    return str(change.new_organisation.uuid) if change.new_organisation else ""


def _organisation(change: Change, kind: str) -> Organisation:
    """The legal person of the filed credit code: the one the book knows, or a new one without people."""
    values, platform = change.values, change.title.platform
    found, _ = Organisation.objects.get_or_create(
        credit_code=values["credit_code"],
        defaults={
            "name": values["operator_name"], "kind": kind, "legal_representative": values["legal_representative"],
            "registered_address": values["registered_address"], "service_address": platform.service_address,
            "district": platform.district,
        },
    )  # fmt: skip
    return found
