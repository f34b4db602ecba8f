"""Each invariant of ended titles, broken once on purpose."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from lifecycle.models import DocumentNumber
from registry.models import Ban, Plaque, Title
from supervision.invariants import endings as invariants
from supervision.models import Ending, Resolution, ResolutionItem
from supervision.services import endings
from tests import cast
from tests.supervision.endings import FACTS, OPENING, Bench, order
from timekeeping import clock

pytestmark = pytest.mark.django_db

NAME = "取消称号：甲平台（KMSF-2026-001）"


@pytest.fixture
def bench() -> Iterator[Bench]:
    """A title cancelled and announced; everything holds."""
    made = Bench()
    with clock.frozen(OPENING):
        made.announced("absences")
        assert list(invariants.check()) == []
        yield made


def test_a_decision_without_a_confirmed_meeting_is_found(bench: Bench) -> None:
    ResolutionItem.objects.all().delete()
    assert list(invariants.check()) == [f"{NAME} 已作出决定，但有 0 次集体决策"]


def test_a_document_number_that_nobody_registered_is_found(bench: Bench) -> None:
    DocumentNumber.objects.all().delete()
    assert list(invariants.check()) == [f"{NAME} 的文号没有登记"]


def test_a_title_that_lives_on_after_its_decision_is_found(bench: Bench) -> None:
    cast.put_into(bench.title, "granted")
    assert list(invariants.check()) == [f"{NAME} 的状态与称号的状态（granted）不符"]


def test_a_title_ended_by_the_other_act_is_found(bench: Bench) -> None:
    cast.put_into(bench.title, "revoked")
    assert list(invariants.check()) == [f"{NAME} 的程序与称号的状态（revoked）不符"]


def test_a_title_with_another_document_number_is_found(bench: Bench) -> None:
    Title.objects.update(ended_document="昆工信通〔2026〕999号")
    assert list(invariants.check()) == [f"{NAME} 的文号与称号的终止文号不符"]


def test_a_cancellation_without_ban_is_found(bench: Bench) -> None:
    Ban.objects.all().delete()
    assert list(invariants.check()) == [f"{NAME} 没有不得再次申报的登记"]


def test_a_stayed_ban_under_a_running_decision_is_found(bench: Bench) -> None:
    Ban.objects.update(stayed_at=clock.now())
    assert list(invariants.check()) == [f"{NAME} 的停止执行与不得再次申报的登记不符"]


@pytest.mark.parametrize(
    "altered",
    [
        {"ends_on": OPENING.date() + timedelta(days=30)},
        {"starts_on": OPENING.date() - timedelta(days=30)},
        {"credit_code": "91530100MA00000000"},
        {"operator_name": "别的单位"},
        {"document_number": "昆工信通〔2026〕999号"},
    ],
    ids=lambda altered: "".join(altered),
)
def test_a_ban_that_is_not_the_one_decided_is_found(bench: Bench, altered: dict[str, object]) -> None:
    Ban.objects.update(**altered)
    assert list(invariants.check()) == [f"{NAME} 的不得再次申报登记与决定不符"]


def test_a_ban_that_outlives_its_decision_is_found(bench: Bench) -> None:
    endings.overturn(actor=bench.clerk, ending=Ending.objects.get(), order=order())
    assert list(invariants.check()) == []
    Ban.objects.update(lifted_at=None)
    assert list(invariants.check()) == [f"{NAME} 仍有不得再次申报的登记"]


def test_a_plaque_that_was_not_called_in_is_found(bench: Bench) -> None:
    [plaque] = Plaque.objects.all()
    cast.put_into(plaque, "received")
    assert list(invariants.check()) == [f"{NAME} 已决定，但牌匾 {plaque.serial} 没有责令交回"]


def test_a_title_ended_without_any_decision_is_found(bench: Bench) -> None:
    cast.put_into(Ending.objects.get(), "referred")
    found = list(invariants.check())
    assert found[0] == "称号 KMSF-2026-001 为“已取消”，但没有决定"
    assert found[1].endswith(f"的决定没有生效：{NAME}")


def test_a_meeting_confirmed_by_one_person_is_found(bench: Bench) -> None:
    # The database refuses equal persons; a missing one it lets through.
    Resolution.objects.update(confirmed_by=None)
    number = Resolution.objects.get().minutes_number
    assert list(invariants.check()) == [f"监督事项集体决策 {number} 没有由另一人复核"]


def test_the_database_itself_refuses_one_person_and_a_second_open_procedure(bench: Bench) -> None:
    resolution = Resolution.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Resolution.objects.update(confirmed_by=resolution.entered_by)
    open_once(bench)
    with pytest.raises(IntegrityError), transaction.atomic():
        open_once(bench)


def open_once(bench: Bench) -> None:
    """An open procedure written past the machine."""
    ending = Ending(title=bench.title, kind="revoke", ground="unlawful", facts_on=FACTS, opened_by=bench.clerk.user)
    ending.__dict__["state"] = "opened"
    ending.save()
