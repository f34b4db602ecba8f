"""Forms of the lists: one upload, and one row made from the list's columns."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.widgets import Day, Segments, Upload
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
