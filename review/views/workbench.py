"""The officers' workbench: contents, one part of the material, its checklist; and the files behind it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts import access
from accounts.models import Role
from applications import corrections, outcomes, reading, sealed_copies
from applications.models import Application, Material, SignedScan
from applications.selectors import visible_to
from files.serving import serve
from lifecycle import deadlines, engine, story
from lifecycle.errors import Refusal
from lifecycle.forms import submitted
from review.checklist import ITEMS, LIST, MATERIAL, SECTION
from review.forms.district import ChecksForm
from review.models import CheckItem
from review.selectors import assessment as assessments
from review.selectors import checks, queues, workbench
from review.selectors import measurement as measurements
from review.selectors import sampling as samples
from review.selectors.workbench import OVERVIEW, Part
from review.services import district
from review.services.district.measuring import CHECKING
from review.views import desk
from timekeeping import clock

ROWS_PER_PAGE = 50
OFFICERS = (Role.DISTRICT_OFFICER, Role.CITY_OFFICER, Role.AUDITOR)
IDENTITY = "identity"


@dataclass(frozen=True)
class Opened:
    """One application opened at one part; ``at`` is None on the overview."""

    application: Application
    standing: checks.Standing
    changes: list[Any]
    parts: list[Part]
    at: Part | None

    @property
    def following(self) -> str:
        """The slug of the next part in the contents, the overview after the last; from there the first with open items."""
        slugs = [part.slug for part in self.parts]
        if self.at is None:
            return next((part.slug for part in self.parts if not part.done), OVERVIEW)
        place = slugs.index(self.at.slug) + 1
        return slugs[place] if place < len(slugs) else OVERVIEW


def opened(request: HttpRequest, uuid: str) -> Opened:
    """The application as the actor may see it, at the part named by ``?part=``."""
    application = get_object_or_404(visible_to(request.actor).select_related("current_version"), uuid=uuid)
    version = application.current_version
    if version is None:
        raise Http404
    version.application = application
    standing, changes = checks.standing(application), workbench.changes_of(version)
    parts = workbench.parts(version, standing, changes)
    at = next((part for part in parts if part.slug == request.GET.get("part")), None)
    return Opened(application, standing, changes, parts, at)


@access.roles(*OFFICERS)
def bench(request: HttpRequest, uuid: str) -> HttpResponse:
    """Read and check an application part by part; the answers are kept as a draft."""
    found = opened(request, uuid)
    if request.method == "POST":
        return _save(request, found)
    return _shown(request, found)


def _save(request: HttpRequest, found: Opened) -> HttpResponse:
    form = ChecksForm(request.POST, part=found.at)
    quietly = request.headers.get("X-Autosave") == "1"
    try:
        if not form.is_valid():
            raise ValidationError(form.errors.as_data())
        district.save_checks(
            actor=request.actor,
            application=found.application,
            answers=form.answers(all_ok=request.POST.get("do") == "all_ok"),
            version=submitted(request).version,
        )
    except ValidationError as error:
        if quietly:
            return JsonResponse({"message": "；".join(error.messages)}, status=422)
        return _shown(request, found, form=form, status=422)
    except Refusal as refusal:
        if not quietly:
            raise
        return JsonResponse({"message": refusal.message}, status=refusal.status)
    if quietly:
        return JsonResponse({"message": f"已自动保存 {clock.now():%H:%M}"})
    messages.success(request, "核对结果已保存。")
    following = found.following if request.POST.get("do") == "next" else found.at.slug if found.at else OVERVIEW
    return redirect(desk.address(found.application, request, part=following))


def _shown(request: HttpRequest, found: Opened, *, form: ChecksForm | None = None, status: int = 200) -> HttpResponse:
    application, version = found.application, found.application.current_version
    place = queues.place_of(application, queues.rows(request.actor, desk.choice_of(request)))
    may_check = request.actor.role == Role.DISTRICT_OFFICER and application.state in CHECKING
    context = {
        "application": application,
        "version": version,
        "due": deadlines.due(application),
        "place": place,
        "previous_url": place and place.previous and desk.address(place.previous, request),
        "following_url": place and place.following and desk.address(place.following, request),
        "queue_url": desk.queue_url(request),
        "toc": desk.contents(application, found.parts, found.at, request),
        "at": found.at,
        "overview_url": desk.address(application, request, part=OVERVIEW),
        "standing": found.standing,
        "all_items": len(ITEMS),
        "may_check": may_check and found.at is not None,
        "verdicts": CheckItem.Verdict.choices,
        "form": form,
        "this_url": desk.address(application, request, part=found.at.slug if found.at else OVERVIEW),
        "following_part": next((p for p in found.parts if p.slug == found.following), None),
    }
    context |= _part(request, found) if found.at else _overview(request, found)
    return render(request, "review/workbench.html", context, status=status)


def _part(request: HttpRequest, found: Opened) -> dict[str, Any]:
    part, version = found.at, found.application.current_version
    assert part is not None and version is not None
    compared = corrections.answered_by(version, found.changes)
    context: dict[str, Any] = {
        "replies": compared.by_item if compared else {},
        "changes": [change for change in found.changes if (change.part, change.key) == (part.kind, part.key)],
        "checks": workbench.checks_of(part, version, found.standing, assessments.explained(found.application)),
    }
    if part.kind == SECTION:
        context["section"] = reading.section(version.content, part.key)
        context["organisation"] = reading.organisation(version.content) if part.key == IDENTITY else []
    elif part.kind == LIST:
        context |= _list(request, found, part.key)
    elif part.kind == MATERIAL:
        context |= _files(request, found, int(part.key))
    return context


def _list(request: HttpRequest, found: Opened, kind: str) -> dict[str, Any]:
    version = found.application.current_version
    assert version is not None
    table = workbench.table_of(version, kind)
    if table is None:
        return {"table": None}
    told = workbench.shared_words(found.application, kind, version.content["lists"][kind], request.actor)
    lines = [
        [*(text for _, text in cells), {"text": "有共用" if said else "", "note": said}]
        for cells, said in zip(table.rows, told, strict=True)
    ]
    if any(told) and request.GET.get("only") == "shared":
        lines = [line for line, said in zip(lines, told, strict=True) if said]
    return {
        "table": table,
        "columns": [{"label": label} for label in (*table.headings, "提示")],
        "page": Paginator(lines, ROWS_PER_PAGE).get_page(request.GET.get("page")),
        "shared": sum(bool(said) for said in told),
        "problems": list(workbench.problems_of(version, kind)),
    }


def _files(request: HttpRequest, found: Opened, number: int) -> dict[str, Any]:
    application, version = found.application, found.application.current_version
    assert version is not None
    group = next((one for one in reading.file_classes(version.content) if one.number == number), None)
    listed = [
        {
            "label": file.document,
            "name": file.name,
            "note": file.note,
            "size": file.size,
            "url": reverse("review:material", args=[application.uuid, file.uuid]),
            "key": file.uuid,
        }
        for file in (group.files if group else ())
    ]
    if number == 1:
        listed = _report(application)
    current = next((file for file in listed if file["key"] == request.GET.get("file")), listed[0] if listed else None)
    return {"files": listed, "file": current, "fingerprint": version.fingerprint}


def _report(application: Application) -> list[dict[str, Any]]:
    """附件1 as frozen, and the signed scan that bears its fingerprint."""
    version = application.current_version
    assert version is not None
    printed = reverse("applications:version_report", args=[application.uuid, version.number])
    listed: list[dict[str, Any]] = [
        {
            "label": "申请报告（系统生成）",
            "name": f"附件1 第{version.number}版.pdf",
            "url": printed,
            "key": "report",
            "note": "",
        }
    ]
    scan = sealed_copies.bound_to(application, version.fingerprint)
    if scan:
        url = reverse("review:signed_scan", args=[application.uuid, scan.uuid])
        listed.insert(
            0,
            {
                "label": "签字盖章扫描件",
                "name": scan.file.name,
                "size": scan.file.size,
                "url": url,
                "key": "scan",
                "note": "",
            },
        )
    return listed


def _overview(request: HttpRequest, found: Opened) -> dict[str, Any]:
    application, actor = found.application, request.actor
    version = application.current_version
    assert version is not None
    assessment, duties = assessments.explained(application), desk.duties(application, actor)
    return {
        "has_letter": application.state in outcomes.EXITS,
        "assessment": assessment,
        "eligibility": desk.eligibility(assessment),
        "mismatches": workbench.mismatch_words(assessment),
        "changes": found.changes,
        "compared": corrections.answered_by(version, found.changes),
        "options": [option for option in engine.options(application, actor) if option.row.name in desk.STEP_PAGES],
        "step_urls": desk.step_urls(application),
        "primary": desk.primary_step(application, duties),
        "duties": duties,
        "sample": samples.in_force(application),
        "sample_visible": samples.visible_to(actor).filter(application=application).exists(),
        "measured": measurements.standing(application),
        "recommendation": application.recommendations.filter(withdrawn_at__isnull=True).first(),
        "corrections": application.corrections.order_by("-pk"),
        "events": desk.events(story.of(application)),
    }


@access.roles(*OFFICERS)
@require_GET
def material(request: HttpRequest, uuid: str, material: str) -> HttpResponseBase:
    """One file of the frozen version, shown in the page; ``?download=1`` hands it out."""
    application = get_object_or_404(visible_to(request.actor), uuid=uuid)
    found = get_object_or_404(Material.objects.select_related("file"), application=application, uuid=material)
    versions = application.versions.values_list("content", flat=True)
    if not any(item["uuid"] == str(found.uuid) for content in versions for item in content["materials"]):
        raise Http404
    return serve(found.file, inline="download" not in request.GET)


@access.roles(*OFFICERS)
@require_GET
def signed_scan(request: HttpRequest, uuid: str, scan: str) -> HttpResponseBase:
    """The signed and sealed scan of a submitted version."""
    application = get_object_or_404(visible_to(request.actor), uuid=uuid)
    found = get_object_or_404(SignedScan.objects.select_related("file"), application=application, uuid=scan)
    if not application.versions.filter(fingerprint=found.fingerprint).exists():
        raise Http404
    return serve(found.file, inline="download" not in request.GET)
