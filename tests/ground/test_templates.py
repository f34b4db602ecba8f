"""Templates load the tag libraries they use, and no others."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines

TEMPLATES = sorted(Path(settings.BASE_DIR, "templates").rglob("*.*"))
LOAD = re.compile(r"{% load ([\w ]+) %}")


def library_words(name: str) -> set[str]:
    """Tags and filters of a library."""
    engine = engines["django"].engine
    library = engine.template_libraries[name]
    return set(library.tags) | set(library.filters)


def unused(source: str) -> set[str]:
    """The libraries that a template loads without using any of their words."""
    rest = LOAD.sub("", source)
    used = set(re.findall(r"{%\s*(\w+)", rest)) | set(re.findall(r"\|(\w+)", rest))
    loaded = {name for names in LOAD.findall(source) for name in names.split()}
    return {name for name in loaded if not library_words(name) & used}


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("{% load ui lifecycle %}{% step_fields %}", {"ui"}),
        ("{% load ui %}{{ day|chinese_date }}", set()),
        ("{% load ui %}{% panel %}{% endpanel %}", set()),
    ],
)
def test_an_unused_library_is_told_from_a_used_one(source: str, names: set[str]) -> None:
    assert unused(source) == names


def test_no_template_loads_what_it_does_not_use() -> None:
    assert len(TEMPLATES) > 300
    found = {str(path): names for path in TEMPLATES if (names := unused(path.read_text(encoding="utf-8")))}
    assert found == {}
