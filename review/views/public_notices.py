"""公示公告: what everybody reads, without an account and without JavaScript."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts import access
from files.serving import serve
from review.documents.notices import notice_pdf
from review.models import Notice
from review.selectors import notice_text
from review.selectors import public_notices as selectors

TABS = (("running", "公示中"), ("ended", "已期满"))


@access.public
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The notices, running ones first."""
    found = selectors.published()
    groups = {"running": [n for n in found if not n.ended], "ended": [n for n in found if n.ended]}
    chosen = request.GET.get("tab", "")
    chosen = chosen if chosen in groups else "running" if groups["running"] or not found else "ended"
    address = reverse("review:notices")
    tabs = [
        {"label": label, "url": f"{address}?tab={key}", "count": len(groups[key]), "active": key == chosen}
        for key, label in TABS
    ]
    return render(request, "review/notices/index.html", {"tabs": tabs, "notices": groups[chosen], "chosen": chosen})


@access.public
@require_GET
def detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One notice: list, both dates, days left, how to object, changes."""
    notice = _published(uuid)
    context = {
        "notice": selectors.one(notice),
        "items": selectors.items(notice),
        "changes": selectors.changes(notice),
        "text": notice_text.printed(notice),
        "contacts": selectors.how_to_object(notice),
        "crumbs": [("公示公告", reverse("review:notices"))],
    }
    return render(request, "review/notices/public.html", context)


@access.public
@require_GET
def document(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The notice as PDF, as it stands now."""
    return serve(notice_pdf(_published(uuid)).file)


def _published(uuid: UUID) -> Notice:
    return get_object_or_404(Notice.objects.select_related("call").filter(state="published"), uuid=uuid)
