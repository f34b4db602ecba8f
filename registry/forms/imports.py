"""Forms of the import of old titles."""

from django import forms

from accounts.fields import LineField
from accounts.widgets import Upload
from files.forms import DocumentField
from files.purposes import Purpose


class UploadForm(forms.Form):
    """The filled-in workbook and the documents it was made from."""

    workbook = DocumentField(label="填好的 Excel 文件", purpose=Purpose.LIST, widget=Upload)
    source = LineField(
        label="依据", max_length=200, help_text="整理所依据的文件或台账，例如：2021至2024年度认定文件、牌匾发放登记册。"
    )


class RejectForm(forms.Form):
    """Why a workbook goes back."""

    reason = forms.CharField(label="退回理由", max_length=1000, widget=forms.Textarea({"rows": 3}))


class PlainForm(forms.Form):
    """Only the press of a button."""
