"""The auditor's pages: the story of a platform, who may do what, what was issued, the heads of the record."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts import access
from accounts.models import Role
from applications import selectors as applications
from desk import oversight, stories
from files.serving import serve
from lifecycle.models import ChainHead
from lifecycle.printing import SUBJECTS
from registry import selectors as registry

PER_PAGE = 50
# What a document is about: one of the lives, or a list that a person took away.
KEPT_FOR = {**SUBJECTS, "capacity": "导出"}
STORIES = {
    "title": (registry.visible_to, stories.of_title),
    "application": (applications.visible_to, stories.of_application),
}


@access.roles(Role.AUDITOR)
@require_GET
def story(request: HttpRequest, life: str, uuid: UUID) -> HttpResponse:
    """Everything that happened to a platform, in order, over all lives; narrowed to one life by ``?life=``."""
    if life not in STORIES:
        raise Http404
    visible, tell = STORIES[life]
    case = get_object_or_404(visible(request.actor), uuid=uuid)
    chapters = tell(case)
    present = list(dict.fromkeys(chapter.life for chapter in chapters))
    chosen = request.GET.get("life", "")
    tabs = [{"label": "全部", "url": request.path, "count": len(chapters), "active": chosen not in present}]
    tabs += [
        {"label": one, "url": f"?life={one}", "count": sum(c.life == one for c in chapters), "active": one == chosen}
        for one in present
    ]
    shown = [chapter for chapter in chapters if chosen not in present or chapter.life == chosen]
    context = {
        "case": case, "chapters": shown, "tabs": tabs, "total": len(chapters),
        "crumbs": [("办理记录", reverse("desk:records"))],
    }  # fmt: skip
    return render(request, "desk/story.html", context)


@access.roles(Role.AUDITOR)
@require_GET
def grants(request: HttpRequest) -> HttpResponse:
    """Capacities in force or ended, and the permissions on single cases."""
    ended = request.GET.get("tab") == "ended"
    tabs = [
        {"label": "在用身份", "url": request.path, "active": not ended},
        {"label": "已停用身份", "url": "?tab=ended", "active": ended},
    ]
    page = Paginator(oversight.capacities(in_force=not ended), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/grants.html", {"tabs": tabs, "page": page, "grants": oversight.grants()})


@access.roles(Role.AUDITOR)
@require_GET
def issued(request: HttpRequest) -> HttpResponse:
    """Documents and exports with their fingerprints."""
    page = Paginator(oversight.issued(), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(document, KEPT_FOR.get(document.subject_type, document.subject_type)) for document in page]
    return render(request, "desk/issued.html", {"page": page, "rows": rows})


@access.roles(Role.AUDITOR)
@require_GET
def issued_file(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """One of them."""
    return serve(get_object_or_404(oversight.issued(), uuid=uuid).file)


@access.roles(Role.AUDITOR)
@require_GET
def heads(request: HttpRequest) -> HttpResponse:
    """The chain's head at the end of every day."""
    page = Paginator(oversight.heads(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/heads.html", {"page": page, "now": ChainHead.objects.get(pk=1)})
