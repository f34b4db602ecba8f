"""账号认领: asked for by everybody, decided by the district of the organisation (default)."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts import access, actors
from accounts.models import Role
from files import intake
from files.purposes import Purpose
from files.serving import serve
from lifecycle import engine, lookups
from lifecycle.acting import attempt, status_of
from lifecycle.errors import AlreadyDone, TooMany
from lifecycle.forms import submitted
from registry import selectors
from registry.forms.claims import ClaimForm, RefuseForm
from registry.forms.imports import PlainForm
from registry.models import Claim
from registry.services import claims as services
from regulation import parameters
from timekeeping import clock

PAGE = 20
READERS = (Role.DISTRICT_OFFICER, Role.CITY_OFFICER, Role.AUDITOR)


@access.public
@never_cache
@sensitive_post_parameters("password1", "password2")
@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest) -> HttpResponse:
    """Ask for the account of an organisation from before the system."""
    form = ClaimForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            if claim := attempt(form, _file, request=request, filled=form):
                request.session["claim_filed"] = claim.receipt_number
                return redirect("registry:claim_filed")
        except AlreadyDone:
            return redirect("registry:claim_filed")
        except TooMany as refusal:
            form.add_error(None, refusal.message)
            response = _form(request, form, 429)
            response["Retry-After"] = str(refusal.retry_after)
            return response
    return _form(request, form, status_of(form))


@access.public
@never_cache
@require_safe
def filed(request: HttpRequest) -> HttpResponse:
    """What happens next; the number is shown to whoever has just filed."""
    context = {"number": request.session.get("claim_filed", ""), "days": _days()}
    return render(request, "registry/claim_filed.html", context)


@access.roles(*READERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The claims the person may see, those that wait first."""
    claims = selectors.claims_visible_to(request.actor)
    waiting = claims.filter(state="filed").order_by("id")
    page = Paginator(claims.exclude(state="filed"), PAGE).get_page(request.GET.get("page"))
    return render(request, "registry/claims.html", {"waiting": waiting, "page": page})


@access.roles(*READERS)
@require_safe
def detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One claim: who asks, with which letter, and the decision."""
    return _page(request, _visible(request, uuid))


@access.roles(*READERS)
@require_safe
def letter(request: HttpRequest, uuid: UUID) -> HttpResponseBase:
    """The letter of introduction."""
    return serve(_visible(request, uuid).letter, inline=True)


@access.roles(Role.DISTRICT_OFFICER)
@require_POST
def approve(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Give the account."""
    claim = services.approve(actor=request.actor, claim=_visible(request, uuid), **submitted(request).kwargs())
    messages.success(request, "已核准，用户名已发到申请人的邮箱。")
    return redirect(claim)


@access.roles(Role.DISTRICT_OFFICER)
@require_POST
def refuse(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Refuse with the reason."""
    found, form = _visible(request, uuid), RefuseForm(request.POST)
    given = submitted(request).kwargs()
    if form.is_valid() and attempt(
        form, services.refuse, actor=request.actor, claim=found, **form.cleaned_data, **given
    ):
        messages.success(request, "已答复申请人不予核准。")
        return redirect(found)
    return _page(request, found, form)


def _file(*, request: HttpRequest, filled: ClaimForm) -> Claim:
    address = request.META.get("REMOTE_ADDR", "")
    services.check_quota(address)
    try:
        services.claimable(filled.cleaned_data["credit_code"])
    except ValidationError:
        lookups.note_failure(address)
        raise
    kept = intake.receive(filled.cleaned_data["letter"], purpose=Purpose.SIGNED, uploaded_by=None)
    return services.file(
        actor=actors.public, credit_code=filled.cleaned_data["credit_code"], claimant=filled.claimant, letter=kept,
        address=address, key=submitted(request).key,
    )  # fmt: skip


def _form(request: HttpRequest, form: ClaimForm, status: int) -> HttpResponse:
    return render(request, "registry/claim_file.html", {"form": form, "days": _days()}, status=status)


def _visible(request: HttpRequest, uuid: UUID) -> Claim:
    return get_object_or_404(selectors.claims_visible_to(request.actor), uuid=uuid)


def _page(request: HttpRequest, claim: Claim, form: forms.Form | None = None) -> HttpResponse:
    context = {
        "claim": claim,
        "titles": selectors.titles_of(claim.organisation),
        "options": {option.row.name: option for option in engine.options(claim, request.actor)},
        "approve_form": PlainForm(),
        "refuse_form": form or RefuseForm(),
        "form": form,
        "crumbs": [("账号认领", reverse("registry:claims"))],
    }
    return render(request, "registry/claim.html", context, status=422 if form else 200)


def _days() -> int:
    return parameters.at(clock.today()).claim_workdays
