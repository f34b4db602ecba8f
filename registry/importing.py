"""Judging a whole workbook of old titles: its rows among themselves and against the book."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.models import Organisation
from files.excel import ImportedRow, RowError, marked_copy, read_rows
from files.models import StoredFile
from registry import old_titles
from registry.models import Ban, Plaque, Title
from registry.old_titles import fault, has_ban, has_title
from timekeeping import clock

UNIQUE = (("number", "原证号"), ("plaque_serial", "牌匾编号"))


@dataclass(frozen=True)
class Preview:
    """What a workbook would bring now: the rows that can be taken over, and everything to put right in the others."""

    rows: Sequence[ImportedRow]
    errors: Sequence[RowError]
    ignored: Sequence[str]

    @property
    def titles(self) -> int:
        return sum(has_title(row.values) for row in self.rows)

    @property
    def bans(self) -> int:
        return sum(has_ban(row.values) for row in self.rows)

    @property
    def refused(self) -> int:
        """How many rows have at least one problem."""
        return len({error.row for error in self.errors})


def preview(file: StoredFile) -> Preview:
    """Read and judge the workbook; writes nothing. Raises files.errors.Refused when it cannot be read as this list."""
    columns = old_titles.columns()
    result = read_rows(file, columns)
    # A required column that is missing from the sheet leaves rows without it: none of them can be taken.
    required = {column.key for column in columns if column.required}
    rows = [row for row in result.rows if required <= row.values.keys()]
    errors = sorted([*result.errors, *_judged(rows, clock.today())], key=lambda error: error.row)
    wrong = {error.row for error in errors}
    return Preview([row for row in rows if row.number not in wrong], errors, result.ignored)


def marked(file: StoredFile) -> bytes:
    """The workbook once more with every problem marked, ready to be corrected."""
    return marked_copy(file, old_titles.columns(), preview(file).errors)


def _judged(rows: Sequence[ImportedRow], today: date) -> Iterator[RowError]:
    for row in rows:
        yield from old_titles.faults(row.number, row.values, today)
    yield from _repeated(rows)
    yield from _operators(rows)
    yield from _terms(rows)


def _repeated(rows: Sequence[ImportedRow]) -> Iterator[RowError]:
    """A number or serial that the book or an earlier row has already."""
    known: dict[str, set[str]] = {
        "number": set(Title.objects.filter(number__in=_values(rows, "number")).values_list("number", flat=True)),
        "plaque_serial": set(
            Plaque.objects.filter(serial__in=_values(rows, "plaque_serial")).values_list("serial", flat=True)
        ),
    }
    for key, header in UNIQUE:
        seen: dict[str, int] = {}
        for row in rows:
            value = row.values.get(key)
            if value and value in known[key]:
                yield fault(row.number, key, row.values, f"该{header}已经登记", "请核对；已登记的删去此行")
            elif value and value in seen:
                words = f"与第 {seen[value]} 行重复"
                yield fault(row.number, key, row.values, words, "请核对，同一称号只保留一行")
            seen.setdefault(str(value), row.number)


def _operators(rows: Sequence[ImportedRow]) -> Iterator[RowError]:
    """One credit code is one operator: within the file, and as the system knows it."""
    known = {o.credit_code: o.name for o in Organisation.objects.filter(credit_code__in=_values(rows, "credit_code"))}
    first: dict[str, ImportedRow] = {}
    for row in rows:
        code = row.values["credit_code"]
        registered = known.get(code)
        if registered and registered != row.values["operator"]:
            words = f"该信用代码在系统中登记为“{registered}”"
            yield fault(row.number, "operator", row.values, words, "请核对名称；已更名的先办理变更备案")
        earlier = first.setdefault(code, row)
        for key in old_titles.OPERATOR:
            if earlier.values[key] != row.values[key]:
                words = f"与第 {earlier.number} 行同一信用代码的内容不同"
                yield fault(row.number, key, row.values, words, "请核对后填写一致")


@dataclass(frozen=True)
class _Span:
    """A term or a ban of one credit code; ``row`` is None for one that stands in the book."""

    code: str
    kind: str
    first: date
    last: date
    row: ImportedRow | None
    words: str


def _terms(rows: Sequence[ImportedRow]) -> Iterator[RowError]:
    """Terms of one operator do not overlap, and no title is in force during a ban."""
    spans = [*_in_the_book(_values(rows, "credit_code")), *_in_the_file(rows)]
    for place, span in enumerate(spans):
        for other in spans[:place]:
            if span.row and span.code == other.code and span.first <= other.last and other.first <= span.last:
                key = "valid_from" if span.kind == "title" else "ban_from"
                words = f"与{other.words}的日期重叠"
                advice = "请核对；称号期间与限制申报期间互不重叠，被取消的称号不填称号各列"
                yield fault(span.row.number, key, span.row.values, words, advice)


def _in_the_book(codes: Iterable[str]) -> Iterator[_Span]:
    for title in Title.objects.filter(credit_code__in=codes):
        yield _Span(title.credit_code, "title", title.valid_from, title.last_day, None, f"称号 {title.number}")
    for ban in Ban.objects.filter(credit_code__in=codes, lifted_at__isnull=True):
        words = f"已登记的限制申报（{ban.starts_on} 至 {ban.ends_on}）"
        yield _Span(ban.credit_code, "ban", ban.starts_on, ban.ends_on, None, words)


def _in_the_file(rows: Iterable[ImportedRow]) -> Iterator[_Span]:
    for row in rows:
        values: dict[str, Any] = row.values
        code = values["credit_code"]
        if all(values.get(key) for key in old_titles.TITLE):
            words = f"第 {row.number} 行的称号"
            yield _Span(code, "title", values["valid_from"], values["valid_to"], row, words)
        if all(values.get(key) for key in old_titles.BAN):
            words = f"第 {row.number} 行的限制申报"
            yield _Span(code, "ban", values["ban_from"], values["ban_to"], row, words)


def _values(rows: Iterable[ImportedRow], key: str) -> list[Any]:
    return [row.values[key] for row in rows if row.values.get(key)]
