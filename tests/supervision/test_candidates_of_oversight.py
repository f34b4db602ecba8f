"""Absences and rectifications in vain as grounds of Art. 19."""

from collections.abc import Iterator

import pytest
from django.core.exceptions import ValidationError

from lifecycle.errors import Blocked
from supervision.services import invitations, resolutions
from supervision.services.resolutions import Ruling
from tests.review import stage
from tests.supervision.endings import Bench, failed_rectification, missed
from tests.supervision.test_candidates import GRANTED, MISSING, proposed, referred
from timekeeping import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def bench() -> Iterator[Bench]:
    """A title of June 2025."""
    made = Bench(granted_at=GRANTED)
    with clock.frozen(MISSING):
        yield made


def test_repeated_absences_are_listed_one_by_one_from_the_limit_on(bench: Bench) -> None:
    with clock.frozen(clock.shanghai(2025, 9, 1, 9)):
        missed(bench.clerk, bench.title)
    with clock.frozen(clock.shanghai(2025, 12, 1, 9)):
        assert proposed(bench) == []
        missed(bench.clerk, bench.title)
    with clock.frozen(clock.shanghai(2025, 12, 10, 9)):
        [(name, ground, words)] = proposed(bench)
        assert (name, ground, len(words)) == ("甲平台", "absences", 2)
        assert all("无故缺席" in line for line in words)


def test_an_absence_excused_after_the_entry_sends_the_case_back_to_the_meeting(bench: Bench) -> None:
    with clock.frozen(clock.shanghai(2025, 9, 1, 9)):
        first, _ = missed(bench.proposer, bench.title, 2)
    with clock.frozen(clock.shanghai(2025, 9, 10, 9)):
        ending = referred(bench, "absences")
        entered = bench.entered(Ruling(ending, "end", "经集体研究决定。"))
        invitations.excuse(actor=bench.proposer, invitation=first, note="有住院证明。")
        with pytest.raises(Blocked):
            resolutions.confirm(actor=bench.second, resolution=entered)
    assert stage.fresh(bench.title).state == "granted"


def test_a_rectification_in_vain_is_listed_with_its_evaluation_and_binds_the_hands_of_its_judges(bench: Bench) -> None:
    with clock.frozen(clock.shanghai(2025, 9, 1, 9)):
        one = failed_rectification(bench.title, bench.clerk)
    with clock.frozen(clock.shanghai(2025, 11, 3, 9)):
        assert proposed(bench) == [
            ("甲平台", "failed_rectification", [
                "2025年9月1日运行测评不合格", f"限期整改（{one.number}）期限至2025年10月17日，2025年10月18日复查仍不达标",
            ]),
        ]  # fmt: skip
        ending = referred(bench, "failed_rectification")
        with pytest.raises(ValidationError) as refused:
            bench.entered(Ruling(ending, "end", "经集体研究决定。"))
    assert refused.value.message_dict == {
        "rulings": [
            f"您曾任“甲平台”一案的{part}，不能录入或复核其集体决策"
            for part in ("测评结论经办人", "整改经办人", "整改复查人")
        ]
    }
