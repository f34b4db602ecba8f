from pathlib import Path

import pytest

from accounts.models import Role
from lifecycle.states import STATES
from regulation.functions import FUNCTIONS

GLOSSARY = (Path(__file__).parents[2] / "docs" / "glossary.md").read_text(encoding="utf-8")


def section(life: str) -> str:
    return GLOSSARY.split(f"· `{life}`\n", 1)[1].split("\n### ", 1)[0].split("\n## ", 1)[0]


@pytest.mark.parametrize("life", STATES)
def test_every_state_is_in_the_glossary_under_its_life(life):
    rows = [line for line in section(life).splitlines() if line.startswith("| ") and "`" in line]
    listed = {tuple(cell.strip().strip("`") for cell in row.split("|")[1:3]) for row in rows}
    assert listed == {(state.label, name) for name, state in STATES[life].items()}


def test_every_role_and_function_is_in_the_glossary():
    for role in Role:
        assert f"| {role.label}" in GLOSSARY and f"| `{role.value}` |" in GLOSSARY
    for rule in FUNCTIONS.values():
        assert f"| {rule.label} | `{rule.key}` | {rule.citation} |" in GLOSSARY
