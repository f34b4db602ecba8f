import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from regulation import rubric
from regulation.ranking import Case, DecidedBy, mean, rank
from regulation.rubric import DEFAULT_RUBRIC as RUBRIC

FULL = {item.key: item.maximum for item in RUBRIC.items}


def sheet(**changes: str) -> dict[str, Decimal]:
    return FULL | {key: Decimal(points) for key, points in changes.items()}


def test_the_default_rubric_weighs_the_seven_parts_as_published():
    parts: dict[str, Decimal] = {}
    for item in RUBRIC.items:
        parts[item.part] = parts.get(item.part, Decimal(0)) + item.maximum
    assert list(parts.values()) == [15, 10, 15, 30, 10, 8, 12]


def test_weights_that_do_not_sum_to_100_are_refused():
    with pytest.raises(ValueError, match="应为100分，现为85分"):
        rubric.Rubric("short", RUBRIC.items[1:])


def test_a_repeated_item_is_refused():
    with pytest.raises(ValueError, match="重复"):
        rubric.Rubric("twice", RUBRIC.items + RUBRIC.items[:1])


def test_a_pin_survives_json():
    assert rubric.from_pin(json.loads(json.dumps(RUBRIC.pin()))) == RUBRIC


def test_a_pin_with_other_weights_is_refused():
    pin = RUBRIC.pin()
    pin["items"][0]["maximum"] = "14"
    with pytest.raises(ValueError, match="100分"):
        rubric.from_pin(pin)


def test_anchors_go_from_good_to_poor_on_the_grid_of_points():
    for item in RUBRIC.items:
        points = [anchor.points for anchor in item.anchors]
        assert points == sorted(points, reverse=True)
        assert all(point % rubric.STEP == 0 and point <= item.maximum for point in points)


def test_a_complete_sheet_is_totalled_exactly():
    assert RUBRIC.total(FULL) == Decimal(100)
    assert RUBRIC.total(sheet(team="12.5", volume="0")) == Decimal("89.5")
    assert RUBRIC.part_total(sheet(volume="0"), rubric.PERFORMANCE) == Decimal(22)


@pytest.mark.parametrize(
    ("scores", "reason"),
    [
        ({"team": "15.5"}, "请填0至15之间的分数"),
        ({"team": "-0.5"}, "请填0至15之间的分数"),
        ({"team": "12.3"}, "0.5分为一档"),
        ({"luck": "1"}, "评分表中没有这一项"),
    ],
)
def test_a_faulty_sheet_is_refused_at_its_item(scores, reason):
    key = next(iter(scores))
    assert reason in RUBRIC.check(sheet(**scores))[key]
    with pytest.raises(ValueError, match=key):
        RUBRIC.total(sheet(**scores))


def test_an_incomplete_sheet_never_counts():
    scores = {key: points for key, points in FULL.items() if key != "team"}
    assert RUBRIC.check(scores) == {"team": "请评分"}


def places(*cases: Case) -> list[tuple[int, tuple[str, ...], DecidedBy]]:
    return [(place.place, place.keys, place.decided_by) for place in rank(RUBRIC, cases)]


def test_the_mean_is_exact():
    case = Case("a", (sheet(), sheet(team="14.5"), sheet(team="14.5")))
    assert mean(RUBRIC, case) == Fraction(299, 3)


def test_cases_stand_by_their_mean():
    assert places(Case("a", (sheet(team="1"),)), Case("b", (sheet(),))) == [
        (1, ("b",), DecidedBy.MEAN),
        (2, ("a",), DecidedBy.MEAN),
    ]


def test_equal_means_stand_by_performance_then_by_sampled_satisfaction():
    strong = Case("strong", (sheet(team="13"),), Fraction(8, 10))
    weak = Case("weak", (sheet(volume="6"),), Fraction(9, 10))
    liked = Case("liked", (sheet(volume="6"),), Fraction(91, 100))
    assert places(weak, liked, strong) == [
        (1, ("strong",), DecidedBy.PERFORMANCE),
        (2, ("liked",), DecidedBy.SATISFACTION),
        (3, ("weak",), DecidedBy.SATISFACTION),
    ]


def test_a_tie_is_never_broken_by_key_or_order():
    first, second, last = Case("a", (sheet(),)), Case("b", (sheet(),)), Case("c", (sheet(team="1"),))
    expected = [(1, ("a", "b"), DecidedBy.TIE), (3, ("c",), DecidedBy.MEAN)]
    assert places(first, second, last) == places(last, second, first) == expected
    assert [place.is_tie for place in rank(RUBRIC, [first, second, last])] == [True, False]


def test_an_unknown_satisfaction_leaves_the_tie_to_people():
    known = Case("a", (sheet(),), Fraction(9, 10))
    assert places(known, replace(known, key="b", sampled_satisfaction=None)) == [(1, ("a", "b"), DecidedBy.TIE)]


def test_a_case_without_a_locked_sheet_cannot_be_ranked():
    with pytest.raises(ValueError, match="尚无有效评分表"):
        rank(RUBRIC, [Case("a", ())])
