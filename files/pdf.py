"""Documents as PDF: rendered from a template and plain data, nothing fetched, every font embedded, issued once per
data.
"""

import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.template.loader import render_to_string

from files import canonical, intake
from files.models import IssuedDocument, StoredFile
from files.titles import balanced

_CSS = Path(__file__).with_name("official.css")


def render(template: str, context: Mapping[str, Any], *, title: str) -> bytes:
    """The template (extending ``documents/base.html``) as PDF bytes. The same input gives the same bytes.

    Only ``data:`` addresses are followed; anything else is left out of the document.
    """
    html = render_to_string(template, {**context, "document_title": title, "heading_lines": balanced(title)})
    return _weasyprint(html)


def issue(
    *,
    kind: str,
    subject_type: str,
    subject_id: UUID,
    template: str,
    context: Mapping[str, Any],
    title: str,
    number: str = "",
    source: object = None,
) -> IssuedDocument:
    """The document of this kind for the subject, rendered at the first call and found again afterwards.

    ``source`` is the plain data the document states (default: ``context``); changed data give a new document.
    TypeError when it is not plain data.
    """
    source_hash = canonical.fingerprint(
        {"title": title, "number": number, "data": context if source is None else source}
    )
    identity = {"kind": kind, "subject_type": subject_type, "subject_id": subject_id, "source_hash": source_hash}
    if found := issued(**identity):
        return found
    stored = intake.keep_generated(render(template, context, title=title), f"{title}.pdf")
    return register(**identity, title=title, number=number, stored=stored)


def issued(*, kind: str, subject_type: str, subject_id: UUID, source_hash: str) -> IssuedDocument | None:
    """The document already issued from these data."""
    return IssuedDocument.objects.filter(
        kind=kind, subject_type=subject_type, subject_id=subject_id, source_hash=source_hash
    ).first()


def register(
    *,
    kind: str,
    subject_type: str,
    subject_id: UUID,
    source_hash: str,
    title: str,
    number: str,
    stored: StoredFile,
) -> IssuedDocument:
    """Put a generated file (PDF or workbook) on record; when another process was first, its document."""
    identity = {"kind": kind, "subject_type": subject_type, "subject_id": subject_id, "source_hash": source_hash}
    try:
        with transaction.atomic():
            return IssuedDocument.objects.create(**identity, title=title, number=number, file=stored)
    except IntegrityError:
        return IssuedDocument.objects.get(**identity)


def text_of(pdf: bytes) -> str:
    """The text of a PDF as a reader copies it, by poppler's ``pdftotext``; for tests."""
    return _poppler("pdftotext", pdf, "-layout", "-", "-")


def fonts_of(pdf: bytes) -> dict[str, bool]:
    """Font name → embedded, by poppler's ``pdffonts``; for tests."""
    lines = _poppler("pdffonts", pdf, "-").splitlines()
    column = lines[0].index("emb") if lines else 0
    return {line.split()[0]: line[column : column + 3].strip() == "yes" for line in lines[2:]}


def _poppler(program: str, pdf: bytes, *arguments: str) -> str:
    return subprocess.run([program, *arguments], input=pdf, capture_output=True, check=True).stdout.decode()


def _weasyprint(html: str) -> bytes:
    # Importing WeasyPrint takes a second; processes that print nothing do not pay it.
    from weasyprint import CSS, HTML
    from weasyprint.urls import URLFetcher

    fetcher = URLFetcher(allowed_protocols=["data"])
    styles = [CSS(string=_CSS.read_text(), url_fetcher=fetcher)]
    identifier = canonical.fingerprint(html)[:32].encode()
    pdf: bytes = HTML(string=html, base_url=None, url_fetcher=fetcher).write_pdf(
        stylesheets=styles, pdf_identifier=identifier, pdf_tags=True
    )
    return pdf
