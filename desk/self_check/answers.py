"""From what was typed into the self-check to the plain facts: what is blank is unknown, what is wrong is said at its field."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from accounts.fields import check_year
from applications.schema import Field, Section, figures_of
from desk.self_check.questions import LACKING, SHOWN, STATED, UNKNOWN
from regulation.claims import CLAIMS, Claim
from regulation.facts import Facts, FunctionFacts
from regulation.functions import FUNCTIONS
from regulation.wording import share_of_percent

CLAIM_OF = {SHOWN: Claim(True, True), STATED: Claim(True, False), LACKING: Claim(False), UNKNOWN: Claim()}
FIGURES = (
    "total_assets", "smes_last_year", "smes_year_before", "smes_two_years_before", "specialised_smes", "total_services",
    "free_services", "low_fee_services", "full_time_staff", "qualified_staff", "institutions_in_force",
)  # fmt: skip


@dataclass(frozen=True)
class Answers:
    """What was typed, by field: the raw texts, the typed values of those that can be read, the words for those that cannot."""

    raw: dict[str, str]
    values: dict[str, Any]
    problems: dict[str, str]

    def facts(self, closes_on: date | None) -> Facts:
        """The facts for the rules. The recommendation stays open: only the district can give it."""
        satisfaction = self.values.get("satisfaction")
        return Facts(
            closes_on=closes_on,
            claims={key: CLAIM_OF[self.values.get(key, UNKNOWN)] for key in CLAIMS},
            platform_started_on=self.values.get("started_on"),
            satisfaction=None if satisfaction is None else share_of_percent(satisfaction),
            service_unit=self.values.get("service_unit", ""),
            functions={key: self._function(key) for key in FUNCTIONS if self._wanted(key)},
            **{name: self.values.get(name) for name in FIGURES},
        )

    def _wanted(self, function: str) -> bool:
        """Ticked, or something filled in that only makes sense for it."""
        said = [value for name, value in self.values.items() if name.startswith(f"{function}.")]
        return any(value not in (False, UNKNOWN, LACKING) for value in said)

    def _function(self, key: str) -> FunctionFacts:
        return FunctionFacts(
            distinctive=self.values.get(f"{key}.distinctive", False),
            preconditions={
                item.key: CLAIM_OF[self.values.get(f"{key}.{item.key}", UNKNOWN)]
                for item in FUNCTIONS[key].preconditions
            },
            **{name: self.values.get(f"{key}.{name}") for name in figures_of(key)},
        )


def read(sheet: Section, typed: Mapping[str, str]) -> Answers:
    """Read every field of the sheet; whatever else was sent is ignored."""
    raw = {field.key: typed.get(field.key, "") for field in sheet.fields}
    values, problems = {}, {}
    for field in sheet.fields:
        if raw[field.key].strip():
            try:
                values[field.key] = _value(field, raw[field.key])
            except ValueError as wrong:
                problems[field.key] = str(wrong)
    return Answers(raw, values, problems)


def _value(field: Field, raw: str) -> Any:
    value = field.parse(raw)
    if isinstance(value, date):
        try:
            check_year(value)
        except ValidationError as wrong:
            raise ValueError(wrong.messages[0]) from wrong
    return value
