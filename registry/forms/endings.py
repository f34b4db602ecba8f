"""Forms of the two endings that are no sanction: the operator is gone, or the platform gives up its title."""

from django import forms

from accounts.fields import DayField
from accounts.widgets import Day, Upload
from files.forms import DocumentField
from files.purposes import Purpose


class DissolveForm(forms.Form):
    """Since when the operator is gone, on which evidence."""

    ended_on = DayField(label="终止日期", widget=Day, help_text="注销登记之日。称号自该日起终止。")
    evidence = DocumentField(label="注销登记证明", purpose=Purpose.EVIDENCE, widget=Upload)
    reason = forms.CharField(label="终止情况", max_length=1000, widget=forms.Textarea({"rows": 3}))


class RenounceForm(forms.Form):
    """Why the platform gives up its title."""

    reason = forms.CharField(label="放弃称号的理由", max_length=1000, widget=forms.Textarea({"rows": 3}))
    sure = forms.BooleanField(label="确认放弃称号，知悉提交后不能恢复")
