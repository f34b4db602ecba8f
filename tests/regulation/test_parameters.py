import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from regulation import articles, parameters
from regulation.parameters import Rule

TODAY = date(2026, 11, 23)
NOW = parameters.at(TODAY)


def test_the_numbers_of_the_regulation_hold_from_its_first_day():
    first = parameters.at(date(2022, 10, 8))
    assert first.revision == "2022"
    assert first.min_assets == Decimal("2000000.00")
    assert (first.min_smes, first.min_specialised) == (100, 3)
    assert (first.min_satisfaction, first.min_growth) == (Fraction(4, 5), Fraction(1, 10))
    assert (first.min_staff, first.min_qualified_share) == (15, Fraction(4, 5))
    assert (first.min_institutions, first.min_public_share, first.platform_years) == (3, Fraction(1, 5), 2)
    assert (first.sample_share, first.notice_workdays) == (Fraction(1, 10), 10)
    assert (first.title_years, first.ban_years, first.change_filing_workdays) == (3, 3, 10)


@pytest.mark.parametrize("day", [date(2022, 10, 7), date(2018, 9, 7)])
def test_the_2018_text_is_not_held_so_its_numbers_are_refused(day):
    with pytest.raises(articles.RevisionUnknown, match="昆工信通〔2018〕126号"):
        parameters.at(day)


def test_every_value_names_its_article_or_the_basis_of_the_default():
    for rule in NOW.as_rows():
        assert rule.basis
        assert rule.article_label == "默认规则" if rule.is_default else rule.article_label.startswith("第")


def test_the_table_and_the_attributes_name_the_same_values():
    assert tuple(rule.name for rule in NOW.as_rows()) == parameters.VALUE_NAMES
    assert {rule.name for rule in parameters.RULES} == set(parameters.VALUE_NAMES)
    assert len({(rule.name, rule.since) for rule in parameters.RULES}) == len(parameters.RULES)
    assert {rule.name: getattr(NOW, rule.name) for rule in NOW.rules} == {rule.name: rule.value for rule in NOW.rules}


@pytest.mark.parametrize(
    ("name", "label", "shown"),
    [
        ("min_assets", "第七条第（二）项", "200万元"),
        ("financing_guarantees", "第八条第（五）项", "150000万元"),
        ("min_satisfaction", "第七条第（三）项", "80%"),
        ("sample_share", "第十一条", "10%"),
        ("notice_workdays", "第十四条", "10个工作日"),
        ("recommendation_floor", "默认规则", "60分"),
        ("growth_reading", "默认规则", "上年度比前一年度"),
    ],
)
def test_a_row_reads_as_an_official_writes_it(name, label, shown):
    rule = NOW.rule(name)
    assert (rule.article_label, rule.shown) == (label, shown)


def test_a_pin_survives_json_and_gives_back_the_same_parameters():
    assert parameters.from_pin(json.loads(json.dumps(NOW.pin()))) == NOW


def test_a_pin_older_than_a_value_takes_it_from_the_table():
    pin = NOW.pin()
    pin["rules"] = [row for row in pin["rules"] if row["name"] != "objection_workdays"]
    assert parameters.from_pin(pin) == NOW


def test_a_pin_with_an_unknown_value_is_refused():
    pin = NOW.pin()
    pin["rules"] = [{**pin["rules"][0], "name": "luck"}]
    with pytest.raises(ValueError, match="luck"):
        parameters.from_pin(pin)


def test_an_official_changes_a_default_from_a_day_on_and_an_old_pin_keeps_the_old_value():
    change = replace(NOW.rule("correction_workdays"), value=7, basis="局务会议定", since=date(2026, 12, 1))
    assert parameters.at(date(2026, 11, 30), [change]).correction_workdays == 5
    assert parameters.at(date(2026, 12, 1), [change]).correction_workdays == 7
    assert parameters.from_pin(NOW.pin()).correction_workdays == 5


def test_of_two_changes_from_one_day_the_later_entered_holds():
    first = replace(NOW.rule("accept_workdays"), value=3, since=TODAY)
    second = replace(first, value=4)
    assert parameters.at(TODAY, [first, second]).accept_workdays == 4


def test_a_value_fixed_by_an_article_cannot_be_changed_alone():
    with pytest.raises(ValueError, match="第十四条"):
        parameters.at(TODAY, [replace(NOW.rule("notice_workdays"), value=5)])


def test_a_change_of_an_unknown_value_or_of_another_type_is_refused():
    with pytest.raises(ValueError, match="没有名为"):
        parameters.at(TODAY, [Rule("luck", "运气", 1, "", "default", "无")])
    with pytest.raises(ValueError, match="类型"):
        parameters.at(TODAY, [replace(NOW.rule("accept_workdays"), value="5")])
