"""The form of registration: the organisation, the first person, the password."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation

from accounts.fields import LineField, PastDayField, new_password, new_password_again
from accounts.models import District, OrganisationKind, User
from accounts.services.registration import NewOrganisation, NewPerson
from accounts.widgets import Day
from regulation.identifiers import check_credit_code, check_mobile


class RegistrationForm(forms.Form):
    """What an organisation says of itself and its first person."""

    name = LineField(label="单位名称", max_length=120, help_text="与营业执照或者法人证书一致。")
    credit_code = forms.CharField(
        label="统一社会信用代码", max_length=40, help_text="18位，对照证照填写；字母大小写、全角半角均可。"
    )
    kind = forms.ChoiceField(label="单位性质", choices=OrganisationKind.choices, widget=forms.RadioSelect)
    legal_representative = LineField(label="法定代表人（负责人）", max_length=60)
    founded_on = PastDayField(label="成立日期", required=False, widget=Day())
    registered_address = LineField(label="注册地址", max_length=200)
    service_address = LineField(label="经营服务地址", max_length=200, help_text="面向中小企业提供服务的地址。")
    district = forms.ModelChoiceField(
        District.objects.all(), label="所属县(市)区、开发(度假)区", empty_label="请选择",
        help_text="按属地原则，默认以经营服务地址为准；当年申报通知另有规定的从其规定。开发(度假)区内的单位选择所在的开发(度假)区。",
    )  # fmt: skip
    person = LineField(label="经办人姓名", max_length=60)
    phone = forms.CharField(label="手机号码", max_length=20)
    email = forms.EmailField(label="电子邮箱", help_text="用于接收办理通知和找回密码。")
    password1 = new_password()
    password2 = new_password_again()
    agreed = forms.BooleanField(
        label="已阅读隐私说明，所填内容真实", error_messages={"required": "请阅读隐私说明并勾选。"}
    )

    def clean_credit_code(self) -> str:
        try:
            return check_credit_code(self.cleaned_data["credit_code"])
        except ValueError as error:
            raise forms.ValidationError(f"{error}。") from error

    def clean_phone(self) -> str:
        try:
            return check_mobile(self.cleaned_data["phone"])
        except ValueError as error:
            raise forms.ValidationError(f"{error}。") from error

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        first, again = cleaned.get("password1"), cleaned.get("password2")
        if first and again and first != again:
            self.add_error("password2", "两次输入的密码不一致，请重新输入。")
        if first:
            try:
                password_validation.validate_password(
                    first, User(name=cleaned.get("person", ""), email=cleaned.get("email", ""))
                )
            except forms.ValidationError as error:
                self.add_error("password1", error)
        return cleaned

    def arguments(self) -> dict[str, Any]:
        """Keyword arguments of the service."""
        cleaned = self.cleaned_data
        names = (
            "name",
            "credit_code",
            "kind",
            "legal_representative",
            "district",
            "registered_address",
            "service_address",
            "founded_on",
        )
        return {
            "organisation": NewOrganisation(**{name: cleaned[name] for name in names}),
            "person": NewPerson(cleaned["person"], cleaned["phone"], cleaned["email"], cleaned["password1"]),
        }
