"""Form fields that every room uses."""

import unicodedata
from typing import Any

from django import forms


class LineField(forms.CharField):
    """One line of text, such as a name. Invisible characters, which make a name look like another, are left out.

    ValidationError for line breaks and other control characters. Rare characters of names, whatever their plane, stay.
    """

    def to_python(self, value: Any) -> str:
        text = str(super().to_python(value))
        if any(unicodedata.category(char) == "Cc" for char in text):
            raise forms.ValidationError("不能含有换行或控制字符，请删除后再试。")
        return "".join(char for char in text if unicodedata.category(char) != "Cf").strip()
