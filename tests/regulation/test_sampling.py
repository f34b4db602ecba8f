from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulation import sampling

TENTH = Fraction(1, 10)
CODES = [f"C{number:04d}" for number in range(105)]


@pytest.mark.parametrize(
    ("frame", "size"), [(1, 1), (9, 1), (10, 1), (11, 2), (100, 10), (101, 11), (105, 11), (130, 13)]
)
def test_at_least_a_tenth_is_asked_and_at_least_one(frame, size):
    assert sampling.sample_size(frame, TENTH) == size


@given(st.integers(1, 5000))
def test_the_size_is_the_smallest_that_reaches_the_share(frame):
    size = sampling.sample_size(frame, TENTH)
    assert Fraction(size, frame) >= TENTH
    assert size == 1 or Fraction(size - 1, frame) < TENTH


def test_an_empty_frame_cannot_be_sampled():
    with pytest.raises(sampling.EmptyFrame):
        sampling.sample_size(0, TENTH)
    with pytest.raises(sampling.EmptyFrame):
        sampling.draw([], "seed", 1)


def test_the_draw_is_the_lowest_hashes_and_stays_the_same_for_ever():
    drawn = sampling.draw(["A", "B", "C", "D"], "2026", 2, 1)
    order = sorted("ABCD", key=lambda code: sampling.ticket("2026", code))
    assert (drawn.sample, drawn.reserve) == (tuple(order[:2]), tuple(order[2:3]))
    assert sampling.ticket("2026", "A") == "e7c78aa7b7998a2d41139098e86934abcc00f9244d9531332049eb3a81965636"


@given(st.permutations(CODES[:30]), st.text(min_size=1, max_size=12))
def test_the_order_and_spelling_of_the_list_change_nothing(codes, seed):
    spelled = [code.lower() + " " for code in codes] + codes[:5]
    assert sampling.draw(spelled, seed, 3, 3) == sampling.draw(sorted(codes), seed, 3, 3)


@given(st.integers(1, 105), st.integers(0, 105))
def test_sample_and_reserve_are_distinct_members_of_the_frame(size, reserve):
    drawn = sampling.draw(CODES, "seed", size, reserve)
    everyone = drawn.sample + drawn.reserve
    assert len(drawn.sample) == size
    assert len(everyone) == min(size + reserve, 105) == len(set(everyone))
    assert set(everyone) <= set(CODES)


def test_a_draw_can_be_replayed_and_a_forged_one_is_noticed():
    drawn = sampling.draw(CODES, "seed", 11, 11)
    assert sampling.replay(drawn, reversed(CODES))
    swapped = (drawn.reserve[0], *drawn.sample[1:])
    assert not sampling.replay(sampling.Draw(drawn.seed, drawn.frame_hash, swapped, drawn.reserve), CODES)
    assert not sampling.replay(drawn, CODES[:-1])


def test_another_seed_draws_others():
    assert sampling.draw(CODES, "one", 11).sample != sampling.draw(CODES, "two", 11).sample


def test_every_member_has_an_equal_chance():
    times = dict.fromkeys(CODES[:20], 0)
    for seed in range(2000):
        for code in sampling.draw(CODES[:20], str(seed), 2).sample:
            times[code] += 1
    assert all(140 < count < 260 for count in times.values())  # 200 expected, more than four deviations wide


@pytest.mark.parametrize(("size", "reserve", "seed"), [(0, 0, "s"), (106, 0, "s"), (1, -1, "s"), (1, 0, "")])
def test_an_impossible_draw_is_refused(size, reserve, seed):
    with pytest.raises(ValueError, match=r"抽样|样本"):
        sampling.draw(CODES, seed, size, reserve)


def test_the_reserve_is_as_large_as_the_frame_allows():
    assert sampling.reserve_size(105, 11, Fraction(1)) == 11
    assert sampling.reserve_size(12, 11, Fraction(1)) == 1


def test_satisfaction_is_exact_over_valid_answers():
    assert sampling.satisfaction(very_satisfied=5, satisfied=3, valid=11) == Fraction(8, 11)
    assert sampling.satisfaction(very_satisfied=0, satisfied=0, valid=0) is None
    with pytest.raises(ValueError, match="有效答卷"):
        sampling.satisfaction(very_satisfied=5, satisfied=3, valid=7)
