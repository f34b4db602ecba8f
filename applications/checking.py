"""The check before filing: every field typed, every list and material required there, each problem with where to put it right."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from django.urls import reverse

from applications.drafts import Draft
from applications.listforms import LISTS, duplicates
from applications.models import ListKind
from applications.models.carried import Carried
from applications.schema import BY_KEY, SECTIONS, YES, Field, Kind, Section
from regulation import materials

SECTION, LIST, MATERIAL = "section", "list", "material"
REPORT = "application_report"
YEARS_ASKED = 3
# Which years' rows a list asks for, back from the last calendar year: only they give figures.
YEARS_LISTED: dict[str, int] = {ListKind.SERVED: YEARS_ASKED, ListKind.FINANCING: 1, ListKind.SERVICES: 1}
CARRIED_ANCHOR = "carried"


class Progress(Enum):
    """How far a part is; the badge's words and tone."""

    NOT_BEGUN = ("未开始", "todo")
    BEGUN = ("填写中", "doing")
    FAULTY = ("需改正", "bad")
    CARRIED = ("请核对", "warn")
    DONE = ("已完成", "done")
    OPTIONAL = ("选填", "wait")


@dataclass(frozen=True)
class Problem:
    """One thing to put right: the words, the part it is in, the field's anchor, and whether something wrong was filled in."""

    words: str
    part: str
    key: str
    anchor: str = ""
    wrong: bool = False

    def url(self, application_uuid: object) -> str:
        """The page and field where it is put right."""
        address = reverse(f"applications:{_PAGES[self.part]}", args=[application_uuid, self.key])
        return f"{address}#{self.anchor}" if self.anchor else address


_PAGES = {SECTION: "section", LIST: "list", MATERIAL: "material"}


@dataclass(frozen=True)
class Part:
    """One part of the task list with its problems."""

    part: str
    key: str
    title: str
    hint: str
    progress: Progress
    problems: tuple[Problem, ...] = ()

    @property
    def status(self) -> str:
        """Words of the badge: 2 处需改正, 填写中, 已完成."""
        wrong = sum(problem.wrong for problem in self.problems)
        return f"{wrong} 处需改正" if self.progress is Progress.FAULTY else self.progress.value[0]

    @property
    def tone(self) -> str:
        """Tone of the badge."""
        return self.progress.value[1]

    @property
    def complete(self) -> bool:
        """Nothing missing and nothing wrong."""
        return self.progress in (Progress.DONE, Progress.OPTIONAL)


@dataclass(frozen=True)
class Report:
    """All parts in the order of the form."""

    parts: tuple[Part, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything to put right, in the order of the form."""
        return tuple(problem for part in self.parts for problem in part.problems)

    @property
    def complete(self) -> bool:
        """Whether the draft may go to the signatory."""
        return not self.problems

    def part(self, part: str, key: str) -> Part:
        """One part. Raises StopIteration when there is none."""
        return next(one for one in self.parts if (one.part, one.key) == (part, key))

    def of(self, part: str) -> list[Part]:
        """All sections, all lists or all classes of material."""
        return [one for one in self.parts if one.part == part]


def check(draft: Draft) -> Report:
    """Judge form and completeness, never eligibility: whoever misses a threshold may still apply (Art. 6)."""
    parts = [check_section(section, draft) for section in SECTIONS]
    parts += [_list(draft, kind) for kind in LISTS]
    parts += [_material_class(draft, group) for group in materials.CLASSES]
    return Report(tuple(parts))


def check_section(section: Section, draft: Draft) -> Part:
    """One section of the form."""
    data = draft.data(section.key)
    problems = tuple(_section_problems(section, data, draft.closes_on))
    if section.key == "functions" and not draft.functions:
        problems = (*problems, Problem("请至少勾选一项服务功能。", SECTION, section.key, "id_information.declared"))
    saved = draft.saved.get(section.key)
    unchecked = _carried(section.title, saved, SECTION, section.key)
    problems = (*unchecked, *problems)
    if saved is None:
        progress = Progress.NOT_BEGUN
    elif any(problem.wrong for problem in problems):
        progress = Progress.FAULTY
    elif unchecked:
        progress = Progress.CARRIED
    else:
        progress = Progress.BEGUN if problems else Progress.DONE
    return Part(SECTION, section.key, section.title, section.hint, progress, problems)


def _carried(title: str, found: Carried | None, part: str, key: str) -> tuple[Problem, ...]:
    """What was taken over from an earlier application is nobody's word before somebody has looked at it."""
    if found is None or not found.awaits_check:
        return ()
    return (Problem(f"{title}：{found.carried_words}，请核对后保存或者确认沿用。", part, key, CARRIED_ANCHOR),)


def field_problems(section: Section, data: dict[str, str], closes_on: date) -> dict[str, str]:
    """What is wrong with what was typed, by field key; blanks are not wrong yet."""
    return {field.key: words for field, words, wrong in _faults(section, data, closes_on) if wrong}


def _section_problems(section: Section, data: dict[str, str], closes_on: date) -> Iterator[Problem]:
    for field, words, wrong in _faults(section, data, closes_on):
        yield Problem(f"{field.label}：{words}", SECTION, section.key, f"id_{field.key}", wrong)


def _faults(section: Section, data: dict[str, str], closes_on: date) -> Iterator[tuple[Field, str, bool]]:
    """Field, words, and whether something wrong was typed (rather than nothing)."""
    for field in section.fields:
        raw = data.get(field.key, "")
        if field.asked(data) and (words := _field_words(section, field, raw, data, closes_on)):
            yield field, words, bool(raw.strip()) and field.kind != Kind.TICK


def _field_words(section: Section, field: Field, raw: str, data: dict[str, str], closes_on: date) -> str:
    if not raw.strip() or (field.kind == Kind.TICK and raw != YES):
        if not field.required:
            return ""
        return (
            "请勾选。"
            if field.kind == Kind.TICK
            else "请选择。"
            if field.choices or field.kind == Kind.YES_NO
            else "请填写。"
        )
    try:
        value = field.parse(raw)
    except ValueError as error:
        return str(error)
    return _together(section.key, field.key, value, data, closes_on)


def _together(section: str, key: str, value: object, data: dict[str, str], closes_on: date) -> str:
    """What is wrong with a value beside others: order of dates, parts larger than the whole."""
    if isinstance(value, date) and (section, key) in _PAST and value > closes_on:
        return "不能晚于申报截止日，请核对。"
    whole = _PART_OF.get((section, key))
    if whole:
        other = BY_KEY[section].field(whole).value(data.get(whole, ""))
        if other is not None and value > other:
            return f"不能大于“{BY_KEY[section].field(whole).label}”，请核对。"
    first = _AFTER.get((section, key))
    if first:
        earlier = BY_KEY[section].field(first).value(data.get(first, ""))
        if earlier is not None and value < earlier:
            return f"不能早于“{BY_KEY[section].field(first).label}”，请核对。"
    return ""


_PAST = {
    ("identity", "founded_on"),
    ("identity", "started_on"),
    ("finance", "credit_checked_on"),
    ("premises", "lease_from"),
}
_PART_OF = {
    ("service", "specialised_smes"): "smes_last_year",
    ("service", "free_services"): "total_services",
    ("service", "low_fee_services"): "total_services",
    ("management", "full_time_staff"): "staff_total",
    ("management", "qualified_staff"): "full_time_staff",
    ("finance", "service_income"): "revenue",
}
_AFTER = {("premises", "lease_to"): "lease_from"}


def _list(draft: Draft, kind: str) -> Part:
    form, rows = LISTS[kind], draft.rows[kind]
    problems = tuple(_list_problems(draft, kind))
    unchecked = _carried(form.title, draft.batches.get(kind), LIST, kind) if rows else ()
    if rows:
        repeated = len(duplicates(form, [(row["position"], row) for row in rows]))
        hint = f"已有 {len(rows)} 行" + (f"，其中 {repeated} 行重复，{form.repeated}" if repeated else "")
        progress = Progress.FAULTY if problems else Progress.CARRIED if unchecked else Progress.DONE
        problems = (*unchecked, *problems)
    else:
        hint = form.hint
        progress = Progress.NOT_BEGUN if problems else Progress.OPTIONAL
    return Part(LIST, kind, form.title, hint, progress, problems)


def _list_problems(draft: Draft, kind: str) -> Iterator[Problem]:
    rows, last = draft.rows[kind], draft.closes_on.year - 1
    if not rows:
        if kind in _required_lists(draft):
            yield Problem(f"{LISTS[kind].title}：请导入或者填写。", LIST, kind)
        return
    if kind in YEARS_LISTED:
        first = last - YEARS_LISTED[kind] + 1
        strange = sorted({year for row in rows if not first <= (year := _year_of(row)) <= last})
        if strange:
            years, asked = "、".join(map(str, strange)), f"{first}至{last}" if first < last else str(last)
            words = f"{LISTS[kind].title}：有{years}年度的内容，请只列{asked}年度。"
            yield Problem(words, LIST, kind, wrong=True)


def _year_of(row: Mapping[str, Any]) -> int:
    year: int = row["year"] if "year" in row else row["arranged_on"].year
    return year


def _required_lists(draft: Draft) -> set[str]:
    """What Art. 7 and 8 count must stand in a list: the share of Art. 7(5) always, amounts when financing is declared."""
    always = (ListKind.SERVED, ListKind.STAFF, ListKind.INSTITUTIONS, ListKind.SERVICES)
    needed = {kind.value for kind in always}
    if "financing" in draft.functions:
        needed.add(ListKind.FINANCING.value)
    if draft.functions:
        needed.add(ListKind.ACTIVITIES.value)
    if draft.says_yes("premises", "equipment"):
        needed.add(ListKind.EQUIPMENT.value)
    return needed


def _material_class(draft: Draft, group: materials.MaterialClass) -> Part:
    """One class of Art. 9. The report itself (class 1) is made by the system and signed when the draft is confirmed."""
    files = [material for material in draft.materials if material.category == group.number]
    problems = tuple(
        Problem(f"{group.label}：请上传{'或者'.join(item.label for item in either)}。", MATERIAL, str(group.number))
        for either in missing_documents(draft)
        if either[0] in group.materials
    )
    if group.number == 1:
        return Part(MATERIAL, "1", group.label, "按填报内容生成，送签后下载、签字、盖章并上传扫描件", Progress.OPTIONAL)
    refused = [material.file.name for material in files if material.file.is_refused]
    if refused:
        words = f"{group.label}：“{'”“'.join(refused)}”没有通过安全检查，请替换或者移除。"
        problems = (*problems, Problem(words, MATERIAL, str(group.number), wrong=True))
    unchecked = next((one for one in files if one.awaits_check), None)
    problems = (*_carried(group.label, unchecked, MATERIAL, str(group.number)), *problems)
    if refused:
        progress = Progress.FAULTY
    elif unchecked:
        progress = Progress.CARRIED
    elif problems:
        progress = Progress.BEGUN if files else Progress.NOT_BEGUN
    else:
        progress = Progress.DONE if files else Progress.OPTIONAL
    hint = f"已上传 {len(files)} 份" if files else "、".join(item.label for item in group.materials)
    return Part(MATERIAL, str(group.number), group.label, hint, progress, problems)


def missing_documents(draft: Draft) -> tuple[tuple[materials.Material, ...], ...]:
    """Groups of required documents of which none is uploaded, the signed report left aside."""
    return materials.missing(
        draft.documents | {REPORT},
        claims_qualifications=draft.claims_qualifications,
        functions=draft.functions,
    )
