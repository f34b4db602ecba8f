"""Forms of 附件2: the sealed scan, the edited workbook and the letter's number."""

from django import forms

from files.forms import DocumentField
from files.purposes import Purpose


class ScanForm(forms.Form):
    """The sealed scan of the rows that the person printed."""

    scan = DocumentField(label="盖章扫描件", purpose=Purpose.SIGNED)
    fingerprint = forms.CharField(widget=forms.HiddenInput, max_length=64)


class WorkbookForm(forms.Form):
    """The edited workbook."""

    workbook = DocumentField(label="修改后的 Excel", purpose=Purpose.LIST)


class ForwardForm(forms.Form):
    """The number of the recommending letter."""

    letter_number = forms.CharField(
        label="推荐函文号",
        max_length=40,
        help_text="本单位推荐函的文号，例如：盘工信〔2026〕12号。一个文号只用于一次报送。",
    )
