"""Asking for a password link on PostgreSQL, many times at the same moment (B04)."""

from functools import partial

import pytest

from accounts.models import ResetRequest
from accounts.services import password_reset
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
