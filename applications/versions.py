"""What a version of an application is: its canonical content, the fingerprint of it, and freezing it at submission.

The content is plain JSON, so that the same application always has the same fingerprint wherever it is computed: on the page
the signatory reads, on every page of the printed 附件1, and in the record.
"""

from datetime import datetime
from typing import Any

from accounts.actors import Actor
from applications import facts
from applications.differences import Change, Content, difference
from applications.drafts import Draft, draft_of, newest_batches, plain_rows
from applications.editing import RETURNED, opening
from applications.models import Application, ApplicationVersion, ListBatch, Material
from applications.schema import FORM
from applications.wording import ORGANISATION_PART
from lifecycle import chain
from regulation import facts_json
from timekeeping import clock

__all__ = ["Change", "Content", "content_of", "content_of_draft", "difference", "draw_up", "fingerprint", "freeze"]

_ORGANISATION = ("name", "credit_code", "kind", "legal_representative", "registered_address", "service_address")


def content_of(application: Application) -> Content:
    """Everything the applicant states, as it stands now, as plain JSON data."""
    return content_of_draft(draft_of(application))


def content_of_draft(draft: Draft) -> Content:
    """``content_of`` an application whose draft is read already."""
    application = draft.application
    return {
        "form": FORM,
        "year": application.call.year,
        "platform_name": application.platform_name,
        "organisation": _organisation(application),
        "sections": {key: dict(draft.saved[key].data) for key in sorted(draft.saved)},
        "lists": {kind: plain_rows(draft, kind) for kind in sorted(draft.batches)},
        "materials": [_material(material) for material in draft.materials],
        "facts": facts_json.to_json(facts.computed_of(draft).facts),
        "parameters": application.call.parameters.on.isoformat(),
    }


def fingerprint(content: Content) -> str:
    """SHA-256 of the canonical content, 64 hex digits."""
    return chain.digest(content)


def draw_up(draft: Draft, actor: Actor, *, at: datetime) -> ApplicationVersion:
    """The next version of a draft as it would be frozen now, not saved. ``at`` is the receipt stamp."""
    content = content_of_draft(draft)
    return ApplicationVersion(
        application=draft.application,
        number=draft.application.versions.count() + 1,
        content=content,
        fingerprint=fingerprint(content),
        submitted_by=actor.user,
        submitted_at=at,
    )


def freeze(version: ApplicationVersion) -> None:
    """Keep a drawn-up version and make it current; the lists are sealed, so that the next edit copies them.

    Call inside the act that locked the application.
    """
    application = version.application
    version.save(force_insert=True)
    application.current_version = version
    application.save(update_fields=["current_version"])
    unsealed = [batch for batch in newest_batches(application).values() if batch.sealed_at is None]
    for batch in unsealed:
        batch.sealed_at, batch.rows_hash = clock.now(), chain.digest(version.content["lists"][batch.kind])
    ListBatch.objects.bulk_update(unsealed, ["sealed_at", "rows_hash"])


def _organisation(application: Application) -> dict[str, str]:
    """The registered data of the applicant; a returned application keeps those it was filed with unless they were returned."""
    body, filed = application.organisation, application.current_version
    stated = {name: getattr(body, name) for name in _ORGANISATION}
    if application.state == RETURNED and filed:
        opened = opening(application).fields_of(ORGANISATION_PART, _ORGANISATION)
        stated = {name: stated[name] if name in opened else filed.content["organisation"][name] for name in stated}
    return stated | {"district": application.district.name}


def _material(material: Material) -> dict[str, Any]:
    stored = material.file
    return {
        "category": material.category,
        "document": material.document,
        "uuid": str(material.uuid),
        "sha256": stored.sha256,
        "name": stored.name,
        "size": stored.size,
        "note": material.note,
    }
