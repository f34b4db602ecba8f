"""The signatory's page: read everything, upload the signed paper, give the undertaking, submit."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts.access import roles
from accounts.models import Role
from applications import corrections, reading, schema, sealed_copies, versions
from applications.checking import check
from applications.drafts import draft_of
from applications.facts import assess_draft, computed_of, declared_mismatches
from applications.forms.signing import ScanForm, SigningForm
from applications.models import Application
from applications.selectors import visible_to
from applications.services import signing, submission
from files.forms import refusal_status
from lifecycle import engine
from lifecycle.forms import submitted

STEP_OF = {"awaiting_signature": "submit", "returned": "resubmit"}
SERVICES = {"submit": submission.submit, "resubmit": submission.resubmit}


@roles(Role.FILER, Role.SIGNATORY)
@sensitive_post_parameters("password")
def signature(request: HttpRequest, uuid: str, step: str = "submit") -> HttpResponse:
    """Read and submit (``step``: submit or resubmit); the filer reads the same page without the last form."""
    application = get_object_or_404(visible_to(request.actor), uuid=uuid)
    if request.method != "POST":
        if STEP_OF.get(application.state) != step:
            return redirect(application)
        return render(request, "applications/signature.html", _page(request, application, step))
    form = SigningForm(request, request.POST)
    if not form.is_valid():
        return render(request, "applications/signature.html", _page(request, application, step, form=form), status=422)
    version = SERVICES[step](
        actor=request.actor,
        application=application,
        fingerprint=form.cleaned_data["fingerprint"],
        received_at=request.received_at,
        **submitted(request).kwargs(),
    )
    messages.success(request, f"已提交，受理编号 {version.application.receipt_number}。请保存回执。")
    return redirect("applications:receipt", application.uuid)


@roles(Role.FILER, Role.SIGNATORY)
@require_POST
def scan(request: HttpRequest, uuid: str) -> HttpResponse:
    """Take in the signed and sealed scan of 附件1."""
    application = get_object_or_404(visible_to(request.actor), uuid=uuid)
    step = STEP_OF.get(application.state)
    if step is None:
        return redirect(application)
    form = ScanForm(request.POST, request.FILES)
    if form.is_valid():
        signing.attach_scan(
            actor=request.actor,
            application=application,
            upload=form.cleaned_data["scan"],
            fingerprint=form.cleaned_data["fingerprint"],
        )
        messages.success(request, "签章扫描件已上传，与当前内容指纹对应。")
        return redirect(_address(step), application.uuid)
    page = _page(request, application, step, scan_form=form)
    return render(request, "applications/signature.html", page, status=refusal_status(form))


def _address(step: str) -> str:
    return "applications:resubmit" if step == "resubmit" else "applications:signature"


def _page(
    request: HttpRequest,
    application: Application,
    step: str,
    form: SigningForm | None = None,
    scan_form: ScanForm | None = None,
) -> dict[str, Any]:
    draft = application.read_draft = draft_of(application)
    content = versions.content_of_draft(draft)
    fingerprint = versions.fingerprint(content)
    computed = computed_of(draft)
    assessment = assess_draft(draft, computed)
    option = engine.option(application, step, request.actor)
    shown = {"fingerprint": fingerprint}
    return {
        "application": application,
        "step": step,
        "address": _address(step),
        "option": option,
        "blockers": option.blockers if option else (),
        "form": form or SigningForm(request, initial=shown),
        "scan_form": scan_form or ScanForm(initial=shown),
        "forms": [scan_form] if scan_form else [],
        "fingerprint": fingerprint,
        "number": application.versions.count() + 1,
        "content": content,
        "organisation": reading.organisation(content),
        "figures": reading.figures(content),
        "mismatches": declared_mismatches(draft.data("functions"), computed.facts),
        "assessment": assessment,
        "complete": check(draft).complete,
        "sections": reading.sections(content),
        "tables": reading.tables(content),
        "file_classes": reading.file_classes(content),
        "file_page": "applications:material_file",
        "undertaking": [field.label for field in schema.BY_KEY["undertaking"].fields],
        "scan": sealed_copies.bound_to(application, fingerprint),
        "scan_outdated": sealed_copies.outdated(application, fingerprint),
        "compared": _compared(application, content) if step == "resubmit" else None,
    }


def _compared(application: Application, content: versions.Content) -> corrections.Comparison | None:
    """What the new version would change, item by item."""
    correction = corrections.current(application)
    return correction and corrections.compare(correction, corrections.changes_since(application, content))
