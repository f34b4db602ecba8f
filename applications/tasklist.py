"""The applicant's home of one application: what is done, what is open, the eligibility answer, the road ahead."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from applications import answering, evidence, wording
from applications.checking import LIST, MATERIAL, SECTION, Part, Progress, Report
from applications.drafts import Draft
from applications.models import Application
from regulation.eligibility import RECOMMENDED, Assessment
from regulation.functions import FUNCTIONS
from regulation.materials import category_of

PAGE_OF = {SECTION: "section", LIST: "list", MATERIAL: "material"}

# fmt: off
GROUPS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("一、单位情况", ((SECTION, "identity"), (SECTION, "finance"), (SECTION, "premises"), (LIST, "equipment"), (SECTION, "management"), (LIST, "staff"))),
    ("二、服务情况", ((SECTION, "service"), (LIST, "served"), (LIST, "services"), (SECTION, "functions"), (LIST, "activities"), (LIST, "financing"), (SECTION, "resources"), (LIST, "institutions"))),
    ("三、申请报告和资质", ((SECTION, "narrative"), (LIST, "qualifications"))),
)
ORDER = tuple(entry for _, entries in GROUPS for entry in entries)
# Where the figure of a finding comes from: a list, or a field of a section; statements are found by their own field.
LIST_OF = {
    "min_smes": "served", "min_specialised": "served", "min_growth": "served", "information_enterprises": "served",
    "min_staff": "staff", "min_qualified_share": "staff", "min_institutions": "institutions",
    "training_person_times": "activities", "financing_amounts": "financing", "min_public_share": "services",
} | {f"{key}_activities": "activities" for key in FUNCTIONS}
FIELD_OF = {
    "platform_years": ("identity", "started_on"), "min_assets": ("finance", "total_assets"),
    "min_satisfaction": ("service", "satisfaction"),
}
ROAD = (
    ("网上申报", "本单位填报，签字人确认并提交"), ("县区初审推荐", "核对材料，随机抽查满意度"), ("市级受理", ""),
    ("专家评审", ""), ("现场核查", "请备好原件"), ("公示", "不少于10个工作日"), ("集体决策、认定授牌", ""),
)
SEGMENTS = {Progress.DONE: "on", Progress.FAULTY: "err", Progress.BEGUN: "half"}
# fmt: on


@dataclass(frozen=True)
class Summary:
    """How far the draft is, for the head of the page."""

    done: int
    total: int
    segments: tuple[str, ...]
    words: str
    next: Part | None


def summary_of(report: Report) -> Summary:
    """Counts over everything that is asked for; what is optional and empty does not count."""
    counted = [part for part in report.parts if part.progress is not Progress.OPTIONAL]
    open_parts = [part for part in counted if not part.complete]
    kinds = ((Progress.FAULTY, "项需改正"), (Progress.BEGUN, "项填写中"), (Progress.NOT_BEGUN, "项未开始"))
    words = "，".join(
        f"{number} {name}" for kind, name in kinds if (number := sum(part.progress is kind for part in counted))
    )
    urgent = sorted(open_parts, key=lambda part: (part.progress is not Progress.FAULTY, _place(part)))
    return Summary(
        done=len(counted) - len(open_parts),
        total=len(counted),
        segments=tuple(sorted((SEGMENTS.get(part.progress, "") for part in counted), key=_segment_order)),
        words=words,
        next=urgent[0] if urgent else None,
    )


def _segment_order(name: str) -> int:
    return ("on", "err", "half", "").index(name)


def _place(part: Part) -> int:
    key = (part.part, part.key)
    if key in ORDER:
        return ORDER.index(key)
    return len(ORDER) + (int(part.key) if part.part == MATERIAL else 99)


def url_of(part: Part, application: Application) -> str:
    """The page of a part."""
    return reverse(f"applications:{PAGE_OF[part.part]}", args=[application.uuid, part.key])


def panels(report: Report, application: Application) -> list[dict[str, Any]]:
    """The groups of the task list with counts, in the shape of ``ui/tasks.html``."""
    return [_panel(title, [report.part(*entry) for entry in entries], application) for title, entries in GROUPS]


def _panel(title: str, parts: list[Part], application: Application) -> dict[str, Any]:
    done = sum(part.complete for part in parts)
    return {"title": title, "aside": f"{done} / {len(parts)}", "tasks": tasks(parts, application)}


def tasks(parts: Iterable[Part], application: Application) -> list[dict[str, Any]]:
    """Parts as rows of ``ui/tasks.html``."""
    return [
        {
            "label": part.title,
            "url": url_of(part, application),
            "hint": part.hint,
            "tone": part.tone,
            "status": part.status,
        }
        for part in parts
    ]


def eligibility(assessment: Assessment, draft: Draft) -> dict[str, Any]:
    """The panel 资格自检: what is open first, with the figure and where to supply it; what is met folded away."""
    found = answering.items(assessment, lambda finding: place_of(finding.key, draft))
    own = [item for item in found if item["key"] != RECOMMENDED]
    return {
        "words": answering.counted(found),
        "open": [item for item in own if item["tone"] != "done"],
        "met": [item for item in own if item["tone"] == "done"],
        "waiting": [item for item in found if item["key"] == RECOMMENDED],
        "functions": answering.functions(assessment, lambda finding: place_of(finding.key, draft)),
    }


def place_of(key: str, draft: Draft) -> str:
    """The page of the draft where the fact behind a finding is supplied: the list, the field, or what proves a tick."""
    part, name, anchor = _supplied(key, draft)
    address = reverse(f"applications:{PAGE_OF[part]}", args=[draft.application.uuid, name])
    return f"{address}#id_{anchor}" if anchor else address


def _supplied(key: str, draft: Draft) -> tuple[str, str, str]:
    if key in LIST_OF:
        return LIST, LIST_OF[key], ""
    section = wording.section_of(key)
    if section is None:
        where, anchor = FIELD_OF.get(key, ("functions", ""))
        return SECTION, where, anchor
    document = evidence.document_wanted(key) if draft.says_yes(section, key) else ""
    return (MATERIAL, str(category_of(document)), "") if document else (SECTION, section, key)


def road() -> list[dict[str, str]]:
    """The way ahead while the draft is being filled in, for ``ui/flow.html``."""
    return [
        {"label": label, "note": note, "state": "next" if place else "now"} for place, (label, note) in enumerate(ROAD)
    ]


def last_saved(draft: Draft) -> Any:
    """The section saved last, or None."""
    return max(draft.saved.values(), key=lambda section: section.saved_at, default=None)
