"""What the workbench shows of an application at one part, and on its overview."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse

from applications import corrections, outcomes, reading, sealed_copies
from applications.models import Application, ApplicationVersion
from lifecycle import engine, story
from review import flags
from review.checklist import LIST, MATERIAL, SECTION
from review.forms.district import ChecksForm, FlagsForm
from review.selectors import assessment as assessments
from review.selectors import checks, comparing, phrases, workbench
from review.selectors import measurement as measurements
from review.selectors import sampling as samples
from review.selectors.checks import IDENTITY
from review.selectors.comparing import ListLine
from review.selectors.flags import Told
from review.selectors.workbench import FLAGS, OVERVIEW, Check, Part
from review.services.clashes import Kept
from review.views import desk

ROWS_PER_PAGE = 50


@dataclass(frozen=True)
class Opened:
    """One application opened at one part; ``at`` is None on the overview, ``before`` for a first version."""

    application: Application
    version: ApplicationVersion
    before: Mapping[str, Any] | None
    standing: checks.Standing
    changes: list[Any]
    told: list[Told]
    parts: list[Part]
    at: Part | None

    @property
    def slug(self) -> str:
        """Where the page stands."""
        return self.at.slug if self.at else OVERVIEW

    @property
    def following(self) -> str:
        """The slug of the next part in the contents, the overview after the last; from there the first with open items."""
        slugs = [part.slug for part in self.parts]
        if self.at is None:
            return next((part.slug for part in self.parts if not part.done), OVERVIEW)
        place = slugs.index(self.at.slug) + 1
        return slugs[place] if place < len(slugs) else OVERVIEW

    def told_at(self, part: Part) -> list[Told]:
        """The flags of one part."""
        return [one for one in self.told if (one.flag.part, one.flag.of) == (part.kind, part.key)]


def part_context(
    request: HttpRequest, found: Opened, part: Part, form: ChecksForm | None, kept: Mapping[str, Kept]
) -> dict[str, Any]:
    """One part with its checklist; ``form`` brings back what was typed, ``kept`` what a colleague wrote meanwhile."""
    listed = workbench.checks_of(part, found.version, found.standing, assessments.explained(found.application))
    compared = corrections.answered_by(found.version, found.changes)
    context = {
        "replies": compared.by_item if compared else {},
        "changes": [change for change in found.changes if (change.part, change.key) == (part.kind, part.key)],
        "checks": [_asked(check, form, kept.get(check.item.key)) for check in listed],
        "told": found.told_at(part),
        "phrases": list(phrases.in_use(request.actor)),
    }
    shown = {SECTION: _section, LIST: _list, MATERIAL: _files}[part.kind]
    return context | shown(request, found, part)


def _asked(check: Check, form: ChecksForm | None, kept: Kept | None) -> dict[str, Any]:
    """One item as the page asks it."""
    key, answer = check.item.key, check.answer
    verdict, note = form.typed(key) if form else (answer.verdict, answer.note)
    token = kept.token if kept else form.data.get(f"s-{key}", "") if form else answer.token
    errors = [*form.errors.get(f"v-{key}", ()), *form.errors.get(f"n-{key}", ())] if form else []
    return {
        "of": check,
        "item": check.item,
        "verdict": verdict,
        "note": note,
        "token": token,
        "kept": kept,
        "errors": errors,
    }


def flags_context(found: Opened, form: FlagsForm | None, kept: Mapping[str, Kept]) -> dict[str, Any]:
    """Every flag with its answer, grouped by the part it is about."""
    labels = {part.slug: part.label for part in found.parts}
    groups: dict[str, list[dict[str, Any]]] = {}
    for one in found.told:
        key, other = one.flag.key, kept.get(one.flag.key)
        line = {
            "told": one,
            "note": form.typed(key) if form else one.answer.note if one.answer else "",
            "seen": other.token if other else form.data.get(f"s-{key}", "") if form else one.seen,
            "kept": other,
        }
        groups.setdefault(one.flag.slug, []).append(line)
    return {"groups": [(slug, labels.get(slug, ""), lines) for slug, lines in groups.items()], "asked": len(found.told)}


def _section(request: HttpRequest, found: Opened, part: Part) -> dict[str, Any]:
    content, before = found.version.content, found.before
    organisation = []
    if part.key == IDENTITY:
        was = reading.organisation(before) if before else None
        organisation = comparing.lines(reading.organisation(content), was)
    section = reading.section(content, part.key)
    return {"section": section, "organisation": organisation, "groups": comparing.section(content, before, part.key)}


def _list(request: HttpRequest, found: Opened, part: Part) -> dict[str, Any]:
    told = found.told_at(part)
    hints = flags.hints((one.flag for one in told), part.key)
    lines = comparing.rows(found.version.content, found.before, part.key, hints)
    shown = _narrowed(request, lines, told)
    return {
        "headings": workbench.headings(part.key) if lines else [],
        "page": Paginator(shown, ROWS_PER_PAGE).get_page(request.GET.get("page")),
        "narrowed": len(shown) != len(lines),
        "hinted": sum(bool(line.hints) for line in lines),
        "changed": sum(bool(line.state) for line in lines),
        "problems": list(workbench.problems_of(found.version, part.key)),
    }


def _narrowed(request: HttpRequest, lines: list[ListLine], told: list[Told]) -> list[ListLine]:
    """All rows, or only those with a change, with a hint, or of one flag."""
    only, wanted = request.GET.get("only"), request.GET.get("flag")
    flagged = next((set(one.flag.rows) for one in told if one.flag.key == wanted), None)
    if flagged is not None:
        return [line for line in lines if line.place in flagged]
    if only == "changed":
        return [line for line in lines if line.state]
    return [line for line in lines if line.hints] if only == "hinted" else lines


def _files(request: HttpRequest, found: Opened, part: Part) -> dict[str, Any]:
    application, number = found.application, int(part.key)
    hints = {uuid: one.flag.hint for one in found.told_at(part) for uuid in one.flag.files}
    listed = [
        {
            "label": paper.file.document,
            "name": paper.file.name,
            "note": paper.file.note,
            "url": reverse("review:material", args=[application.uuid, paper.file.uuid]),
            "key": paper.file.uuid,
            "state": paper.state,
            "hint": hints.get(paper.file.uuid, ""),
        }
        for paper in comparing.papers(found.version.content, found.before, number)
    ]
    if number == 1:
        listed = _report(application, found.version)
    current = next((file for file in listed if file["key"] == request.GET.get("file")), listed[0] if listed else None)
    return {"files": listed, "file": current}


def _report(application: Application, version: ApplicationVersion) -> list[dict[str, Any]]:
    """附件1 as frozen, and the signed scan that bears its fingerprint."""
    url = reverse("applications:version_report", args=[application.uuid, version.number])
    name = f"附件1 第{version.number}版.pdf"
    listed = [{"label": "申请报告（系统生成）", "name": name, "url": url, "key": "report"}]
    scan = sealed_copies.bound_to(application, version.fingerprint)
    if scan:
        url = reverse("review:signed_scan", args=[application.uuid, scan.uuid])
        listed.insert(0, {"label": "签字盖章扫描件", "name": scan.file.name, "url": url, "key": "scan"})
    return listed


def overview_context(request: HttpRequest, found: Opened) -> dict[str, Any]:
    """The case as a whole: what the rules say, what has been done, what can be done now."""
    application, actor = found.application, request.actor
    assessment, duties = assessments.explained(application), desk.duties(application, actor)
    return {
        "has_letter": application.state in outcomes.EXITS,
        "assessment": assessment,
        "eligibility": desk.eligibility(assessment),
        "mismatches": workbench.mismatch_words(found.version),
        "changes": found.changes,
        "compared": corrections.answered_by(found.version, found.changes),
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
        "flags_url": desk.address(application, request, part=f"{FLAGS}-all"),
    }
