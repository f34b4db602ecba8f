"""What a version of a report is: its canonical content, the fingerprint of it, and freezing it when it is filed."""

from datetime import datetime
from typing import Any

from accounts.actors import Actor
from lifecycle import chain
from supervision.models import AnnualReport, ReportAttachment, ReportScan, ReportVersion
from supervision.reporting.drafts import draft_of
from supervision.reporting.schema import FORM

Content = dict[str, Any]


def content_of(report: AnnualReport) -> Content:
    """Everything the platform states, as it stands now, as plain JSON data."""
    draft, title = draft_of(report), report.title
    return {
        "form": FORM,
        "year": report.year,
        "title": {
            "number": title.number,
            "platform_name": title.platform_name,
            "operator_name": title.operator_name,
            "credit_code": title.credit_code,
            "valid_from": title.valid_from.isoformat(),
            "valid_to": title.valid_to.isoformat(),
            "legal_representative": title.platform.organisation.legal_representative,
        },
        "sections": {key: dict(draft.saved[key].data) for key in sorted(draft.saved)},
        "lists": {kind: draft.lists[kind].rows for kind in sorted(draft.lists) if draft.lists[kind].rows},
        "attachments": [_attachment(one) for one in draft.attachments],
    }


def _attachment(attachment: ReportAttachment) -> dict[str, Any]:
    stored = attachment.file
    return {
        "document": attachment.document, "uuid": str(attachment.uuid), "sha256": stored.sha256, "name": stored.name,
        "size": stored.size, "note": attachment.note,
    }  # fmt: skip


def fingerprint(content: Content) -> str:
    """SHA-256 of the canonical content, 64 hex digits."""
    return chain.digest(content)


def draw_up(report: AnnualReport, actor: Actor, *, at: datetime) -> ReportVersion:
    """The next version as it would be frozen now, not saved. ``at`` is the receipt stamp."""
    content = content_of(report)
    return ReportVersion(
        report=report, number=report.versions.count() + 1, content=content, fingerprint=fingerprint(content),
        submitted_by=actor.user, submitted_at=at,
    )  # fmt: skip


def scan_of(report: AnnualReport, mark: str) -> ReportScan | None:
    """The newest signed scan for exactly this content, or None."""
    found = report.signed_scans.filter(fingerprint=mark).select_related("file", "uploaded_by")
    return found.order_by("-pk").first()
