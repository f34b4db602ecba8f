"""Password links on PostgreSQL, asked for and sent many times at the same moment (B04)."""

from functools import partial

import pytest
from django.core import mail

from accounts.models import AccountMail, ResetRequest
from accounts.services import mailing, password_reset
from accounts.tasks import SENDERS
from tests import cast
from tests.races.racing import kinds, race

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


def test_links_asked_for_at_once_are_three_an_hour_all_the_same() -> None:
    ask = partial(password_reset.request_reset, email="zhao@example.cn")
    assert kinds(race(*[ask] * 8)) == ["done"] * 8
    assert ResetRequest.objects.count() == password_reset.PER_HOUR


def test_links_for_different_addresses_do_not_wait_for_each_other() -> None:
    asks = [partial(password_reset.request_reset, email=f"zhao{number}@example.cn") for number in range(4)]
    assert kinds(race(*asks)) == ["done"] * 4
    assert ResetRequest.objects.count() == 4


def test_a_mail_that_several_workers_take_up_at_once_goes_once() -> None:
    password_reset.request_reset(email=cast.district_officer().user.email)
    [waiting] = AccountMail.objects.all()
    assert sorted(race(*[partial(mailing.send, waiting.pk, SENDERS)] * 4)) == [False, False, False, True]
    assert len(mail.outbox) == 1
