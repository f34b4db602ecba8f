"""What a form says about bad input: the words of this product, never those of Django, once, at the summary and at the field."""

import re
from datetime import date
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.test import Client
from django.utils.html import strip_tags

from accounts.fields import DayField, needed_when
from accounts.forms import NewPasswordForm
from accounts.models import User
from accounts.plain_words import plain_words
from accounts.templatetags.ui import form_problems
from applications.forms.calls import Moment
from timekeeping import clock

pytestmark = pytest.mark.django_db
SUMMARY = re.compile(r'<div class="error-summary".*?</ul>', re.S)


class Everything(forms.Form):
    name = forms.CharField(label="名称", max_length=3)
    mail = forms.EmailField(label="邮箱")
    site = forms.URLField(label="网址", assume_scheme="https")
    count = forms.IntegerField(label="数量", max_value=9)
    share = forms.DecimalField(label="比例", max_digits=4, decimal_places=1)
    day = DayField(label="日期")
    moment = Moment(label="时间")
    kind = forms.ChoiceField(label="种类", choices=[("a", "甲")])
    agreed = forms.BooleanField(label="已阅读说明。", error_messages={"required": "请阅读说明并勾选。"})
    mine = forms.ChoiceField(label="其他", choices=[("a", "甲")], error_messages={"invalid_choice": "没有这一项。"})


WRONG: dict[str, tuple[str, str]] = {
    "name": ("示例平台", "名称：现有4字，请精简到3字以内。"),
    "mail": ("a@", "请填写完整的邮箱地址，如 name@example.com。"),
    "site": ("abc", "请填写完整的网址，以 http:// 或 https:// 开头。"),
    "count": ("十", "数量：请填写整数，不含文字和单位。"),
    "share": ("1.25", "比例：小数最多1位，请更正。"),
    "day": ("13月", "请填写日期，例如 2026-12-11。"),
    "moment": ("13月", "请填写时间，例如 2026-12-11 17:30。"),
    "kind": ("b", "种类：请从列出的选项中选择。"),
    "agreed": ("", "请阅读说明并勾选。"),
    "mine": ("b", "其他：没有这一项。"),
}


def test_the_messages_of_django_are_said_in_our_words_and_those_of_a_form_stay() -> None:
    form = Everything({name: typed for name, (typed, _) in WRONG.items()})
    form.is_valid()
    assert [words for words, _ in form_problems(form)] == [words for _, words in WRONG.values()]


@pytest.mark.parametrize(
    ("typed", "bounds"),
    [({"count": "10"}, "数量：不能大于9，请更正。"), ({"share": "12345"}, "比例：数位过多，请核对。")],
)
def test_bounds_of_numbers_are_said_in_our_words(typed: dict[str, str], bounds: str) -> None:
    form = Everything(typed)
    form.is_valid()
    (field,) = typed
    assert [words for words, anchor in form_problems(form) if anchor == f"id_{field}"] == [bounds]


def test_a_message_without_its_numbers_is_said_as_it_is() -> None:
    stock = MaxValueValidator.message
    assert plain_words(ValidationError(stock, params={"limit_value": 9})) == ["不能大于9，请更正。"]
    assert plain_words(ValidationError(stock)) == [str(stock)]


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("Ab1-xy", ["新密码：请至少填写10个字符。"]),
        ("password123", ["新密码：这个密码太常见，请换一个。"]),
        ("739201846520", ["新密码：不能全是数字，请加上字母或符号。"]),
        ("zhaoyunfei1", ["新密码：与姓名、用户名或邮箱太相近，请换一个。"]),
        ("Dianchi-2026-new", []),
    ],
)
def test_what_is_wrong_with_a_new_password_is_said_in_chinese(password: str, said: list[str]) -> None:
    user = User(username="zhaoyunfei", name="赵云飞", email="z@example.com")
    form = NewPasswordForm(user, {"new_password1": password, "new_password2": password})
    form.is_valid()
    assert form_problems(form) == [(words, "id_new_password1") for words in said]


def test_a_field_that_is_asked_for_in_some_cases_says_in_which() -> None:
    class Sometimes(forms.Form):
        letter = needed_when(forms.CharField(label="委托书", required=False), "授权签字人必填")
        note = forms.CharField(label="说明", required=False)
        name = forms.CharField(label="姓名")

    shown = re.findall(r'<label class="form-label"[^>]*>(.*?)</label>', str(Sometimes()))
    assert [strip_tags(label) for label in shown] == ["委托书（授权签字人必填）", "说明（选填）", "姓名"]


def registered(address: str = "/account/register/", **typed: Any) -> list[str]:
    page = Client(headers={"host": "localhost"}).post(address, typed).content.decode()
    found = SUMMARY.search(page)
    assert found is not None
    return [strip_tags(item) for item in re.findall(r"<li>.*?</li>", found[0])]


@pytest.mark.parametrize("address", ["/account/register/", "/register/claims/new/"])
def test_registration_asks_for_each_thing_in_a_sentence(address: str) -> None:
    asked = registered(address, name="")
    assert asked[-3:] == ["请设置密码。", "请再次输入密码。", "请阅读隐私说明并勾选。"]


def test_an_organisation_is_not_founded_in_the_future() -> None:
    with clock.frozen(clock.shanghai(2026, 3, 2, 9)):
        tomorrow, today = (registered(founded_on=day.isoformat()) for day in (date(2026, 3, 3), date(2026, 3, 2)))
    assert [[words for words in said if "成立日期" in words] for said in (tomorrow, today)] == [
        ["成立日期：不能晚于今天，请核对。"],
        [],
    ]
