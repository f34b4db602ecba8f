"""Forms of the lists: one upload, one row made from the list's columns, the faulty cells of an upload."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.widgets import Day, Segments, Upload
from applications.importing import Fault
from applications.listforms import ListForm, plain, shown
from files.excel import Column, Kind
from files.excel.columns import CellProblem
from files.forms import DocumentField
from files.purposes import Purpose

_YES_NO = (("是", "是"), ("否", "否"))
_TYPES = {Kind.PHONE: "tel"}


class UploadForm(forms.Form):
    """The filled-in workbook."""

    workbook = DocumentField(label="填好的 Excel 文件", purpose=Purpose.LIST, widget=Upload)


class RowForm(forms.Form):
    """One row, read by the same columns as an imported one, so that both are judged alike."""

    use_required_attribute = False

    def __init__(self, spec: ListForm, data: Any = None, values: Mapping[str, Any] | None = None) -> None:
        initial = {c.key: _typed_in(c, (values or {}).get(c.key)) for c in spec.columns}
        super().__init__(data, initial=initial)
        self.spec = spec
        for column in spec.columns:
            self.fields[column.key] = _ColumnField(column)


class _ColumnField(forms.CharField):
    """A text field whose value goes through the column."""

    def __init__(self, column: Column) -> None:
        super().__init__(
            label=column.header, required=column.required, help_text=column.help, widget=_widget(column),
            error_messages={"required": f"请填写{column.header}。"}, strip=True,
        )  # fmt: skip
        self.column = column

    def clean(self, value: str | None) -> Any:
        text = super().clean(value)
        labels = dict(self.column.choices)
        try:
            return self.column.parse(("s", labels.get(text, text)))
        except CellProblem as problem:
            raise ValidationError(f"{problem.reason}，{problem.suggestion}。") from problem


class FixForm(forms.Form):
    """A field for each faulty cell; what it says is judged by the import itself, so nothing is refused here."""

    PREFIX = "fix-"
    use_required_attribute = False

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(initial={f"{self.PREFIX}{fault.error.cell}": fault.text for fault in faults})
        self.faults = faults
        for fault in faults:
            field = forms.CharField(required=False, widget=_fixing(fault))
            self.fields[f"{self.PREFIX}{fault.error.cell}"] = field

    def cells(self) -> Iterator[tuple[Fault, forms.BoundField]]:
        """Each fault with its field, in the order of the sheet."""
        for fault in self.faults:
            yield fault, self[f"{self.PREFIX}{fault.error.cell}"]

    @classmethod
    def texts(cls, posted: Mapping[str, str]) -> dict[str, str]:
        """The texts that came, by cell address."""
        return {name.removeprefix(cls.PREFIX): posted[name] for name in posted if name.startswith(cls.PREFIX)}


def _fixing(fault: Fault) -> forms.Widget:
    """A choice where the column offers one, what stands there now first among them; a text field otherwise."""
    name = f"第 {fault.error.row} 行 {fault.column.header}"
    attributes = {"aria-label": name, "aria-describedby": f"why-{fault.error.cell}", "maxlength": 2000}
    labels = [label for _, label in fault.column.choices] or (["是", "否"] if fault.column.kind == Kind.BOOL else [])
    if labels:
        attributes.pop("maxlength")
        now = (fault.text, fault.text or "请选择")
        return forms.Select(attributes | {"class": "form-select-sm"}, [now, *zip(labels, labels, strict=True)])
    widget = forms.TextInput(attributes | {"class": "form-control-sm"})
    widget.input_type = _TYPES.get(Kind(fault.column.kind), "text")
    return widget


def _widget(column: Column) -> forms.Widget:
    kind = Kind(column.kind)
    if kind == Kind.BOOL:
        return Segments(choices=_YES_NO)
    if kind == Kind.CHOICE:
        return forms.Select(choices=(("", "请选择"), *column.choices))
    if kind == Kind.DATE:
        return Day()
    widget = forms.TextInput({"inputmode": "decimal"} if kind in (Kind.INT, Kind.DECIMAL) else {})
    widget.input_type = _TYPES.get(kind, "text")
    return widget


def _typed_in(column: Column, value: Any) -> str:
    """The stored value as the form shows it."""
    if value is None:
        return ""
    if isinstance(value, bool | list):
        return shown(column, value)
    return str(plain(value))
