"""The commands an evaluator, an auditor and the build call."""

import json
import re
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from lifecycle import printing, states, steps

FIELDS = {"subject", "step", "label", "sources", "target", "actor", "article", "term", "service"}


def run(*args: str) -> str:
    out = StringIO()
    call_command(*args, stdout=out)
    return out.getvalue()


def test_the_json_table_is_a_list_of_objects_with_the_promised_fields() -> None:
    rows = json.loads(run("lifecycle", "--json"))
    assert len(rows) == len(steps.STEPS)
    assert all(set(row) == FIELDS for row in rows)
    assert all(re.fullmatch(r"\d+|default", row["article"]) for row in rows)


def test_the_plain_table_has_one_line_per_step() -> None:
    assert len(run("lifecycle").splitlines()) == len(steps.STEPS)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("arguments", "printed"),
    [
        (("2026-09-24", "2026-10-15"), "11"),
        (("2026-09-25", "--days", "10"), "2026-10-15"),
        (("2026-09-26", "2026-09-26"), "0"),
        (("2026-10-10", "--days", "1"), "2026-10-10"),
        (("2026-02-28", "2026-02-28"), "1"),
    ],
)
def test_workdays_prints_only_the_answer(arguments: tuple[str, ...], printed: str) -> None:
    assert run("workdays", *arguments) == f"{printed}\n"


@pytest.mark.django_db
@pytest.mark.parametrize("arguments", [("2026-12-30", "2027-01-05"), ("2026-12-31", "--days", "2")])
def test_workdays_refuses_a_year_that_is_not_published_and_names_it(arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match="2027") as refused:
        run("workdays", *arguments)
    assert refused.value.returncode == 1


def test_every_subject_has_a_chinese_name_in_the_printed_documentation() -> None:
    assert set(printing.SUBJECTS) == set(steps.subjects()) == set(states.STATES)


def test_every_step_is_unique_and_names_a_known_tone() -> None:
    assert len(steps.BY_KEY) == len(steps.STEPS)
    assert {state.tone for life in states.STATES.values() for state in life.values()} <= set(states.TONES)


@pytest.mark.django_db
def test_verify_is_clean_on_a_fresh_database() -> None:
    assert "核验通过" in run("verify")


@pytest.mark.django_db
def test_an_administrator_enters_the_next_years_arrangement() -> None:
    from lifecycle.workdays import calendar, enter_year

    days = [(date(2027, 1, 1), "holiday", "元旦"), (date(2027, 1, 3), "workday", "元旦调休")]
    enter_year(year=2027, document_number="国办发明电〔2026〕0号", days=days, entered_by=None)
    assert calendar().count(date(2027, 1, 1), date(2027, 1, 4)) == 2
