"""Sheets of 附件2 on PostgreSQL when officers of one district act at the same moment."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

import pytest

from accounts.actors import Actor
from applications.models import Application, Call
from review import invariants
from review.models import Recommendation, SummarySheet
from review.selectors import summaries
from review.selectors.summary_differences import compare
from review.services import district
from tests import cast
from tests.races.racing import kinds, race
from tests.review import build
from tests.review.sheets import brought, edited, mark_of, sheet_of, workbook_of
from timekeeping import clock

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def november(frozen_clock: datetime) -> Iterator[None]:
    with clock.frozen(clock.shanghai(2026, 11, 23, 12)):
        yield


@pytest.fixture
def officers() -> list[Actor]:
    return [cast.district_officer(f"officer{number}") for number in range(3)]


@pytest.fixture
def call() -> Call:
    return cast.open_call(cast.city_officer())


def recommending(officer: Actor, application: Application, order: int) -> partial[Recommendation]:
    return partial(district.recommend, actor=officer, application=application, opinion="同意。", order=order)


def test_the_first_recommendations_of_a_district_begin_one_sheet(call: Call, officers: list[Actor]) -> None:
    cases = [build.ready(officers[0], build.submitted(call, name=f"示例{n}")) for n in range(3)]
    results = race(*[recommending(o, c, n) for n, (o, c) in enumerate(zip(officers, cases, strict=True), 1)])
    assert kinds(results) == ["done", "done", "done"]
    assert [len(summaries.standing(sheet)) for sheet in SummarySheet.objects.all()] == [3]


@pytest.mark.parametrize("attempt", range(3))
def test_forwarding_recommending_and_editing_at_once_lose_nothing(
    call: Call, officers: list[Actor], attempt: int
) -> None:
    first, second, third = officers
    cast.recommended_application(call, first, name="示例甲", order=1)
    other = build.ready(first, build.submitted(call, name="示例乙"))
    sheet = sheet_of(call, first)
    taken = brought(first, sheet, edited(workbook_of(sheet), {(1, "备注"): "园区重点平台"}))
    [cell] = compare(sheet, summaries.rows_of(sheet), taken.file).takeable
    seen = mark_of(sheet)
    district.keep_scan(actor=first, sheet=sheet, file=build.pdf(), fingerprint=seen)
    forward = partial(district.forward, actor=first, sheet=sheet, letter_number="盘工信〔2026〕12号")
    revise = partial(district.revise, actor=third, taken=taken, chosen=[cell.key], seen=seen)
    results = race(forward, recommending(second, other, 2), revise)
    assert not isinstance(results[1], Exception)
    assert {type(one).__name__ for one in results if isinstance(one, Exception)} <= {"Blocked", "Stale", "WrongStage"}
    sent = SummarySheet.objects.get(pk=sheet.pk)
    if sent.state == "forwarded":
        assert (sent.fingerprint, [row["remarks"] for row in sent.rows]) == (seen, [""])
        assert [len(summaries.standing(one)) for one in SummarySheet.objects.order_by("number")] == [1, 1]
    else:
        assert [len(summaries.standing(one)) for one in SummarySheet.objects.all()] == [2]
    assert list(invariants.check()) == []


def test_a_sheet_is_forwarded_once(call: Call, officers: list[Actor]) -> None:
    cast.recommended_application(call, officers[0])
    sheet = sheet_of(call, officers[0])
    district.keep_scan(actor=officers[0], sheet=sheet, file=build.pdf(), fingerprint=mark_of(sheet))
    letters = [f"盘工信〔2026〕{n}号" for n in (1, 2, 3)]
    results = race(
        *[
            partial(district.forward, actor=o, sheet=sheet, letter_number=n)
            for o, n in zip(officers, letters, strict=True)
        ]
    )
    assert kinds(results) == ["WrongStage", "WrongStage", "done"]
    assert Application.objects.get().state == "forwarded"
