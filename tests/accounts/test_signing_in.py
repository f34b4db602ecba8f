"""Signing in and out."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.test import Client
from pytest_django import Settings

from tests import cast
from timekeeping import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_home(settings: Settings) -> None:
    """Where one lands is another room's matter."""
    settings.LOGIN_REDIRECT_URL = "accounts:profile"
    settings.LOGOUT_REDIRECT_URL = "login"


@pytest.fixture
def client() -> Client:
    return Client(headers={"host": "localhost"})


def sign_in(client: Client, username: str = "district", password: str = cast.PASSWORD, **more: str):
    return client.post("/login/", {"username": username, "password": password, **more})


def test_the_right_password_leads_home(client: Client) -> None:
    cast.district_officer()
    assert sign_in(client).url == "/account/"
    assert client.get("/account/").status_code == 200


def test_a_wanted_page_of_this_site_comes_after_signing_in(client: Client) -> None:
    cast.district_officer()
    assert sign_in(client, next="/account/password/").url == "/account/password/"


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil.example"]
)
def test_a_foreign_address_is_not_followed(client: Client, wanted: str) -> None:
    cast.district_officer()
    assert sign_in(client, next=wanted).url == "/account/"


def test_the_answer_does_not_tell_whether_the_user_exists(client: Client) -> None:
    cast.district_officer()
    known = sign_in(client, password="wrong").context["form"].errors
    unknown = sign_in(client, username="nobody", password="wrong").context["form"].errors
    assert known == unknown == {"__all__": ["用户名或密码不正确，请核对后再试。连续多次不正确将暂停登录一段时间。"]}


def test_the_title_says_that_something_is_wrong(client: Client) -> None:
    assert "<title>错误：登录" in sign_in(client, username="").content.decode()


def test_five_wrong_passwords_pause_this_name_from_this_address(client: Client) -> None:
    cast.district_officer()
    cast.city_officer()
    answers = [sign_in(client, password="wrong").status_code for _ in range(5)]
    assert answers == [200, 200, 200, 200, 429]
    assert sign_in(client).status_code == 429
    assert sign_in(client, username="city").status_code == 302


def test_one_address_that_tries_many_names_is_paused_for_the_hour_and_another_is_not(client: Client) -> None:
    cast.district_officer()
    answers = [sign_in(client, username=f"name{number}", password="Kunming-2026").status_code for number in range(31)]
    assert answers == [200] * 30 + [429]
    paused = sign_in(client)
    assert (paused.status_code, paused["Retry-After"]) == (429, "3600")
    elsewhere = Client(headers={"host": "localhost"}, REMOTE_ADDR="203.0.113.9")
    assert sign_in(elsewhere).status_code == 302
    with clock.frozen(clock.now() + timedelta(hours=1)):
        assert sign_in(client).status_code == 302


def test_a_name_longer_than_any_name_is_not_even_looked_up(client: Client) -> None:
    answer = sign_in(client, username="长" * 6000)
    assert list(answer.context["form"].errors) == ["username"]
    assert AccessAttempt.objects.count() == 0


def test_signing_out_needs_a_post(client: Client) -> None:
    cast.district_officer()
    sign_in(client)
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/").url == "/login/"
    assert client.get("/account/").url == "/login/?next=/account/"


def test_a_disabled_person_cannot_sign_in(client: Client) -> None:
    user = cast.district_officer().user
    user.is_active = False
    user.save()
    assert sign_in(client).status_code == 200


def test_a_signed_in_person_is_not_asked_again(client: Client) -> None:
    client.force_login(cast.district_officer().user)
    assert client.get("/login/").url == "/account/"
