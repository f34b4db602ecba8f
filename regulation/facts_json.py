"""Facts as JSON and back, exactly, so that a frozen version can be judged again with its pinned parameters."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from regulation.claims import Claim
from regulation.facts import Facts, FunctionFacts

_DATES = {"closes_on", "platform_started_on"}
_SHARES = {"satisfaction", "sampled_satisfaction"}
_MONEY = {"total_assets", "financed", "guaranteed"}


def to_json(facts: Facts) -> dict[str, Any]:
    """A JSON-serialisable copy: dates as ISO text, money and shares as exact text, None as null."""
    plain = {field.name: _plain(getattr(facts, field.name)) for field in fields(Facts)}
    plain["claims"] = _claims_to_json(facts.claims)
    plain["declared"] = dict(facts.declared)
    plain["functions"] = {key: _function_to_json(function) for key, function in facts.functions.items()}
    return plain


def from_json(plain: Mapping[str, Any]) -> Facts:
    """The facts ``to_json`` wrote. Raises TypeError for an unknown name, ValueError for a malformed value."""
    values = {name: _exact(name, value) for name, value in plain.items()}
    values["claims"] = _claims_from_json(plain["claims"])
    values["functions"] = {key: _function_from_json(row) for key, row in plain["functions"].items()}
    return Facts(**values)


def _function_to_json(function: FunctionFacts) -> dict[str, Any]:
    plain = {field.name: _plain(getattr(function, field.name)) for field in fields(FunctionFacts)}
    return plain | {"preconditions": _claims_to_json(function.preconditions)}


def _function_from_json(plain: Mapping[str, Any]) -> FunctionFacts:
    values = {name: _exact(name, value) for name, value in plain.items()}
    return FunctionFacts(**values | {"preconditions": _claims_from_json(plain["preconditions"])})


def _claims_to_json(claims: Mapping[str, Claim]) -> dict[str, list[bool | None]]:
    return {key: [claim.stated, claim.evidenced] for key, claim in claims.items()}


def _claims_from_json(plain: Mapping[str, list[Any]]) -> dict[str, Claim]:
    return {key: Claim(stated, evidenced) for key, (stated, evidenced) in plain.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal | Fraction) else value


def _exact(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _DATES:
        return date.fromisoformat(value)
    if name in _SHARES:
        return Fraction(value)
    return Decimal(value) if name in _MONEY else value
