"""The public face: home page, announcements, and how far an application has come."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import public
from applications import progress as progress_of
from desk import public as face
from desk.forms import ProgressForm
from lifecycle import lookups
from registry.forms import LookupForm

PAGE = 20


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """首页."""
    return render(request, "desk/public_home.html", {**face.home(), "lookup_form": LookupForm()})


@public
@require_safe
def announcements(request: HttpRequest) -> HttpResponse:
    """公示公告: calls, notices and decisions, latest first."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in face.KINDS else ""
    page = Paginator(face.announcements(kind), PAGE).get_page(request.GET.get("page"))
    tabs = [{"label": "全部", "url": request.path, "active": not kind}]
    tabs += [{"label": label, "url": f"?kind={key}", "active": key == kind} for key, label in face.KINDS.items()]
    return render(request, "desk/announcements.html", {"page": page, "tabs": tabs})


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def progress(request: HttpRequest) -> HttpResponse:
    """进度查询 by receipt number and credit code; wrong and absent get the same answer."""
    form = ProgressForm(request.POST or None)
    if request.method != "POST":
        return render(request, "desk/progress.html", {"form": form})
    lookups.may_ask(request.META["REMOTE_ADDR"])
    if not form.is_valid():
        return render(request, "desk/progress.html", {"form": form}, status=422)
    found = progress_of.by_number(form.cleaned_data["number"], form.cleaned_data["credit_code"])
    if found is None:
        lookups.note_failure(request.META["REMOTE_ADDR"])
        return render(request, "desk/progress.html", {"form": form, "not_found": True})
    context = {
        "form": ProgressForm(), "application": found, "stages": progress_of.stages(found),
        "ended": progress_of.has_ended(found),
    }  # fmt: skip
    return render(request, "desk/progress.html", context)
