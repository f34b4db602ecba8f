"""An auditor changes nothing (A15): every post of every address is refused but those named here."""

import re

import pytest
from django.test import Client

from accounts.models import Role, User
from lifecycle.checks import views
from tests import cast

pytestmark = pytest.mark.django_db

ALLOWED = {
    "logout", "accounts:display", "accounts:forget_carried", "accounts:password", "accounts:switch", "review:objection_identity",
    "review:complaint_identity",
}  # fmt: skip
SAMPLES = {"uuid": "00000000-0000-4000-8000-000000000000", "int": "1", "slug": "x", "str": "x"}


def address(route: str) -> str:
    """The route with something of the right kind in every place."""
    filled = re.sub(r"<(\w+):\w+>", lambda found: SAMPLES[found[1]], route)
    return "/" + re.sub(r"\(\?P<extension>(\w+)[^)]*\)", r"\1", filled).replace("^", "").replace("\\", "").replace(
        "$", ""
    )


@pytest.fixture
def auditor() -> Client:
    client = Client()
    client.force_login(cast.person("auditor", Role.AUDITOR).user)
    return client


def test_only_these_views_take_a_post_of_an_auditor() -> None:
    assert {name for _, name, view in views() if getattr(view, "auditor_posts", False)} == ALLOWED


def test_every_other_address_refuses_it_public_forms_included(auditor: Client) -> None:
    others = [(name, address(route)) for route, name, _ in views() if name not in ALLOWED]
    assert len(others) > 150
    assert [(name, status) for name, at in others if (status := auditor.post(at).status_code) != 403] == []


def test_the_administration_refuses_it_too(auditor: Client) -> None:
    User.objects.filter(username="auditor").update(is_staff=True, is_superuser=True)
    assert auditor.post("/admin/accounts/district/add/").status_code == 403


def test_own_contact_stays_as_it_is_and_the_page_offers_no_form(auditor: Client) -> None:
    page = auditor.get("/account/").content.decode()
    assert ("保存联系方式" in page, "请联系系统管理员更正" in page) == (False, True)
    typed = {"email": "new@example.com", "phone": "13900001111", "password": cast.PASSWORD}
    assert auditor.post("/account/", typed).status_code == 403
    assert User.objects.get(username="auditor").email == "auditor@example.com"


def test_the_password_the_display_and_signing_out_remain(auditor: Client) -> None:
    changed = {"old_password": cast.PASSWORD, "new_password1": "Kunming-2027-new", "new_password2": "Kunming-2027-new"}
    assert auditor.post("/account/password/", changed).status_code == 302
    assert User.objects.get(username="auditor").check_password("Kunming-2027-new")
    assert auditor.post("/account/display/", {"theme": "dark"}).status_code == 302
    assert auditor.post("/logout/").status_code == 302


def test_others_go_on_changing_their_contact() -> None:
    client = Client()
    client.force_login(cast.city_officer().user)
    typed = {"email": "new@example.com", "phone": "", "password": cast.PASSWORD}
    assert client.post("/account/", typed).status_code == 302
    assert User.objects.get(username="city").email == "new@example.com"
