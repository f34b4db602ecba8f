"""The filter of the bans."""

from django import forms


class BanFilter(forms.Form):
    """A name or a credit code."""

    q = forms.CharField(label="单位名称或信用代码", required=False, max_length=60, strip=True)

    def words(self) -> str:
        self.is_valid()
        return str(self.cleaned_data.get("q") or "")
