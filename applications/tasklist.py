"""The applicant's home of one application: what is done, what is open, the eligibility answer, the road ahead."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from applications.checking import LIST, MATERIAL, SECTION, Part, Progress, Report
from applications.drafts import Draft
from applications.models import Application
from applications.presence import Colleague, words
from regulation.answers import Answer, Verdict
from regulation.eligibility import RECOMMENDED, Assessment
from timekeeping.dates import chinese_deadline

People = Mapping[str, list[Colleague]]
PAGE_OF = {SECTION: "section", LIST: "list", MATERIAL: "material"}

# fmt: off
GROUPS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("一、单位情况", ((SECTION, "identity"), (SECTION, "finance"), (SECTION, "premises"), (LIST, "equipment"), (SECTION, "management"), (LIST, "staff"))),
    ("二、服务情况", ((SECTION, "service"), (LIST, "served"), (SECTION, "functions"), (LIST, "activities"), (SECTION, "resources"), (LIST, "institutions"))),
    ("三、申请报告和资质", ((SECTION, "narrative"), (LIST, "qualifications"))),
)
ORDER = tuple(entry for _, entries in GROUPS for entry in entries)
TONES = {Verdict.MET: "done", Verdict.NOT_MET: "bad", Verdict.EVIDENCE_MISSING: "warn", Verdict.NOT_YET_KNOWN: "wait"}
WHERE = {
    "operator": (SECTION, "identity"), "performance": (LIST, "served"), "premises": (SECTION, "premises"),
    "rules_and_charges": (SECTION, "management"), "staff": (LIST, "staff"), "resources": (LIST, "institutions"),
    "informatisation": (SECTION, "resources"), "several_or_distinctive": (SECTION, "functions"),
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


def panels(report: Report, application: Application, elsewhere: People) -> list[dict[str, Any]]:
    """The groups of the task list with counts, in the shape of ``ui/tasks.html``; ``elsewhere`` says who is at which section."""
    return [
        _panel(title, [report.part(*entry) for entry in entries], application, elsewhere) for title, entries in GROUPS
    ]


def _panel(title: str, parts: list[Part], application: Application, elsewhere: People) -> dict[str, Any]:
    done = sum(part.complete for part in parts)
    return {"title": title, "aside": f"{done} / {len(parts)}", "tasks": tasks(parts, application, elsewhere)}


def tasks(parts: Iterable[Part], application: Application, elsewhere: People) -> list[dict[str, Any]]:
    """Parts as rows of ``ui/tasks.html``."""
    return [
        {
            "label": part.title,
            "url": url_of(part, application),
            "hint": part.hint,
            "here": words(elsewhere.get(part.key, [])) if part.part == SECTION else "",
            "tone": part.tone,
            "status": part.status,
        }
        for part in parts
    ]


def eligibility(assessment: Assessment, application: Application) -> dict[str, Any]:
    """The panel 资格自检: what is open first, with the figure and where to supply it; what is met folded away."""
    answers = assessment.answers
    own = [answer for answer in answers if answer.key != RECOMMENDED]
    open_ones = [answer for answer in own if answer.verdict is not Verdict.MET]
    met = [answer for answer in own if answer.verdict is Verdict.MET]
    failed = sum(answer.verdict is Verdict.NOT_MET for answer in own)
    counts = ((len(met), "项符合"), (failed, "项不符合"), (len(open_ones) - failed, "项待补"))
    return {
        "words": f"{len(own)} 项条件：" + "，".join(f"{number} {name}" for number, name in counts if number),
        "open": [_item(answer, application) for answer in open_ones],
        "met": [_item(answer, application) for answer in met],
        "waiting": [_item(answer, application) for answer in answers if answer.key == RECOMMENDED],
    }


def _item(answer: Answer, application: Application) -> dict[str, Any]:
    open_findings = [finding for finding in answer.findings if finding.verdict is not Verdict.MET]
    why = "；".join(finding.figure for finding in open_findings[:3]) or answer.findings[0].figure
    if len(open_findings) > 3:
        why += f"；另有 {len(open_findings) - 3} 项"
    item = {"label": answer.title, "cite": answer.article_label, "tone": TONES[answer.verdict], "why": why}
    if open_findings and answer.key in WHERE:
        part, key = WHERE[answer.key]
        item |= {"url": reverse(f"applications:{PAGE_OF[part]}", args=[application.uuid, key]), "action": "去填写"}
    return item


def road(application: Application) -> list[dict[str, str]]:
    """The way ahead while the draft is being filled in, for ``ui/flow.html``; filing itself with its end."""
    end = chinese_deadline(application.closes_at)
    return [
        {"label": label, "note": note if place else f"{end}前，{note}", "state": "next" if place else "now"}
        for place, (label, note) in enumerate(ROAD)
    ]


def last_saved(draft: Draft) -> Any:
    """The section saved last, or None."""
    return max(draft.saved.values(), key=lambda section: section.saved_at, default=None)
