"""The administration holds accounts, capacities and districts, for system administrators only; nothing is deleted there."""

import pytest
from django.test import Client

from accounts.models import Capacity, Role
from tests import cast
from timekeeping import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> Client:
    client = Client()
    client.force_login(cast.person("admin", Role.SYSADMIN).user)
    return client


@pytest.mark.parametrize(
    "path", ["/admin/", "/admin/accounts/user/", "/admin/accounts/capacity/", "/admin/accounts/district/"]
)
def test_the_administrator_finds_accounts_capacities_and_districts(admin: Client, path: str) -> None:
    assert admin.get(path).status_code == 200


def test_no_business_data_is_found_there(admin: Client) -> None:
    assert admin.get("/admin/lifecycle/").status_code == 404
    assert admin.get("/admin/applications/application/").status_code == 404


@pytest.mark.parametrize("role", [Role.CITY_OFFICER, Role.AUDITOR, Role.EXPERT])
def test_other_roles_do_not_get_in(role: Role) -> None:
    client = Client()
    client.force_login(cast.person("x", role).user)
    assert client.get("/admin/accounts/user/").status_code == 302


def test_a_capacity_is_ended_but_not_turned_into_another_nor_deleted(admin: Client) -> None:
    capacity = cast.district_officer().capacity
    path = f"/admin/accounts/capacity/{capacity.pk}/"
    response = admin.post(f"{path}change/", {"valid_to": clock.today().isoformat(), "role": Role.CITY_OFFICER})
    assert response.status_code == 302
    capacity = Capacity.objects.get(pk=capacity.pk)
    assert (capacity.role, capacity.valid_to) == (Role.DISTRICT_OFFICER, clock.today())
    assert admin.post(f"{path}delete/", {"post": "yes"}).status_code == 403


def test_a_new_account_is_explained_in_the_language_of_the_house(admin: Client) -> None:
    page = admin.get("/admin/accounts/user/add/").content.decode()
    assert ("再在“身份”中为其开通角色" in page, "After you" in page) == (True, False)
