"""Form fields that every room uses."""

import unicodedata
from datetime import date
from typing import Any, TypeVar

from django import forms

from accounts.widgets import Day
from timekeeping import clock

YEARS = range(1900, 2101)
HOW_TO_CHOOSE = "至少 10 个字符，不要全是数字，不要与姓名、用户名、邮箱相近，也不要使用常见密码。"


AnyField = TypeVar("AnyField", bound=forms.Field)


def needed_when(field: AnyField, words: str) -> AnyField:
    """The field, with words in the place of 选填 beside its label: the form asks for it in some cases only."""
    field.needed_when = words  # type: ignore[attr-defined]
    return field


class LineField(forms.CharField):
    """One line of text, such as a name. Invisible characters, which make a name look like another, are left out.

    ValidationError for line breaks and other control characters. Rare characters of names, whatever their plane, stay.
    """

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value))
        if any(unicodedata.category(char) == "Cc" for char in text):
            raise forms.ValidationError("不能含有换行或控制字符，请删除后再试。")
        return "".join(char for char in text if unicodedata.category(char) != "Cf").strip()


def wrong_year() -> str:
    return f"年份应在{YEARS[0]}至{YEARS[-1]}之间，请核对。"


def check_year(day: date) -> None:
    """Raises ValidationError for a year that is a slip of the keyboard and with which no term can be computed."""
    if day.year not in YEARS:
        raise forms.ValidationError(wrong_year())


class DayField(forms.DateField):
    """A date by the browser's picker. ValidationError for a year that nobody can mean."""

    widget = Day

    def to_python(self, value: Any) -> date | None:
        day = super().to_python(value)
        if day is not None:
            check_year(day)
        return day


def new_password() -> forms.CharField:
    """The field of a password that is chosen, with the rules before it is refused by them."""
    return _password("设置密码", "请设置密码。", help_text=HOW_TO_CHOOSE)


def new_password_again() -> forms.CharField:
    return _password("再次输入密码", "请再次输入密码。")


def _password(label: str, missing: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, strip=False, max_length=128, error_messages={"required": missing},
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )  # fmt: skip


class PastDayField(DayField):
    """The day of something that has happened. ValidationError ``future`` for a day after today."""

    default_error_messages = {"future": "不能晚于今天，请核对。"}

    def to_python(self, value: Any) -> date | None:
        day = super().to_python(value)
        if day is not None and day > clock.today():
            raise forms.ValidationError(self.error_messages["future"], "future")
        return day
