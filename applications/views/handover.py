"""交接经办人: by the signatory for the own organisation, by the district for those of its own, found by credit code."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts import access
from accounts.models import Organisation, Role
from applications.forms.handover import FindForm, HandoverForm
from applications.models import Handover
from applications.selectors import filers_of, handovers_visible_to, organisations_to_hand_over
from applications.services import handover as services
from files.serving import serve
from lifecycle.acting import attempt, status_of
from lifecycle.forms import submitted

PAGE = 20
OFFICERS = (Role.DISTRICT_OFFICER, Role.CITY_OFFICER, Role.AUDITOR)
READERS = (Role.FILER, Role.SIGNATORY, *OFFICERS)
NOT_FOUND = "本辖区没有这个单位，或者该单位还没有人使用账号。请核对统一社会信用代码；没有账号的，请单位申请认领。"


@access.roles(*OFFICERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The handovers the person may see; an officer of a district also finds an organisation of its own by credit code."""
    may_find = request.actor.role == Role.DISTRICT_OFFICER
    form = FindForm(request.GET if "code" in request.GET else None) if may_find else None
    if form and form.is_valid():
        found = organisations_to_hand_over(request.actor).filter(credit_code=form.cleaned_data["code"]).first()
        if found:
            return redirect("applications:handover_new", found.uuid)
        form.add_error("code", NOT_FOUND)
    page = Paginator(handovers_visible_to(request.actor), PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page}
    return render(request, "applications/handovers.html", context, status=status_of(form) if form else 200)


@access.roles(Role.SIGNATORY)
def own(request: HttpRequest) -> HttpResponse:
    """The signatory replaces a filer of the own organisation."""
    return _form(request, request.actor.organisation)


@access.roles(Role.DISTRICT_OFFICER)
def new(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The district replaces a filer of one of its organisations, on the organisation's sealed letter."""
    return _form(request, get_object_or_404(organisations_to_hand_over(request.actor), uuid=uuid))


def _form(request: HttpRequest, body: Organisation) -> HttpResponse:
    by_district = request.actor.role == Role.DISTRICT_OFFICER
    filers = filers_of(body)
    form = HandoverForm(filers, request.POST or None, request.FILES or None, by_district=by_district)
    if request.method == "POST" and form.is_valid():
        given: dict[str, Any] = {**form.arguments(), "organisation": body, "key": submitted(request).key}
        if made := attempt(form, services.hand_over, actor=request.actor, **given):
            messages.success(request, f"已交接，通知邮件已发给{made.successor.user.name}。")
            return redirect(made)
    back = reverse("applications:handovers" if by_district else "applications:people")
    context = {
        "form": form, "organisation": body, "filers": filers, "by_district": by_district, "back": back,
        "crumbs": [("经办人交接" if by_district else "本单位人员", back)],
    }  # fmt: skip
    return render(request, "applications/handover_new.html", context, status=status_of(form))


@access.roles(*READERS)
@require_safe
def detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One handover: who left, who took over, why, on which letter."""
    return render(request, "applications/handover.html", {"handover": _visible(request, uuid)})


@access.roles(*READERS)
@require_safe
def letter(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The organisation's sealed letter."""
    found = get_object_or_404(handovers_visible_to(request.actor).exclude(letter=None), uuid=uuid)
    return serve(found.letter, inline=True)


def _visible(request: HttpRequest, uuid: UUID) -> Handover:
    return get_object_or_404(handovers_visible_to(request.actor), uuid=uuid)
