"""Mail about accounts comes later when broker or mail server are away, once, and costs no page."""

import logging
from datetime import timedelta
from smtplib import SMTPServerDisconnected
from typing import Any
from unittest import mock

import pytest
from django.core import mail
from django.test import Client
from kombu.exceptions import OperationalError
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import AccountMail
from accounts.services import mailing
from accounts.tasks import SENDERS, send_mail, send_waiting
from tests import cast
from timekeeping import clock

pytestmark = pytest.mark.django_db
ADDRESS = "district@example.com"
BROKER_AWAY = mock.patch("accounts.bell.current_app.send_task", side_effect=OperationalError)
SERVER_AWAY = mock.patch("accounts.services.password_reset.send_mail", side_effect=SMTPServerDisconnected)


@pytest.fixture
def client() -> Client:
    """A signed-in officer's browser."""
    client = Client(headers={"host": "localhost"})
    client.force_login(cast.district_officer().user)
    return client


def recipients() -> list[list[str]]:
    return [message.to for message in mail.outbox]


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/account/", {"email": "new@example.com", "phone": "13800000001", "password": cast.PASSWORD}),
        ("/account/password/forgotten/", {"email": ADDRESS}),
    ],
)
def test_without_a_broker_the_page_is_answered_and_the_sweep_sends(
    client: Client, path: str, data: Any, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with BROKER_AWAY as bell, django_capture_on_commit_callbacks(execute=True):
        assert client.post(path, data).status_code == 302
    assert (bell.called, recipients()) == (True, [])
    send_waiting()
    assert recipients() == [[ADDRESS]]


def test_without_a_mail_server_it_is_tried_again_later_and_sent_once(client: Client) -> None:
    client.post("/account/password/forgotten/", {"email": ADDRESS})
    [waiting] = AccountMail.objects.all()
    with SERVER_AWAY:
        send_mail(waiting.pk)
    assert mailing.send_waiting(SENDERS) == 0
    with clock.frozen(clock.now() + timedelta(minutes=1)):
        assert [mailing.send_waiting(SENDERS) for _ in range(2)] == [1, 0]
    send_mail(waiting.pk)
    waiting.refresh_from_db()
    assert (recipients(), waiting.attempts, waiting.sent_at is None) == ([[ADDRESS]], 2, False)


def test_an_error_of_the_database_is_counted_and_keeps_no_other_mail_waiting() -> None:
    for kind in ("broken", "whole"):
        mailing.ask(kind, "1")
    broken, whole = AccountMail.objects.all()
    went: list[str] = []
    senders = {"broken": lambda _: AccountMail(pk=whole.pk).save(force_insert=True), "whole": went.append}
    assert (mailing.send_waiting(senders), went) == (1, ["1"])
    broken.refresh_from_db()
    assert (broken.attempts, broken.sent_at, broken.next_attempt_at is None) == (1, None, False)


def test_what_never_goes_is_given_up_after_the_last_attempt(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    client.post("/account/password/forgotten/", {"email": ADDRESS})
    [waiting] = AccountMail.objects.all()
    with SERVER_AWAY, caplog.at_level(logging.ERROR, "accounts.services.mailing"):
        for attempt in range(1, mailing.LAST_ATTEMPT + 1):
            with clock.frozen(waiting.next_attempt_at):
                for _ in range(2):
                    send_mail(waiting.pk)
            waiting.refresh_from_db()
            assert waiting.attempts == attempt
    assert [line.getMessage() for line in caplog.records] == [
        f"account mail {waiting.pk} failed at attempt 10: SMTPServerDisconnected"
    ]
    assert (waiting.attempts, waiting.next_attempt_at, waiting.sent_at) == (mailing.LAST_ATTEMPT, None, None)
