"""A forgotten password: one private link by mail, the same answer for everybody, not too often."""

import re
from datetime import timedelta
from typing import Any

import pytest
from celery import current_app
from django.core import mail
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.actors import Actor
from accounts.models import AccountMail, ResetRequest
from accounts.services.password_reset import MAIL, fingerprint_of, mail_reset_links
from tests import cast
from timekeeping import clock

pytestmark = pytest.mark.django_db
ADDRESS = "district@example.com"
NEW = "Dianchi-2026-new"


@pytest.fixture
def officer() -> Actor:
    return cast.district_officer()


@pytest.fixture
def client() -> Client:
    return Client(headers={"host": "localhost"})


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, list[str]]]:
    """The tasks handed to Celery."""
    handed: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(current_app, "send_task", lambda name, args, **_: handed.append((name, args)))
    return handed


def ask(client: Client, email: str) -> Any:
    return client.post("/account/password/forgotten/", {"email": email})


def link() -> str:
    mail_reset_links(fingerprint_of(ADDRESS))
    return re.search(r"http://localhost:8000(\S+)", mail.outbox[-1].body)[1]


def test_the_answer_is_the_same_whether_or_not_the_address_is_known(
    client: Client, officer: Actor, sent: list, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        known, unknown = ask(client, ADDRESS), ask(client, "nobody@example.com")
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url) == (302, "/account/password/sent/")
    waiting = list(AccountMail.objects.all())
    asked = [(MAIL, fingerprint_of(address)) for address in (ADDRESS, "nobody@example.com")]
    assert [(one.kind, one.about) for one in waiting] == asked
    assert sent == [("accounts.send_mail", [one.pk]) for one in waiting]
    assert ADDRESS not in str(sent)


def test_only_a_known_active_person_gets_mail(officer: Actor) -> None:
    mail_reset_links(fingerprint_of("nobody@example.com"))
    assert mail.outbox == []
    mail_reset_links(fingerprint_of(ADDRESS.upper()))
    assert [message.to for message in mail.outbox] == [[ADDRESS]]
    officer.user.is_active = False
    officer.user.save()
    mail_reset_links(fingerprint_of(ADDRESS))
    assert len(mail.outbox) == 1


def test_one_address_is_served_three_times_an_hour(
    client: Client, sent: list, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for spelling in (ADDRESS, ADDRESS.upper(), ADDRESS, ADDRESS, ADDRESS):
            assert ask(client, spelling).url == "/account/password/sent/"
    assert len(sent) == 3
    with django_capture_on_commit_callbacks(execute=True):
        ask(client, "other@example.com")
        with clock.frozen(clock.now() + timedelta(hours=1, seconds=1)):
            ask(client, ADDRESS)
    assert len(sent) == 5


def test_addresses_are_not_kept(client: Client) -> None:
    ask(client, ADDRESS)
    assert [len(row.address) for row in ResetRequest.objects.all()] == [64]
    assert ADDRESS not in str(list(ResetRequest.objects.values()))


def test_the_link_sets_a_new_password_once(client: Client, officer: Actor) -> None:
    first = link()
    step = client.get(first)
    assert step.url.endswith("/set/")
    name = officer.user.username
    assert f'<p class="h2 num mb-3">{name}</p>' in client.get(step.url).content.decode()
    done = client.post(step.url, {"new_password1": NEW, "new_password2": NEW}, follow=True)
    assert done.redirect_chain == [("/login/", 302)]
    assert [str(said) for said in done.context["messages"]] == [f"新密码已设置，请用用户名 {name} 登录。"]
    officer.user.refresh_from_db()
    assert officer.user.check_password(NEW)
    again = client.get(client.get(first).url)
    assert (again.status_code, "链接已失效" in again.content.decode()) == (410, True)


def test_a_link_of_somebody_else_or_a_changed_one_is_refused(client: Client, officer: Actor) -> None:
    path = link()
    other = cast.city_officer()
    for wrong in (path.replace(str(officer.user.uuid), str(other.user.uuid)), path.replace("-", "-x", 5)):
        assert client.get(client.get(wrong).url if client.get(wrong).status_code == 302 else wrong).status_code in (
            404,
            410,
        )


def test_a_weak_password_is_refused_with_its_reason(client: Client, officer: Actor) -> None:
    step = client.get(link())
    errors = client.post(step.url, {"new_password1": "12345678", "new_password2": "12345678"}).context["form"].errors
    assert list(errors) == ["new_password1"]
