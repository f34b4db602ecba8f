"""附件1 on paper: the frozen content arranged into tables, chapters and annexed lists."""

from collections.abc import Iterator, Sequence
from typing import Any

from applications import answering, reading, schema
from applications.facts import problems_of
from applications.reading import Content, Entry
from regulation import facts_json
from regulation.articles import article_label, chinese_number
from regulation.eligibility import assess
from regulation.functions import FUNCTIONS
from regulation.parameters import Parameters

GROUP = 8
Row = list[tuple[str, str, int]]
ISSUED_BY = "昆明市工业和信息化局"
AS_TABLES = tuple(
    section.key
    for section in schema.SECTIONS
    if section.key not in (reading.FUNCTIONS, reading.NARRATIVE, reading.UNDERTAKING)
)
SHORT, LONGEST_LABEL = 14, 18
WHOLE = 0


def report(
    content: Content, fingerprint: str, number: int, parameters: Parameters, *, masked: bool = False
) -> dict[str, Any]:
    """Everything the template of 附件1 shows; ``masked`` hides the contact's numbers."""
    body = content["organisation"]
    return {
        "year": content["year"],
        "platform": content["platform_name"],
        "operator": body["name"],
        "district": body["district"],
        "made_by": ISSUED_BY,
        "fingerprint_line": f"附件1　{body['name']}　第{number}版　内容指纹 {in_groups(fingerprint, 16)}",
        "organisation": [("", rows_of(reading.organisation(content)))],
        "tables": [_section_table(content, key, masked) for key in AS_TABLES],
        "figures": reading.figures(content),
        "shares": reading.shares(content, parameters),
        "counted": _counted(content, parameters),
        "functions": _functions(content),
        "chapters": reading.section(content, reading.NARRATIVE).groups,
        "undertaking": [entry.label for group in _undertaking(content) for entry in group.entries],
        "lists": reading.tables(content),
        "file_classes": [(chinese_number(group.number), group) for group in reading.file_classes(content)],
    }


def in_groups(text: str, size: int = GROUP) -> str:
    """A long code in groups, so that people can compare it."""
    return " ".join(text[start : start + size] for start in range(0, len(text), size))


def rows_of(entries: Sequence[Entry]) -> list[Row]:
    """Label and value pairs, two pairs a row where both are short; the number is the columns the value spans
    (0: the label takes three of the four)."""
    rows: list[Row] = []
    half: Entry | None = None
    for entry in entries:
        if entry.is_long or len(entry.value) > SHORT or len(entry.label) > LONGEST_LABEL:
            rows += [[_alone(half)]] if half else []
            rows.append([_alone(entry)])
            half = None
        elif half:
            rows.append([(half.label, half.value, 1), (entry.label, entry.value, 1)])
            half = None
        else:
            half = entry
    return rows + ([[_alone(half)]] if half else [])


def _alone(entry: Entry) -> tuple[str, str, int]:
    return entry.label, entry.value, 3


def _section_table(content: Content, key: str, masked: bool) -> dict[str, Any]:
    section = reading.section(content, key, masked=masked)
    return {"title": section.title, "groups": [(group.legend, rows_of(group.entries)) for group in section.groups]}


def _counted(content: Content, parameters: Parameters) -> list[dict[str, Any]]:
    """Every figure the rules ask for: its value, article, how it is counted, and the rows that do not count."""
    assessment = assess(facts_json.from_json(content["facts"]), parameters).with_rows(problems_of(content))
    answers = [*assessment.answers, *(judged.answer for judged in assessment.functions if judged.answer)]
    return [answering.line(finding) for answer in answers for finding in answer.findings if finding.reading]


def _functions(content: Content) -> list[dict[str, Any]]:
    """One block per declared function: its figures, its preconditions, its description."""
    data = content["sections"].get(reading.FUNCTIONS, {})
    return [_function(key, data) for key in schema.declared_functions(data)]


def _function(key: str, data: dict[str, str]) -> dict[str, Any]:
    rule = FUNCTIONS[key]
    fields = {field.key: field for field in schema.BY_KEY[reading.FUNCTIONS].fields}
    asked = [f"{key}.{name}" for name in (*schema.figures_of(key), *(item.key for item in rule.preconditions))]
    rows: list[Row] = [[(fields[name].label, fields[name].shown(data.get(name, "")), WHOLE)] for name in asked]
    if data.get(f"{key}.note"):
        rows.append([("服务内容和方式", data[f"{key}.note"], 3)])
    distinctive = "（特色服务功能）" if data.get(f"{key}.distinctive") == schema.YES else ""
    return {"title": f"{rule.label}{distinctive}　{article_label(rule.citation)}", "groups": [("", rows)]}


def _undertaking(content: Content) -> Iterator[reading.Group]:
    yield from reading.section(content, reading.UNDERTAKING).groups
