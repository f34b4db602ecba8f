"""Forms of signing in and of one's own account."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest

from accounts.fields import HOW_TO_CHOOSE
from accounts.models import User
from regulation.identifiers import check_mobile


class LoginForm(AuthenticationForm):
    """User name and password; one and the same message whichever is wrong."""

    error_messages = {
        "invalid_login": "用户名或密码不正确，请核对后再试。连续多次不正确将暂停登录一段时间。",
        "inactive": "用户名或密码不正确，请核对后再试。连续多次不正确将暂停登录一段时间。",
    }

    def __init__(self, request: HttpRequest | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        self.fields["username"].label = "用户名"
        self.fields["username"].error_messages["required"] = "请填写用户名。"
        # Django puts the length only into the page; a longer name would reach the columns of the failure log.
        self.fields["username"].validators.append(MaxLengthValidator(self.username_field.max_length))
        self.fields["password"].label = "密码"
        self.fields["password"].error_messages["required"] = "请填写密码。"


def is_own(request: HttpRequest, password: str) -> bool:
    """Whether the password is the signed-in person's; the sign-in's own counting of failures keeps a page from guessing it."""
    proved = authenticate(request, username=request.user.get_username(), password=password)
    return proved is not None and proved.pk == request.user.pk


class ContactForm(forms.Form):
    """Where messages reach the person; the password proves that it is the person who moves them elsewhere."""

    email = forms.EmailField(label="电子邮箱", required=False, help_text="办理通知会同时发到这个邮箱，也用于找回密码。")
    phone = forms.CharField(label="手机号", required=False, max_length=20)
    password = forms.CharField(
        label="登录密码",
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        help_text="联系方式用于找回密码，修改时请填写您的登录密码。",
        error_messages={"required": "请填写您的登录密码。"},
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.request = request
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        """Raises ValidationError when the password is not the signed-in person's."""
        password: str = self.cleaned_data["password"]
        if not is_own(self.request, password):
            raise forms.ValidationError("密码不正确，请重新填写。连续多次不正确将暂停登录一段时间。")
        return password

    def clean_phone(self) -> str:
        """The eleven digits. Raises ValidationError for anything else."""
        value = self.cleaned_data["phone"]
        try:
            return check_mobile(value) if value else ""
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong


class WeakAtTheFirst:
    """What is wrong with a new password stands where it was chosen, not where it was repeated; for forms of Django's."""

    def validate_password_for_user(self, user: User, password_field_name: str = "") -> None:
        super().validate_password_for_user(user, "new_password1")  # type: ignore[misc]


class OwnPasswordForm(WeakAtTheFirst, PasswordChangeForm):
    """The old password and a new one, twice."""

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.request = request
        super().__init__(request.user, *args, **kwargs)
        self.fields["old_password"].label = "当前密码"
        name_new_passwords(self.fields)

    def clean_old_password(self) -> str:
        """Raises ValidationError when the password is not the signed-in person's."""
        password: str = self.cleaned_data["old_password"]
        if not is_own(self.request, password):
            raise forms.ValidationError("当前密码不正确，请重新填写。")
        return password


class NewPasswordForm(WeakAtTheFirst, SetPasswordForm):
    """A new password, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name_new_passwords(self.fields)


def name_new_passwords(fields: dict[str, forms.Field]) -> None:
    fields["new_password1"].label = "新密码"
    fields["new_password1"].help_text = HOW_TO_CHOOSE
    fields["new_password2"].label = "再次输入新密码"
    fields["new_password2"].error_messages["required"] = "请再次输入新密码。"
    fields["new_password2"].help_text = ""


class ForgottenForm(forms.Form):
    email = forms.EmailField(label="账号登记的电子邮箱", error_messages={"required": "请填写电子邮箱。"})
