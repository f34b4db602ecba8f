"""What holds for every case, not only at the boundaries: more never hurts, order and repetition never matter."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from regulation.answers import Verdict
from regulation.eligibility import assess
from regulation.facts import Facts, FunctionFacts
from regulation.from_lists import Lists, compute
from regulation.functions import FUNCTIONS
from regulation.identifiers import make_credit_code
from regulation.rows import ActivityRow, Degree, InstitutionRow, ProfessionalTitle, ServedRow, Size, StaffRow
from regulation.wording import percent
from tests.regulation.cases import BARELY, PARAMETERS, function

CLOSES = date(2026, 11, 30)
CODES = tuple(make_credit_code(f"91530102{number:09d}") for number in range(1, 9))
DECLARED = Facts(functions={key: FunctionFacts() for key in ("information", "training")})

days = st.dates(date(2023, 1, 1), date(2026, 12, 31))
served = st.builds(
    ServedRow, st.sampled_from(CODES), st.just("企业"), st.integers(2023, 2025), st.sampled_from(Size), st.booleans(),
    st.sampled_from(((), ("information",), ("information", "training"))),
)  # fmt: skip
staff = st.builds(
    StaffRow, st.sampled_from("甲乙丙丁"), st.sampled_from(("", "1", "2", "3")), st.booleans(), st.sampled_from(Degree),
    st.sampled_from(ProfessionalTitle),
)  # fmt: skip
institutions = st.builds(InstitutionRow, st.sampled_from(CODES), st.just("机构"), days, st.none() | days)
activities = st.builds(
    ActivityRow, st.sampled_from(("information", "training")), st.sampled_from("春夏秋冬"), days, st.integers(0, 500)
)
lists = st.builds(
    Lists,
    *(st.lists(rows, max_size=12).map(tuple) for rows in (served, staff, institutions, activities)),
)


def counted(rows: Lists) -> tuple[Facts, frozenset[str]]:
    computed = compute(DECLARED, rows, closes_on=CLOSES, operator_code=CODES[0])
    return computed.facts, computed.frame


def changed(rows: Lists, change) -> Lists:
    names = ("served", "staff", "institutions", "activities")
    return replace(rows, **{name: tuple(change(list(getattr(rows, name)))) for name in names})


@given(lists, st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(rows, chance):
    assert counted(changed(rows, lambda some: chance.sample(some, len(some)))) == counted(rows)


@given(lists, st.integers(0, 5))
def test_the_same_row_again_never_helps(rows, times):
    assert counted(changed(rows, lambda some: some + some[:times])) == counted(rows)


@given(lists)
def test_parts_are_never_more_than_their_whole_and_nothing_computed_contradicts_itself(rows):
    facts, frame = counted(rows)
    assert (facts.specialised_smes or 0) <= (facts.smes_last_year or 0) == len(frame)
    assert (facts.qualified_staff or 0) <= (facts.full_time_staff or 0)
    said = [text for answer in assess(facts, PARAMETERS).answers for text in answer.missing]
    assert [text for text in said if "更正" in text] == []


MORE = {
    "total_assets": st.decimals(0, 10**9, places=2), "smes_last_year": st.integers(0, 10**4), "specialised_smes": st.integers(0, 107),
    "institutions_in_force": st.integers(0, 100), "qualified_staff": st.integers(0, 3), "free_services": st.integers(0, 80),
    "low_fee_services": st.integers(0, 80), "satisfaction": st.fractions(0, Fraction(1, 5)),
}  # fmt: skip


@given(st.sampled_from(sorted(MORE)), st.data())
def test_more_of_what_is_asked_never_turns_a_good_case_bad(name, data):
    more = replace(BARELY, **{name: getattr(BARELY, name) + data.draw(MORE[name])})
    assert assess(more, PARAMETERS).overall is Verdict.MET


@given(st.integers(0, 3000))
def test_an_older_platform_is_never_too_young(days_more):
    older = replace(BARELY, platform_started_on=BARELY.platform_started_on - timedelta(days=days_more))
    assert assess(older, PARAMETERS).overall is Verdict.MET


@given(
    st.sampled_from(sorted(FUNCTIONS)), st.none() | st.integers(-5, 2000), st.booleans(),
    st.none() | st.decimals(-1, 10**10, places=2),
)  # fmt: skip
def test_one_more_declared_function_never_sinks_a_case(key, number, distinctive, money):
    extra = function(
        key, activities=number, person_times=number, enterprises=number, financed=money, distinctive=distinctive
    )
    assert assess(
        replace(BARELY, functions={**BARELY.functions, key: extra} | BARELY.functions), PARAMETERS
    ).overall is (Verdict.MET)


@given(st.fractions(0, 1))
def test_a_share_is_met_exactly_when_it_reaches_the_threshold_and_reads_below_it_otherwise(share):
    judged = assess(replace(BARELY, satisfaction=share), PARAMETERS)
    finding = next(f for f in judged.conditions[2].findings if f.key == "min_satisfaction")
    met = share >= Fraction(4, 5)
    assert (finding.verdict is Verdict.MET) is met
    assert (Decimal(percent(share).removesuffix("%")) >= 80) is met


@given(st.integers(0, 400), st.integers(1, 400))
def test_growth_is_met_exactly_when_ten_times_the_increase_reaches_the_base(last, before):
    judged = assess(replace(BARELY, smes_last_year=last, smes_year_before=before), PARAMETERS)
    finding = next(f for f in judged.conditions[2].findings if f.key == "min_growth")
    assert (finding.verdict is Verdict.MET) is (10 * (last - before) >= before)
