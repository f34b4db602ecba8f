"""Forms of plaques: issue, receipt, loss."""

from django import forms

from accounts.fields import DayField
from accounts.widgets import Day


class IssueForm(forms.Form):
    issued_on = DayField(label="颁发日期", widget=Day)


class ReceiveForm(forms.Form):
    received_on = DayField(label="签收日期", widget=Day)
    received_by = forms.CharField(label="签收人", max_length=60)


class LossForm(forms.Form):
    lost_on = DayField(label="遗失日期", widget=Day, help_text="记不清的，填发现遗失的日期。")
    reason = forms.CharField(label="遗失经过", widget=forms.Textarea({"rows": 3}), max_length=1000)
