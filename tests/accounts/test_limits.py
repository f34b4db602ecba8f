"""Counting the uses of a public form: per address, per form, per day; the address is not kept."""

from datetime import timedelta

import pytest

from accounts import limits
from accounts.models import DailyQuota
from timekeeping import clock

pytestmark = pytest.mark.django_db
HERE, THERE = "203.0.113.7", "203.0.113.8"


def test_uses_are_counted_per_form_and_address() -> None:
    assert [limits.use("lookup", HERE), limits.use("lookup", HERE), limits.use("objection", HERE)] == [1, 2, 1]
    assert (limits.used("lookup", HERE), limits.used("lookup", THERE)) == (2, 0)


def test_the_next_day_begins_at_none() -> None:
    limits.use("lookup", HERE)
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert (limits.used("lookup", HERE), limits.use("lookup", HERE)) == (0, 1)


def test_the_address_itself_is_not_stored() -> None:
    limits.use("lookup", HERE)
    [quota] = DailyQuota.objects.all()
    assert (HERE in quota.address, len(quota.address)) == (False, 64)


def test_addresses_of_one_ipv6_network_count_together() -> None:
    limits.use("lookup", "2001:db8:1:2::1")
    assert (limits.used("lookup", "2001:db8:1:2:ffff::9"), limits.used("lookup", "2001:db8:1:3::1")) == (1, 0)


def test_a_mapped_address_is_the_same_as_its_ipv4_form() -> None:
    limits.use("lookup", f"::ffff:{HERE}")
    assert limits.used("lookup", HERE) == 1
