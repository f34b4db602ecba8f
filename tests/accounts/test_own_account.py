"""One's own account: capacities, contact, password, display."""

import uuid
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from accounts.actors import Actor
from accounts.models import Capacity, Role
from accounts.tasks import send_mail
from tests import cast
from timekeeping import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Actor:
    return cast.district_officer()


@pytest.fixture
def client(officer: Actor, settings: Settings) -> Client:
    settings.LOGIN_REDIRECT_URL = "accounts:profile"
    client = Client(headers={"host": "localhost"})
    client.force_login(officer.user)
    return client


def acting(client: Client) -> str:
    return client.get("/account/").context["actor"].role


def test_a_person_with_two_capacities_acts_in_the_chosen_one(client: Client, officer: Actor) -> None:
    second = Capacity.objects.create(user=officer.user, role=Role.EXPERT)
    assert acting(client) == Role.DISTRICT_OFFICER
    assert client.post("/account/capacity/switch/", {"capacity": second.uuid}).url == "/account/"
    assert acting(client) == Role.EXPERT


@pytest.mark.parametrize("capacity", ["stranger", "ended", "nonsense"])
def test_a_capacity_that_is_not_ones_own_or_has_ended_is_refused(client: Client, officer: Actor, capacity: str) -> None:
    ended = {"valid_from": clock.today() - timedelta(days=9), "valid_to": clock.today() - timedelta(days=1)}
    wanted = {
        "stranger": cast.city_officer().capacity.uuid,
        "ended": Capacity.objects.create(user=officer.user, role=Role.EXPERT, **ended).uuid,
        "nonsense": uuid.UUID(int=0),
    }[capacity]
    assert client.post("/account/capacity/switch/", {"capacity": wanted}).url == "/account/capacity/"
    assert acting(client) == Role.DISTRICT_OFFICER


def test_a_capacity_that_ends_stops_counting_the_next_day(client: Client, officer: Actor) -> None:
    Capacity.objects.filter(pk=officer.capacity.pk).update(valid_to=clock.today())
    assert acting(client) == Role.DISTRICT_OFFICER
    with clock.frozen(clock.now() + timedelta(days=1)):
        client.force_login(officer.user)
        assert acting(client) == "public"


def test_contact_data_can_be_changed(client: Client, officer: Actor) -> None:
    wanted = {"email": "new@example.com", "phone": "+86 138-0000-0001", "password": cast.PASSWORD}
    assert client.post("/account/", wanted).status_code == 302
    officer.user.refresh_from_db()
    assert (officer.user.email, officer.user.phone) == ("new@example.com", "13800000001")


@pytest.mark.parametrize("password", ["", "wrong"])
def test_contact_data_stay_without_the_own_password(client: Client, officer: Actor, password: str) -> None:
    answer = client.post("/account/", {"email": "new@example.com", "phone": "", "password": password})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["password"])
    officer.user.refresh_from_db()
    assert officer.user.email == "district@example.com"


def test_the_former_address_is_told_of_a_new_one_and_only_then(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    for email in ("district@example.com", "new@example.com"):
        with (
            mock.patch("accounts.bell.current_app.send_task") as bell,
            django_capture_on_commit_callbacks(execute=True),
        ):
            client.post("/account/", {"email": email, "phone": "13800000001", "password": cast.PASSWORD})
        assert bell.called == (email == "new@example.com")
    send_mail(*bell.call_args.args[1])
    assert [(message.to, "不再接收" in message.body) for message in mail.outbox] == [(["district@example.com"], True)]


def test_a_crooked_number_is_asked_for_again_and_nothing_is_lost(client: Client, officer: Actor) -> None:
    response = client.post("/account/", {"email": "new@example.com", "phone": "123", "password": cast.PASSWORD})
    assert list(response.context["form"].errors) == ["phone"]
    assert 'value="new@example.com"' in response.content.decode()
    officer.user.refresh_from_db()
    assert officer.user.email == "district@example.com"


def test_the_page_of_the_password_cannot_be_used_to_guess_it(client: Client) -> None:
    data = {"new_password1": "Dianchi-2026-new", "new_password2": "Dianchi-2026-new"}
    for number in range(4):
        refused = client.post("/account/password/", {**data, "old_password": f"guess-{number}"})
        assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["old_password"])
    assert client.post("/account/password/", {**data, "old_password": "guess-5"}).status_code == 429
    assert client.post("/account/password/", {**data, "old_password": cast.PASSWORD}).status_code == 429


def test_a_new_password_ends_the_other_sessions(client: Client, officer: Actor) -> None:
    elsewhere = Client(headers={"host": "localhost"})
    elsewhere.force_login(officer.user)
    new = "Dianchi-2026-new"
    data = {"old_password": cast.PASSWORD, "new_password1": new, "new_password2": new}
    assert client.post("/account/password/", data).url == "/account/"
    assert client.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302


def test_the_old_password_must_be_right(client: Client) -> None:
    data = {"old_password": "wrong", "new_password1": "Dianchi-2026-new", "new_password2": "Dianchi-2026-new"}
    assert client.post("/account/password/", data).context["form"].errors == {
        "old_password": ["当前密码不正确，请重新填写。"]
    }


@pytest.mark.parametrize("address", ["/account/", "/account/password/", "/account/capacity/"])
def test_the_public_is_led_to_signing_in(address: str) -> None:
    assert Client(headers={"host": "localhost"}).get(address).url == f"/login/?next={address}"


def test_the_chosen_display_is_honoured_by_the_server() -> None:
    client = Client(headers={"host": "localhost"})
    answer = client.post("/account/display/", {"theme": "dark", "next": "/guide/"})
    assert answer.url == "/guide/"
    client.post("/account/display/", {"text": "xlarge"})
    assert 'data-bs-theme="dark" data-text="xlarge"' in client.get("/guide/").content.decode()
    client.post("/account/display/", {"text": ""})
    assert "data-text" not in client.get("/guide/").content.decode()


def test_an_unknown_display_and_a_foreign_page_are_ignored() -> None:
    client = Client(headers={"host": "localhost"})
    assert client.post("/account/display/", {"theme": '"><b>', "next": "//evil.example"}).url == "/"
    assert client.cookies.get("theme") is None
