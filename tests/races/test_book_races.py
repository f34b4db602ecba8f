"""Old titles and accounts on PostgreSQL when several officers act at the same moment."""

import threading
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any
from unittest import mock

import pytest

from accounts import actors
from accounts.actors import Actor
from accounts.models import Capacity, Organisation, User
from registry import invariants
from registry.models import Claim, ImportedRow, Title
from registry.services import claims, imports
from registry.services.claims import Claimant
from tests import cast
from tests.races.racing import kinds, race
from tests.registry.old_books import TITLE, uploaded
from timekeeping import clock

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def november(frozen_clock: datetime) -> Iterator[None]:
    with clock.frozen(clock.shanghai(2026, 11, 23, 12)):
        yield


def test_one_workbook_confirmed_by_several_officers_enters_once() -> None:
    taken = uploaded(cast.city_officer("first"), TITLE)
    officers = [cast.city_officer(f"officer{number}") for number in range(3)]
    results = race(*[partial(imports.confirm, actor=officer, title_import=taken) for officer in officers])
    assert kinds(results) == ["WrongStage", "WrongStage", "done"]
    assert (Title.objects.count(), ImportedRow.objects.count()) == (1, 1)


def test_two_workbooks_with_the_same_title_bring_it_once() -> None:
    first, second = cast.city_officer("first"), cast.city_officer("second")
    one, other = uploaded(first, TITLE), uploaded(second, TITLE)
    results = race(
        partial(imports.confirm, actor=second, title_import=one),
        partial(imports.confirm, actor=first, title_import=other),
    )
    assert (kinds(results), Title.objects.count()) == (["Blocked", "done"], 1)
    assert list(invariants.check()) == []


@pytest.fixture
def rivals() -> tuple[Actor, list[Claim]]:
    """Two persons who claim the same organisation, and the officer of its district."""
    body = cast.organisation("旧平台运营有限公司")
    filed = [
        claims.file(
            actor=actors.public, credit_code=body.credit_code, letter=cast.stored_file(), address="203.0.113.9",
            claimant=Claimant(f"认领人{n}", "13800000009", f"claim{n}@example.com", "filer", "Panlong-2026-claim"),
        )
        for n in range(2)
    ]  # fmt: skip
    return cast.district_officer(), filed


def test_two_claims_approved_at_once_give_one_account(rivals: tuple[Actor, list[Claim]]) -> None:
    officer, filed = rivals
    results = race(*[partial(claims.approve, actor=officer, claim=claim) for claim in filed])
    assert kinds(results) == ["Blocked", "done"]
    assert (
        Capacity.objects.filter(organisation__isnull=False).count(),
        User.objects.filter(claim__isnull=False).count(),
    ) == (1, 1)
    assert list(invariants.check()) == []


def test_without_the_lock_both_claims_pass_the_guard(rivals: tuple[Actor, list[Claim]]) -> None:
    """The negative control: the organisation is read without its lock, and only a unique user name stops the second."""
    officer, filed = rivals
    passed, give = threading.Barrier(2), claims._account

    def unlocked(claim: Claim) -> Organisation:
        return Organisation.objects.get(pk=claim.organisation_id)

    def late(*given: Any) -> User:
        passed.wait(20)
        return give(*given)

    with mock.patch.object(claims, "_locked", unlocked), mock.patch.object(claims, "_account", late):
        assert kinds(race(*[partial(claims.approve, actor=officer, claim=claim) for claim in filed])) == [
            "IntegrityError",
            "done",
        ]
