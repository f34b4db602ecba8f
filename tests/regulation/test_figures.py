from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from regulation import figures
from regulation.facts import Facts, FunctionFacts
from regulation.from_lists import Lists, compute
from regulation.identifiers import make_credit_code
from regulation.rows import (
    ActivityRow,
    Charge,
    Degree,
    FinanceRow,
    InstitutionRow,
    ProfessionalTitle,
    ServedRow,
    ServiceRow,
    Size,
    StaffRow,
)

CLOSES = date(2026, 11, 30)


def code(number: int, kind: str = "91") -> str:
    return make_credit_code(f"{kind}530102{number:09d}")


OPERATOR = code(999)


def served(number: int, year: int = 2025, **changes: object) -> ServedRow:
    return replace(ServedRow(code(number), f"示例企业{number}", year), **changes)


def test_the_same_enterprise_written_twice_counts_once_and_is_listed():
    rows = [served(1), served(1, credit_code=code(1).lower(), specialised=True), served(2)]
    counted = figures.served_in(rows, 2025)
    assert counted.codes == {code(1), code(2)}
    assert counted.specialised == {code(1)}
    assert [(problem.kind, problem.text) for problem in counted.problems] == [
        ("repeated", "重复的服务企业，出现2次，按一家计")
    ]


def test_sole_traders_large_enterprises_and_the_operator_are_not_smes():
    rows = [
        served(1),
        served(2, size=Size.SOLE_TRADER),
        served(3, credit_code=code(3, "92")),
        served(4, size=Size.LARGE),
        served(5, credit_code=OPERATOR),
    ]
    counted = figures.served_in(rows, 2025, operator_code=OPERATOR)
    assert counted.codes == {code(1)}
    assert counted.sole_traders == {code(2), code(3, "92")}
    assert [problem.kind for problem in counted.problems] == ["self"]


def test_a_specialised_sole_trader_is_not_a_specialised_sme():
    counted = figures.served_in([served(1), served(2, size=Size.SOLE_TRADER, specialised=True)], 2025)
    assert counted.specialised == frozenset()


def test_a_wrong_code_is_left_out_and_listed():
    counted = figures.served_in([served(1), served(2, credit_code="91530102000000002X")], 2025)
    assert counted.codes == {code(1)}
    assert [(problem.kind, problem.subject) for problem in counted.problems] == [("credit_code", "示例企业2")]


def test_a_year_without_rows_is_unknown_and_not_zero():
    assert figures.served_in([served(1, 2025)], 2024) is None


def test_staff_are_a_union_of_persons():
    rows = [
        StaffRow("甲", "1", True, Degree.MASTER, ProfessionalTitle.SENIOR),
        StaffRow("乙", "2", True, Degree.BELOW_BACHELOR, ProfessionalTitle.MIDDLE),
        StaffRow("丙", "3", True, Degree.BELOW_BACHELOR, ProfessionalTitle.JUNIOR),
        StaffRow("丁", "4", False, Degree.DOCTOR),
        StaffRow("甲", "1", True, Degree.MASTER),
    ]
    counted = figures.staff(rows)
    assert (counted.full_time, counted.qualified) == (3, 2)
    assert [problem.text for problem in counted.problems] == ["重复的人员，出现2次，按一人计"]


def test_persons_without_an_identity_are_told_apart_by_name_and_listed():
    counted = figures.staff([StaffRow("甲", "", True), StaffRow("乙", "", True), StaffRow("甲 ", "", True)])
    assert counted.full_time == 2
    assert [problem.kind for problem in counted.problems] == ["identity", "repeated"]
    assert [problem.rows for problem in counted.problems] == [(1, 2, 3), (1, 3)]


def test_enterprises_of_a_function_are_distinct_and_of_any_size():
    rows = [
        served(1, functions=("information",)),
        served(1, functions=("information", "training")),
        served(2, size=Size.SOLE_TRADER, functions=("information",)),
        served(3, functions=("training",)),
        served(4, 2024, functions=("information",)),
    ]
    assert figures.served_by_function(rows, "information", 2025) == 2
    assert figures.served_by_function(rows, "market", 2025) == 0
    assert figures.served_by_function([served(1)], "information", 2025) is None


def test_institutions_are_distinct_in_force_and_not_the_applicant():
    rows = [
        InstitutionRow(code(1), "当日到期", date(2024, 1, 1), CLOSES),
        InstitutionRow(code(2), "当日生效", CLOSES),
        InstitutionRow(code(2), "同一机构", date(2024, 1, 1)),
        InstitutionRow(code(3), "前一日到期", date(2024, 1, 1), date(2026, 11, 29)),
        InstitutionRow(code(4), "次日生效", date(2026, 12, 1)),
        InstitutionRow(OPERATOR, "自身", date(2024, 1, 1)),
        InstitutionRow("123", "代码有误", date(2024, 1, 1)),
        InstitutionRow(code(5), "止日早于起日", CLOSES, date(2024, 1, 1)),
    ]
    counted = figures.institutions(rows, closes_on=CLOSES, operator_code=OPERATOR)
    assert counted.in_force == {code(1), code(2)}
    assert sorted(problem.kind for problem in counted.problems) == [
        "credit_code", "dates", "not_in_force", "not_in_force", "repeated", "self",
    ]  # fmt: skip
    assert {problem.kind: problem.rows for problem in counted.problems if problem.kind != "not_in_force"} == {
        "credit_code": (7,), "dates": (8,), "repeated": (2, 3), "self": (6,),
    }  # fmt: skip


def test_an_activity_entered_twice_counts_once():
    rows = [
        ActivityRow("training", "政策 宣讲", date(2025, 3, 1), 300),
        ActivityRow("training", "政策宣讲", date(2025, 3, 1), 280),
        ActivityRow("training", "政策宣讲", date(2025, 4, 1), 200),
        ActivityRow("training", "政策宣讲", date(2024, 4, 1), 900),
        ActivityRow("market", "展会", date(2025, 3, 1), 50),
    ]
    assert figures.activities(rows, "training", 2025) == figures.Activities(2, 500)


def test_financing_and_guarantees_are_summed_apart_and_exactly():
    rows = [
        FinanceRow(code(1), date(2025, 1, 1), Decimal("0.10")),
        FinanceRow(code(2), date(2025, 12, 31), Decimal("0.20")),
        FinanceRow(code(2), date(2026, 1, 1), Decimal("9.00")),
    ]
    assert figures.amounts(rows, 2025) == (Decimal("0.30"), None)


def test_the_same_money_entered_twice_counts_once_and_from_another_bank_twice():
    row = FinanceRow(code(1), date(2025, 1, 1), Decimal("1.00"), provider="甲银行")
    other = FinanceRow(code(1), date(2025, 1, 1), Decimal("1.00"), provider="乙银行")
    assert figures.amounts([row, row, other], 2025) == (Decimal("2.00"), None)


def test_service_volume_needs_one_unit():
    rows = [ServiceRow(2025, 80, "次", Charge.PAID), ServiceRow(2025, 20, "次", Charge.FREE)]
    assert figures.service_volume(rows, 2025) == figures.Volume(100, 20, 0, "次")
    mixed = figures.service_volume([*rows, ServiceRow(2025, 5, "小时", Charge.LOW_FEE)], 2025)
    assert (mixed.kind, mixed.subject) == ("units", "小时、次")
    assert figures.service_volume(rows, 2024) is None


def test_what_two_platforms_claim_is_found():
    assert figures.shared([("甲", "1"), ("乙", "1"), ("甲", "2"), ("甲", "2")]) == {"1": ("乙", "甲")}


def test_facts_are_computed_from_the_lists_and_not_from_what_was_declared():
    lists = Lists(
        served=(served(1, functions=("information",)), served(2), served(3, 2024)),
        staff=(StaffRow("甲", "1", True, Degree.BACHELOR),),
        institutions=(InstitutionRow(code(7), "机构", date(2024, 1, 1)),),
        activities=(ActivityRow("information", "沙龙", date(2025, 5, 1), 40),),
        services=(ServiceRow(2025, 9, "次", Charge.PAID), ServiceRow(2025, 1, "次", Charge.LOW_FEE)),
    )
    declared = Facts(
        smes_last_year=500,
        functions={"information": FunctionFacts(enterprises=900, activities=9), "financing": FunctionFacts()},
        declared={"smes_last_year": 500, "smes_two_years_before": 0},
    )
    computed = compute(declared, lists, closes_on=CLOSES, operator_code=OPERATOR)
    facts = computed.facts
    assert (facts.smes_last_year, facts.smes_year_before, facts.smes_two_years_before) == (2, 1, 0)
    assert (facts.full_time_staff, facts.qualified_staff, facts.institutions_in_force) == (1, 1, 1)
    assert (facts.total_services, facts.free_services, facts.low_fee_services, facts.service_unit) == (10, 0, 1, "次")
    information = facts.functions["information"]
    assert (information.enterprises, information.activities, information.person_times) == (1, 1, 40)
    assert facts.functions["financing"].financed is None
    assert computed.frame == {code(1), code(2)}


def test_what_does_not_count_names_its_rows_and_the_figures_it_touches():
    lists = Lists(
        served=(served(1, functions=("information",)), served(2), served(3, 2024), served(3, 2024)),
        staff=(StaffRow("甲", "1", True), StaffRow("甲", "1", True)),
        institutions=(InstitutionRow(code(7), "到期机构", date(2020, 1, 1), date(2021, 1, 1)),),
        activities=(
            ActivityRow("training", "沙龙", date(2025, 5, 1)), ActivityRow("training", "旧活动", date(2024, 5, 1), 40),
        ),
        finance=(FinanceRow(code(1), date(2024, 1, 1), Decimal(1)),),
        services=(ServiceRow(2025, 9, "次", Charge.PAID), ServiceRow(2025, 1, "小时", Charge.FREE)),
    )  # fmt: skip
    declared = Facts(functions={key: FunctionFacts() for key in ("information", "training", "financing")})
    found = compute(declared, lists, closes_on=CLOSES, operator_code=OPERATOR).problems
    assert [(one.source, one.kind, one.rows, one.touches) for one in found] == [
        ("served", "repeated", (3, 4), ("min_growth",)),
        ("staff", "repeated", (1, 2), ("min_staff", "min_qualified_share")),
        ("institutions", "not_in_force", (1,), ("min_institutions",)),
        ("services", "units", (), ("min_public_share",)),
        ("served", "no_function", (2,), ("information_enterprises",)),
        ("activities", "other_year", (2,), ("training_person_times",)),
        ("activities", "participants", (1,), ("training_person_times",)),
        ("financing", "other_year", (1,), ("financing_amounts",)),
    ]
    assert found[0].text.startswith("2024年度：")


def test_empty_lists_leave_every_figure_unknown():
    computed = compute(Facts(full_time_staff=20), Lists(), closes_on=CLOSES, operator_code=OPERATOR)
    assert computed.facts == Facts(closes_on=CLOSES)
    assert (computed.frame, computed.problems) == (frozenset(), ())


def test_words_of_a_list_are_read_by_their_label():
    assert Size.from_label(" 个体 工商户") is Size.SOLE_TRADER
    assert [Degree.from_label(member.label) for member in Degree] == list(Degree)
    assert [ProfessionalTitle.from_label(member.label) for member in ProfessionalTitle] == list(ProfessionalTitle)
    assert [Charge.from_label(member.label) for member in Charge] == list(Charge)


def test_another_word_is_refused_with_what_may_be_written():
    with pytest.raises(ValueError, match="请填写大型、中型、小型、微型、个体工商户之一，现为“巨型”"):
        Size.from_label("巨型")
