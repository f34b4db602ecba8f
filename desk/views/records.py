"""The record for auditors and officers of the city, and its export."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts import access
from accounts.models import Role
from desk import records
from desk.forms import RecordSearch
from lifecycle import story
from lifecycle.models import ChainHead, StepRecord
from lifecycle.printing import ACTORS, SUBJECTS

PER_PAGE = 50


@access.roles(Role.AUDITOR)
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """The record, newest first, filtered; with the chain's head for comparison with printed papers."""
    form = RecordSearch(request.GET or None)
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    page = Paginator(records.found(**wanted), PER_PAGE).get_page(request.GET.get("page"))
    lines = [
        {
            "line": line, "subject": SUBJECTS[record.subject_type], "case": record.subject_id, "role": ACTORS[record.role],
            "story": _story(record),
        }
        for record, line in zip(page.object_list, story.tell(page.object_list), strict=True)
    ]  # fmt: skip
    context = {"form": form, "page": page, "lines": lines, "head": ChainHead.objects.get(pk=1)}
    return render(request, "desk/records.html", context, status=422 if form.errors else 200)


def _story(record: StepRecord) -> str:
    """Where the whole story is told that the record belongs to; empty for lives that only belong to one."""
    told = record.subject_type in ("title", "application")
    return reverse("desk:story", args=[record.subject_type, record.subject_id]) if told else ""


@access.roles(Role.AUDITOR)
@require_GET
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The whole record as JSON lines for ``bin/verify_record.py``."""
    response = StreamingHttpResponse(records.exported(), content_type="application/x-ndjson; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="record.jsonl"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
