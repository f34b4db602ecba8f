"""What of an earlier application still says something in a later one: figures of one year move back or fall away (Art. 7(3), 9(3)).

Pure: the texts of a section as filed, how many years lie between, in; the texts to begin with and what was left out, out.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from applications.models import ListKind
from applications.schema import BY_KEY, Field

# Where a figure stands, the year it is of: what was last year's is the year before's one year later.
SERVED_YEARS = ("smes_last_year", "smes_year_before", "smes_two_years_before")
ALWAYS_ANEW = {
    "identity": ("round", "earlier_document", "earlier_valid_to", "sanctioned", "sanction_note"),
    "undertaking": tuple(field.key for field in BY_KEY["undertaking"].fields),
}
_OF_ONE_YEAR = {
    "finance": tuple(field.key for field in BY_KEY["finance"].fields),
    "service": (
        "specialised_smes", "satisfaction", "satisfaction_method", "total_services", "free_services", "low_fee_services",
    ),
}  # fmt: skip
_FUNCTION_FIGURES = ("enterprises", "activities", "person_times", "financed", "guaranteed")

ANEW, GONE, UNREADABLE = "每年重新填写", "现在的申请报告没有这一栏", "不合现在的填写格式"
LeftOut = dict[str, list[str]]


def carried_section(key: str, data: dict[str, str], years: int) -> tuple[dict[str, str], LeftOut]:
    """The texts to take over into a form ``years`` later, and by reason the labels of what is not."""
    taken: dict[str, str] = {}
    left: LeftOut = {}
    fields = {field.key: field for field in BY_KEY[key].fields}
    for name, raw in _moved(key, data, years).items():
        if not raw.strip():
            continue
        reason = _reason_against(key, fields.get(name), name, raw, years)
        if reason:
            left.setdefault(reason, []).append(fields[name].label if name in fields else name)
        else:
            taken[name] = raw
    return taken, left


def _moved(key: str, data: dict[str, str], years: int) -> dict[str, str]:
    """The number of enterprises of each year under the place that year has now."""
    if key != "service" or not years:
        return data
    moved = {name: text for name, text in data.items() if name not in SERVED_YEARS}
    for place, name in enumerate(SERVED_YEARS[years:], years):
        moved[name] = data.get(SERVED_YEARS[place - years], "")
    return moved


def _reason_against(section: str, field: Field | None, name: str, raw: str, years: int) -> str:
    if field is None:
        return GONE
    if name in ALWAYS_ANEW.get(section, ()) or (years and _of_one_year(section, name)):
        return ANEW
    try:
        field.parse(raw)
    except ValueError:
        return UNREADABLE
    return ""


def _of_one_year(section: str, name: str) -> bool:
    if section == "functions":
        return name.rpartition(".")[2] in _FUNCTION_FIGURES
    return name in _OF_ONE_YEAR.get(section, ())


def carried_rows(kind: str, rows: list[dict[str, Any]], closing: date) -> tuple[list[dict[str, Any]], dict[str, int]]:
    """The rows that still count for a call closing on the day, and by reason how many do not."""
    taken, left = [], dict[str, int]()
    for row in rows:
        reason = next(_row_reasons(kind, row, closing), "")
        if reason:
            left[reason] = left.get(reason, 0) + 1
        else:
            taken.append(row)
    return taken, left


def _row_reasons(kind: str, row: dict[str, Any], closing: date) -> Iterator[str]:
    last = closing.year - 1
    if kind == ListKind.SERVED and not last - len(SERVED_YEARS) < row["year"] <= last:
        yield f"不在{last - len(SERVED_YEARS) + 1}至{last}年度之内"
    day = row.get({ListKind.ACTIVITIES.value: "held_on", ListKind.FINANCING.value: "arranged_on"}.get(kind, ""))
    year = row.get("year") if kind == ListKind.SERVICES else day and day.year
    if year and year != last:
        yield f"不是{last}年度的"
    ends = row.get({ListKind.INSTITUTIONS.value: "ends_on", ListKind.QUALIFICATIONS.value: "valid_to"}.get(kind, ""))
    if ends and ends < closing:
        yield "在申报截止日之前到期"
