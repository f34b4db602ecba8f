"""投诉举报: filed by the public at any time, with receipt and look-up, without an account and without JavaScript (Art. 21)."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from accounts import access, actors
from files import intake
from files.forms import refusal_status
from files.purposes import Purpose
from files.serving import serve
from lifecycle import lookups
from lifecycle.acting import place
from lifecycle.errors import AlreadyDone
from lifecycle.forms import submitted
from regulation import parameters
from review.documents.complaints import receipt_pdf as receipt_document
from review.forms.complaints import ComplaintForm, FollowForm, title_of
from review.models import Complaint
from review.selectors import complaints as selectors
from review.selectors import resending
from review.services import complaints as services
from review.services import filing_limits
from review.views.public_objections import private
from review.views.sent import remember, sent_from
from timekeeping import clock

SAID = ("about", "named", "title", "signed", "content")


@access.public
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def file(request: HttpRequest) -> HttpResponse:
    """The form; from the page of a title it is about that title."""
    title = title_of(request.GET.get("title", ""))
    bound = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    initial = {"about": "platform", "named": title.platform_name} if title else {}
    form = ComplaintForm(*bound, initial=initial)
    try:
        if request.method == "POST" and form.is_valid():
            return redirect(_receipt_url(_filed(request, form, title)))
    except AlreadyDone:
        first = selectors.by_form(submitted(request).key.value)  # type: ignore[union-attr]
        return redirect(_receipt_url(first)) if first else redirect("review:complaint_follow")
    except ValidationError as error:
        place(form, error)
    except filing_limits.TooManyFiled as refusal:
        response = _page(request, form, title, status=429, refusal=refusal.message)
        response["Retry-After"] = str(refusal.retry_after)
        return response
    return _page(request, form, title, status=refusal_status(form) if form.errors else 200)


@access.public
@never_cache
@require_GET
def receipt(request: HttpRequest, uuid: UUID, token: str) -> HttpResponse:
    """The receipt behind the private link: number, code, time, what happens next. Never says who complained."""
    complaint = _by_link(uuid, token)
    context = {
        "complaint": complaint,
        "code": selectors.code_of(complaint),
        "pdf_url": reverse("review:complaint_receipt_pdf", args=[uuid, token]),
        "contacts": selectors.contacts(),
        "terms": parameters.at(clock.today()),
    }
    return private(render(request, "review/complaints/receipt.html", context))


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
    """State and answer by receipt number and code or telephone; the same words for a wrong one of any and none at all."""
    form = FollowForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "contacts": selectors.contacts()}
    if request.method == "POST" and form.is_valid():
        address = request.META.get("REMOTE_ADDR", "")
        lookups.may_ask(address)
        complaint = selectors.by_receipt(form.cleaned_data["number"], form.cleaned_data["secret"])
        if complaint is None:
            lookups.note_failure(address)
            form.add_error(None, "没有找到。请核对回执编号，以及查询码或提交时填写的联系电话。")
        context["complaint"] = complaint
    return render(request, "review/complaints/follow.html", context, status=422 if form.errors else 200)


def _filed(request: HttpRequest, form: ComplaintForm, title: Any) -> Complaint:
    """The complaint, filed; going back and sending the same words once more, signed and without files, leads to the first one.

    Only in the same browser: to others the same words are a complaint of their own, as if there were no first one.
    """
    sent, says = sent_from(request, Complaint), form.report([], title)
    first = resending.first_sent(Complaint, selectors.OPEN, says, SAID, form.complainant(), among=sent)
    if first and not form.uploads:
        return first
    address = request.META.get("REMOTE_ADDR", "")
    filing_limits.COMPLAINTS.check(parameters.at(clock.today()), address)
    evidence = [intake.receive(one, purpose=Purpose.EVIDENCE, uploaded_by=None) for one in form.uploads]
    filed = services.file(
        actor=actors.public, says=form.report(evidence, title), complainant=form.complainant(consented=True),
        address=address, received_at=request.received_at, key=submitted(request).key,
    )  # fmt: skip
    remember(request, filed)
    return filed


def _page(request: HttpRequest, form: ComplaintForm, title: Any, status: int, refusal: str = "") -> HttpResponse:
    context = {
        "form": form, "title": title, "refusal": refusal, "contacts": selectors.contacts(),
        "terms": parameters.at(clock.today()),
    }  # fmt: skip
    return render(request, "review/complaints/file.html", context, status=status)


def _receipt_url(complaint: Complaint) -> str:
    return reverse("review:complaint_receipt", args=[complaint.uuid, selectors.mac(complaint)])


def _by_link(uuid: UUID, token: str) -> Complaint:
    found = selectors.by_link(uuid, token)
    if found is None:
        raise Http404
    return found
