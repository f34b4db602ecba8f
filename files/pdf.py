"""Documents as PDF: rendered from a template and plain data, nothing fetched, every font embedded, issued once per
data.
"""

import gc
import subprocess
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any
from uuid import UUID

from django.template.loader import render_to_string

from files import canonical, issuing
from files.models import IssuedDocument
from files.titles import balanced

_CSS = Path(__file__).with_name("official.css")
_PRESS = Lock()


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
    """The PDF of this kind for the subject, rendered at the first call and found again afterwards.

    ``source`` is the plain data the document states (default: ``context``); see ``files.issuing.issue``.
    """
    return issuing.issue(
        kind=kind,
        subject_type=subject_type,
        subject_id=subject_id,
        title=title,
        number=number,
        source=dict(context) if source is None else source,
        make=lambda: render(template, context, title=title),
        extension="pdf",
    )


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
    from weasyprint import HTML

    identifier = canonical.fingerprint(html)[:32].encode()
    # One paper at a time: threads of one interpreter gain nothing by setting several, and each takes 100 MB while it is set.
    with _PRESS:
        try:
            pdf: bytes = HTML(string=html, base_url=None, url_fetcher=_fetcher()).write_pdf(
                stylesheets=[_stylesheet()], pdf_identifier=identifier, pdf_tags=True
            )
        finally:
            # The boxes of a paper hold each other; left to the rare collections (decision 0016) they would pile up.
            gc.collect()
    return pdf


def _fetcher() -> Any:
    from weasyprint.urls import URLFetcher

    return URLFetcher(allowed_protocols=["data"])


@cache
def _stylesheet() -> Any:
    """``official.css``, parsed once in a process: WeasyPrint only reads it while it sets a document."""
    from weasyprint import CSS

    return CSS(string=_CSS.read_text(), url_fetcher=_fetcher())
