"""Each invariant of evaluations and rectifications, broken once on purpose."""

from collections.abc import Iterator

import pytest

from lifecycle.models import Counter
from supervision import grants
from supervision.invariants import evaluations as invariants
from supervision.models import Evaluation, EvaluationFinding, Rectification, RectificationItem, RectificationReport
from tests import cast
from tests.supervision import evaluations as make
from tests.supervision import reports as build
from timekeeping import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def reported() -> Iterator[Rectification]:
    """A rectification reported from a failed evaluation, and another evaluation under way; everything holds."""
    with clock.frozen(make.MORNING):
        title = build.titled("示范平台")
        found = make.reported(title)
        make.begun(None, make.evaluator("另一机构李工"))
        assert list(invariants.check()) == []
        yield found


def test_a_grant_that_nobody_gave_is_found(reported: Rectification) -> None:
    user = make.person(reported.evaluation).user
    grants.let_evaluate(user, reported.title)
    assert list(invariants.check()) == [f"多余的授权：evaluate 用户{user.pk} 称号{reported.title_id}"]


def test_a_grant_that_is_missing_is_found(reported: Rectification) -> None:
    running = Evaluation.objects.get(state="in_progress")
    grants.end_evaluating(running.evaluator, running.title)
    assert list(invariants.check()) == [f"缺少授权：evaluate 用户{running.evaluator_id} 称号{running.title_id}"]


@pytest.mark.parametrize("field", ["text", "verdict"])
def test_an_altered_finding_is_found(reported: Rectification, field: str) -> None:
    found = EvaluationFinding.objects.filter(evaluation=reported.evaluation, criterion="team")
    found.update(**{field: "unmet"})
    one = reported.evaluation
    assert list(invariants.check()) == [f"{one} {one.uuid} 的测评内容与提交时的记录不符"]


def test_a_rectification_without_failed_evaluation_is_found(reported: Rectification) -> None:
    cast.put_into(reported.evaluation, "passed")
    assert list(invariants.check()) == ["限期整改 ZG-2026-0001：没有对应的不合格测评"]


def test_a_rectification_without_items_is_found(reported: Rectification) -> None:
    RectificationItem.objects.all().delete()
    assert list(invariants.check()) == ["限期整改 ZG-2026-0001：没有整改事项"]


def test_a_gap_in_the_numbers_is_found(reported: Rectification) -> None:
    Counter.objects.filter(kind="rectification").update(last=2)
    assert list(invariants.check()) == ["整改编号ZG-2026-0002没有对应的限期整改"]


def test_a_missing_report_is_found(reported: Rectification) -> None:
    RectificationReport.objects.update(number=2)
    assert list(invariants.check()) == ["限期整改 ZG-2026-0001：整改报告的次数不连续"]


def test_a_recheck_without_report_is_found(reported: Rectification) -> None:
    other = make.ordered(build.titled("另一平台"))
    cast.put_into(other, "reported")
    assert list(invariants.check()) == ["限期整改 ZG-2026-0002：没有整改报告"]
