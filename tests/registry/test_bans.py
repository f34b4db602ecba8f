"""A ban runs by date, is suspended and lifted with its title, and stands once per title."""

from collections.abc import Iterator
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from applications.standing import obstacles
from registry.models import Ban, Title
from registry.services import bans
from regulation.terms import Period
from tests import cast
from tests.registry.old_books import TITLE, in_the_book
from timekeeping import clock

pytestmark = pytest.mark.django_db
PERIOD = Period(date(2026, 11, 23), date(2029, 11, 23))


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    with clock.frozen(clock.shanghai(2026, 11, 23, 12)):
        yield


@pytest.fixture
def title() -> Title:
    in_the_book(cast.city_officer("first"), cast.city_officer("second"), TITLE)
    return Title.objects.get()


def running(title: Title, day: date) -> bool:
    found = Ban.objects.running(title.credit_code.lower(), day).exists()
    assert found == any(ban.standing(day)[0] == "执行中" for ban in Ban.objects.all())
    return found


def test_a_ban_runs_from_its_first_to_its_last_day_and_not_the_day_after(title: Title) -> None:
    bans.impose(title=title, period=PERIOD, reason="两次无故不参加活动")
    days = (date(2026, 11, 22), PERIOD.first, PERIOD.last, date(2029, 11, 24))
    assert [running(title, day) for day in days] == [False, True, True, False]
    body = title.platform.organisation
    assert [any("第十九条" in words for words in obstacles(body, day)) for day in days] == [False, True, True, False]


def test_a_stay_suspends_it_and_its_end_does_not_move(title: Title) -> None:
    ban = bans.impose(title=title, period=PERIOD, reason="未报送年度总结")
    bans.stay(title=title)
    assert not running(title, PERIOD.first)
    bans.resume(title=title)
    ban.refresh_from_db()
    assert (running(title, PERIOD.first), ban.ends_on, ban.stayed_at) == (True, PERIOD.last, None)


def test_a_lifted_ban_never_runs_again_and_another_may_follow(title: Title) -> None:
    bans.impose(title=title, period=PERIOD, reason="未报送年度总结")
    bans.stay(title=title)
    bans.lift(title=title)
    bans.resume(title=title)
    assert not running(title, PERIOD.first)
    bans.impose(title=title, period=PERIOD, reason="另一次")
    assert (running(title, PERIOD.first), Ban.objects.count()) == (True, 2)


def test_a_title_has_one_ban_that_is_not_lifted(title: Title) -> None:
    bans.impose(title=title, period=PERIOD, reason="未报送年度总结")
    with pytest.raises(IntegrityError), transaction.atomic():
        bans.impose(title=title, period=PERIOD, reason="再次")
    bans.announce(title=title, document_number="昆工信通〔2026〕33号")
    assert Ban.objects.get().document_number == "昆工信通〔2026〕33号"


def test_the_words_of_a_ban_follow_state_and_day(title: Title) -> None:
    ban = bans.impose(title=title, period=PERIOD, reason="未报送年度总结")
    days = (date(2026, 11, 22), PERIOD.first, date(2029, 11, 24))
    assert [ban.standing(day)[0] for day in days] == ["尚未开始", "执行中", "已期满"]
    bans.stay(title=title)
    assert Ban.objects.get().standing(PERIOD.first) == ("停止执行", "warn")
    bans.lift(title=title)
    assert Ban.objects.get().standing(PERIOD.first) == ("已解除", "done")
