"""A colleague's first password: by a link of three days, or by the page for a forgotten one; nobody is flooded with invitations."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.actors import Actor
from accounts.models import AccountMail, Capacity, Role
from accounts.services import colleagues
from accounts.tasks import send_waiting
from tests import cast
from timekeeping import clock

pytestmark = pytest.mark.django_db
NEW = {"new_password1": "Cuihu-2026-lake", "new_password2": "Cuihu-2026-lake"}


@pytest.fixture
def filer() -> Actor:
    return cast.filer(cast.organisation())


@pytest.fixture
def invited(filer: Actor) -> Capacity:
    """A colleague who has been added and has no password yet; the mail is out."""
    added = colleagues.add(actor=filer, name="A&B <王>", email="wang@example.com", phone="", role=Role.FILER)
    send_waiting()
    return added


def link() -> str:
    return re.search(r"http://localhost:8000(\S+)", mail.outbox[-1].body)[1]


def opened(later: timedelta, address: str) -> int:
    """How the page of a link answers after a while."""
    with clock.frozen(clock.now() + later):
        return Client(headers={"host": "localhost"}).get(address, follow=True).status_code


@pytest.mark.parametrize(("later", "status"), [(timedelta(days=3), 200), (timedelta(days=3, seconds=1), 410)])
def test_the_link_of_an_invitation_lasts_the_three_days_that_it_names(
    invited: Capacity, later: timedelta, status: int
) -> None:
    assert "请在三天内打开" in mail.outbox[0].body
    assert opened(later, link()) == status


def test_once_the_password_is_set_the_link_is_worth_nothing(invited: Capacity) -> None:
    address = link()
    newcomer = Client(headers={"host": "localhost"})
    page = newcomer.get(address)
    assert newcomer.post(page.url, NEW).url == "/login/"
    assert opened(timedelta(), address) == 410


def test_who_missed_the_link_asks_for_another_by_the_page_for_a_forgotten_password(invited: Capacity) -> None:
    Client(headers={"host": "localhost"}).post("/account/password/forgotten/", {"email": "wang@example.com"})
    send_waiting()
    assert [message.subject for message in mail.outbox] == ["请您办理示范平台申报事项", "重新设置密码"]
    assert opened(timedelta(), link()) == 200
    assert opened(timedelta(hours=1, seconds=1), link()) == 410


def test_a_name_stands_in_the_mail_as_it_was_typed(invited: Capacity) -> None:
    assert mail.outbox[0].body.startswith("A&B <王>，您好")


def test_an_organisation_adds_so_many_people_a_day_and_goes_on_tomorrow(filer: Actor) -> None:
    def add(number: int) -> Capacity:
        return colleagues.add(actor=filer, name="某人", email=f"{number}@example.com", phone="", role=Role.FILER)

    for number in range(colleagues.PER_DAY):
        add(number)
    with pytest.raises(ValidationError, match="明日再"):
        add(colleagues.PER_DAY)
    assert AccountMail.objects.count() == colleagues.PER_DAY
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert add(colleagues.PER_DAY).user.email == f"{colleagues.PER_DAY}@example.com"
