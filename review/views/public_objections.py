"""异议: filed by the public, with receipt and look-up, without an account and without JavaScript (Art. 14)."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from accounts import access, actors
from files import intake
from files.forms import refusal_status
from files.serving import serve
from lifecycle import lookups
from lifecycle.acting import place
from lifecycle.errors import AlreadyDone
from lifecycle.forms import submitted
from review.documents.objections import receipt_pdf as receipt_document
from review.forms.objections import FollowForm, ObjectionForm
from review.models import Notice, Objection
from review.selectors import objections as selectors
from review.selectors import public_notices, resending
from review.services import filing_limits
from review.services import objections as services
from review.views.sent import remember, sent_from

SAID = ("signed", "application", "named", "content")


@access.public
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def file(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The objection form of a notice; a late objection is accepted too and says so."""
    notice = get_object_or_404(Notice.objects.select_related("call").filter(state="published"), uuid=uuid)
    items = list(notice.items.filter(removed_at__isnull=True).select_related("application"))
    bound = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ObjectionForm(*bound, notice=notice, items=items, initial={"platform": request.GET.get("item", "")})
    try:
        if request.method == "POST" and form.is_valid():
            return redirect(_receipt_url(_filed(request, notice, form)))
    except AlreadyDone:
        first = selectors.by_form(submitted(request).key.value)  # type: ignore[union-attr]
        return redirect(_receipt_url(first)) if first else redirect("review:objection_follow")
    except ValidationError as error:
        place(form, error)
    except filing_limits.TooManyFiled as refusal:
        response = _page(request, notice, form, status=429, refusal=refusal.message)
        response["Retry-After"] = str(refusal.retry_after)
        return response
    return _page(request, notice, form, status=refusal_status(form) if form.errors else 200)


@access.public
@never_cache
@require_GET
def receipt(request: HttpRequest, uuid: UUID, token: str) -> HttpResponse:
    """The receipt behind the objector's private link: number, time, what happens next. Never says who objected."""
    objection = _by_link(uuid, token)
    context = {
        "objection": objection,
        "late": not selectors.in_time(objection),
        "pdf_url": reverse("review:objection_receipt_pdf", args=[uuid, token]),
        "contacts": public_notices.how_to_object(objection.notice),
        "days": objection.pinned_parameters.objection_intake_workdays,
    }
    return private(render(request, "review/objections/receipt.html", context))


@access.public
@never_cache
@require_GET
def receipt_pdf(request: HttpRequest, uuid: UUID, token: str) -> HttpResponseBase:
    """The receipt as PDF."""
    return private(serve(receipt_document(_by_link(uuid, token)).file))


@access.public
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """State and answer by receipt number and telephone; the same words for a wrong number, a wrong phone and none at all."""
    form = FollowForm(request.POST or None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        address = request.META.get("REMOTE_ADDR", "")
        lookups.may_ask(address)
        objection = selectors.by_receipt(form.cleaned_data["number"], form.cleaned_data["phone"])
        if objection is None:
            lookups.note_failure(address)
            form.add_error(None, "没有找到。请核对回执编号和提交时填写的联系电话。")
        else:
            context |= {"objection": objection, "contacts": public_notices.how_to_object(objection.notice)}
    return render(request, "review/objections/follow.html", context, status=422 if form.errors else 200)


def _filed(request: HttpRequest, notice: Notice, form: ObjectionForm) -> Objection:
    """The objection, filed; going back and sending the same words once more, without files, leads to the first one.

    Only in the same browser: to others the same words are an objection of their own, as if there were no first one.
    """
    says = form.statement(form.cleaned_data["signed"], [])
    first = resending.first_sent(
        Objection, selectors.OPEN, says, SAID, form.objector, among=sent_from(request, Objection), notice=notice
    )
    if first and not form.uploads:
        return first
    address = request.META.get("REMOTE_ADDR", "")
    filing_limits.OBJECTIONS.check(notice.pinned_parameters, address)
    evidence = [intake.receive(upload, purpose=purpose, uploaded_by=None) for upload, purpose in form.uploads]
    filed = services.file(
        actor=actors.public, says=form.statement(form.cleaned_data["signed"], evidence), objector=form.objector,
        address=address, received_at=request.received_at, key=submitted(request).key,
    )  # fmt: skip
    remember(request, filed)
    return filed


def _page(request: HttpRequest, notice: Notice, form: ObjectionForm, status: int, refusal: str = "") -> HttpResponse:
    context = {
        "form": form,
        "notice": public_notices.one(notice),
        "contacts": public_notices.how_to_object(notice),
        "letter_rule": notice.letter_rule,
        "refusal": refusal,
        "crumbs": [("公示公告", reverse("review:notices")), (notice.title, notice.public_url())],
    }
    return render(request, "review/objections/file.html", context, status=status)


def _receipt_url(objection: Objection) -> str:
    return reverse("review:objection_receipt", args=[objection.uuid, selectors.mac(objection)])


def _by_link(uuid: UUID, token: str) -> Objection:
    found = selectors.by_link(uuid, token)
    if found is None:
        raise Http404
    return found


def private(response: HttpResponseBase) -> Any:
    """The private address is passed on to no page at all. Not for pages with a form: a browser would post it with
    ``Origin: null``, which the protection against forged requests refuses.
    """
    response["Referrer-Policy"] = "no-referrer"
    return response
