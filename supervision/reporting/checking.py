"""The check before filing: every field read, every needed list there, each problem with where to put it right."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from applications.checking import Progress
from applications.models import ListKind
from applications.schema import YES, Field, Kind, Section
from supervision.reporting.drafts import Draft
from supervision.reporting.lists import LISTS
from supervision.reporting.schema import BY_KEY, NEEDED, PARTS, SECTIONS

SECTION, LIST = "section", "list"
_PAGES = {SECTION: "supervision:report_section", LIST: "supervision:report_list"}


@dataclass(frozen=True)
class Problem:
    """One thing to put right; ``wrong`` when something was filled in that cannot be right."""

    words: str
    part: str
    key: str
    anchor: str = ""
    wrong: bool = False

    def url(self, report_uuid: object) -> str:
        """The page and field where it is put right."""
        address = reverse(_PAGES[self.part], args=[report_uuid, self.key])
        return f"{address}#{self.anchor}" if self.anchor else address


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
        """Words of the badge."""
        wrong = sum(problem.wrong for problem in self.problems)
        return f"{wrong} 处需改正" if self.progress is Progress.FAULTY else self.progress.value[0]

    @property
    def tone(self) -> str:
        """Tone of the badge."""
        return self.progress.value[1]

    def url(self, report_uuid: object) -> str:
        """The page of the part."""
        return reverse(_PAGES[self.part], args=[report_uuid, self.key])


@dataclass(frozen=True)
class Check:
    """All parts in the order of the form."""

    parts: tuple[Part, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything to put right."""
        return tuple(problem for part in self.parts for problem in part.problems)

    @property
    def done(self) -> int:
        """How many parts lack nothing."""
        return sum(not part.problems for part in self.parts)

    def of(self, part: str) -> list[Part]:
        """All sections or all lists."""
        return [one for one in self.parts if one.part == part]

    @property
    def following(self) -> Part | None:
        """The first part that is not complete."""
        return next((part for part in self.parts if part.problems), None)


def check(draft: Draft) -> Check:
    """Judge form and completeness, never performance."""
    return Check(
        (*(check_section(section, draft) for section in SECTIONS), *(check_list(draft, kind) for kind in LISTS))
    )


def check_section(section: Section, draft: Draft) -> Part:
    """One section of the form."""
    data = draft.data(section.key)
    problems = tuple(
        Problem(f"{field.label}：{words}", SECTION, section.key, f"id_{field.key}", wrong)
        for field, words, wrong in _faults(section, data)
    )
    if section.key not in draft.saved:
        progress = Progress.NOT_BEGUN
    elif any(problem.wrong for problem in problems):
        progress = Progress.FAULTY
    else:
        progress = Progress.BEGUN if problems else Progress.DONE
    return Part(SECTION, section.key, section.title, section.hint, progress, problems)


def field_problems(section: Section, data: dict[str, str]) -> dict[str, str]:
    """What is wrong with what was typed, by field key; blanks are not wrong yet."""
    return {field.key: words for field, words, wrong in _faults(section, data) if wrong}


def _faults(section: Section, data: dict[str, str]) -> Iterator[tuple[Field, str, bool]]:
    for field in section.fields:
        raw = data.get(field.key, "")
        if field.asked(data) and (words := _words(section, field, raw, data)):
            yield field, words, bool(raw.strip())


def _words(section: Section, field: Field, raw: str, data: dict[str, str]) -> str:
    if not raw.strip():
        return "" if not field.required else "请选择。" if field.kind == Kind.YES_NO else "请填写。"
    try:
        value = field.parse(raw)
    except ValueError as error:
        return str(error)
    whole = PARTS.get((section.key, field.key))
    other = section.field(whole).value(data.get(whole, "")) if whole else None
    return "" if other is None or value <= other else f"不能大于“{section.field(str(whole)).label}”，请核对。"


def check_list(draft: Draft, kind: str) -> Part:
    """One of the lists."""
    form, rows = LISTS[kind], draft.rows(kind)
    problems = tuple(_list_problems(draft, kind))
    if rows:
        progress = Progress.FAULTY if problems else Progress.DONE
    else:
        progress = Progress.NOT_BEGUN if problems else Progress.OPTIONAL
    return Part(LIST, kind, form.title, f"已有 {len(rows)} 行" if rows else form.hint, progress, problems)


def _list_problems(draft: Draft, kind: str) -> Iterator[Problem]:
    rows, year, title = draft.rows(kind), draft.report.year, LISTS[kind].title
    if not rows:
        section, key = NEEDED.get(kind, ("", ""))
        if section and draft.data(section).get(key, "").strip() != "0":
            label = BY_KEY[section].field(key).label
            yield Problem(f"{title}：请导入或者填写；确实没有的，请将“{label}”填为 0。", LIST, kind)
    elif kind == ListKind.SERVED and any(row.get("year") != year for row in rows):
        yield Problem(f"{title}：只列{year}年度服务的企业，请删除其他年度的行。", LIST, kind, wrong=True)
    elif kind == ListKind.ACTIVITIES and any(_year(row.get("held_on")) != year for row in rows):
        yield Problem(f"{title}：只列{year}年度开展的活动，请删除其他年度的行。", LIST, kind, wrong=True)
    elif kind == ListKind.SERVICES and any(row.get("year") != year for row in rows):
        yield Problem(f"{title}：只列{year}年度的服务量，请删除其他年度的行。", LIST, kind, wrong=True)
    elif kind == ListKind.FINANCING and any(_year(row.get("arranged_on")) != year for row in rows):
        yield Problem(f"{title}：只列{year}年度的融资、担保，请删除其他年度的行。", LIST, kind, wrong=True)


def _year(day: object) -> int | None:
    return date.fromisoformat(day).year if isinstance(day, str) and day else None


def says_yes(draft: Draft, section: str, key: str) -> bool:
    """Whether a yes/no field is answered with yes."""
    return draft.data(section).get(key) == YES
