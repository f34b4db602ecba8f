"""Forms of signing: the undertaking with the own password, the scan."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest

from accounts.widgets import Upload
from files.forms import DocumentField
from files.purposes import Purpose, rule_of


class SigningForm(forms.Form):
    """What the signatory declares, and the own password as the proof of who declares it.

    The password goes through the sign-in's own counting of failures, so that this page cannot be used to guess it.
    """

    fingerprint = forms.CharField(widget=forms.HiddenInput, max_length=64)
    undertaking = forms.BooleanField(
        label="我已核对申请报告全文和全部材料，代表本单位作出上述真实性承诺",
        error_messages={"required": "请核对后勾选承诺。"},
    )
    password = forms.CharField(
        label="登录密码",
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text="再次填写您本人的登录密码，作为本人确认。",
        error_messages={"required": "请填写您的登录密码。"},
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.request = request
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        """Raises ValidationError when the password is not the signed-in person's."""
        password: str = self.cleaned_data["password"]
        user = self.request.user
        proved = authenticate(self.request, username=user.get_username(), password=password)
        if proved is None or proved.pk != user.pk:
            raise forms.ValidationError("密码不正确，请重新填写。连续多次不正确将暂停登录一段时间。")
        return password


class ScanForm(forms.Form):
    """The signed and sealed 附件1 as a scan."""

    fingerprint = forms.CharField(widget=forms.HiddenInput, max_length=64)
    scan = DocumentField(
        purpose=Purpose.SIGNED,
        label="签字盖章的申请报告扫描件",
        widget=Upload(accept=rule_of(Purpose.SIGNED).accept, limit=rule_of(Purpose.SIGNED).text),
        help_text="",
    )
