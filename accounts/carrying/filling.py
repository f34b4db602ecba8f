"""Puts values back into the form of a finished page. Pure: HTML in, HTML out; everything else of the page stays as it is."""

from collections import defaultdict
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from django.utils.html import escape

_UNTOUCHED = ("submit", "button", "reset", "image", "file", "password")
_SECRETS = ("csrfmiddlewaretoken", "whose_form")
MACHINERY = (*_SECRETS, "carried", "form_key", "version", "revision", "base", "seen", "fingerprint", "next", "do")
"""Names of fields that nobody typed."""


class Tag(NamedTuple):
    """A start tag: its place in the page, and its attributes without case."""

    name: str
    start: int
    end: int
    attributes: dict[str, str]


@dataclass
class Control:
    """A field with its own text (textarea) or choices (select)."""

    tag: Tag
    form: int | None
    options: list[Tag] = field(default_factory=list)
    closed: int = 0

    @property
    def name(self) -> str:
        return self.tag.attributes.get("name", "")

    @property
    def kind(self) -> str:
        return self.tag.attributes.get("type", "text").lower() if self.tag.name == "input" else self.tag.name


class Reader(HTMLParser):
    """Finds the forms of a page and the controls that belong to each, also those that name their form by its id."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.forms: list[Tag] = []
        self.controls: list[Control] = []
        self.main = 0
        self._lines = [0]
        for line in html.split("\n"):
            self._lines.append(self._lines[-1] + len(line) + 1)
        self._inside: int | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line, column = self.getpos()
        start = self._lines[line - 1] + column
        found = Tag(tag, start, start + len(self.get_starttag_text() or ""), {k: v or "" for k, v in attrs})
        if tag == "form":
            self._inside = len(self.forms)
            self.forms.append(found)
        elif tag in ("input", "textarea", "select", "button"):
            self.controls.append(Control(found, self._inside))
        elif tag == "option" and self.controls:
            self.controls[-1].options.append(found)
        elif tag == "main":
            self.main = found.end

    def handle_endtag(self, tag: str) -> None:
        line, column = self.getpos()
        if tag == "form":
            self._inside = None
        elif tag == "textarea" and self.controls:
            self.controls[-1].closed = self._lines[line - 1] + column

    def of_form(self, number: int) -> list[Control]:
        """The controls that are sent with a form."""
        name = self.forms[number].attributes.get("id")
        return [
            control
            for control in self.controls
            if control.tag.attributes.get("form", "") == name or (control.form == number and "form" not in control.tag.attributes)
        ]  # fmt: skip


@dataclass(frozen=True)
class Filled:
    """The page with the values in its form, and the values no field was found for."""

    html: str
    left: list[str]
    main: int
    """Where the main part begins; 0 in a page without one."""


def fill(html: str, *, page: str, path: str, fields: list[list[str]]) -> Filled:
    """The values sent to ``path`` back in the form of ``page`` that sends there and knows most of their names."""
    reader = Reader(html)
    values: dict[str, list[str]] = defaultdict(list)
    for name, value in fields:
        values[name].append(value)
    numbers = [n for n, form in enumerate(reader.forms) if _sends_to(form, page, path)]
    controls = max((reader.of_form(n) for n in numbers), key=lambda found: _known(found, values), default=[])
    edits, used = _edits(controls, values)
    left = [value for name in values if name not in {*used, *MACHINERY} for value in values[name] if value.strip()]
    for start, end, text in sorted(edits, reverse=True):
        html = html[:start] + text + html[end:]
    return Filled(html, left, reader.main)


def _sends_to(form: Tag, page: str, path: str) -> bool:
    action = urljoin(page, form.attributes.get("action", "") or page)
    return form.attributes.get("method", "").lower() == "post" and urlsplit(action).path == path


def _known(controls: list[Control], values: dict[str, list[str]]) -> int:
    return len({control.name for control in controls if control.name not in _SECRETS} & values.keys())


def _edits(controls: list[Control], values: dict[str, list[str]]) -> tuple[list[tuple[int, int, str]], set[str]]:
    """(from, to, text) for every control whose value differs, and the names that have a control."""
    edits, used = [], set(_SECRETS)
    waiting = {name: list(given) for name, given in values.items()}
    for control in controls:
        used.add(control.name)
        if control.name in _SECRETS or control.kind in _UNTOUCHED:
            continue
        if control.kind in ("checkbox", "radio"):
            chosen = control.tag.attributes.get("value", "on") in values.get(control.name, ())
            edits.append(_changed(control.tag, "checked", "" if chosen else None))
        elif control.kind == "select":
            for option in control.options:
                chosen = option.attributes.get("value", "") in values.get(control.name, ())
                edits.append(_changed(option, "selected", "" if chosen else None))
        elif waiting.get(control.name):
            text = waiting[control.name].pop(0)
            if control.kind == "textarea":
                edits.append((control.tag.end, control.closed, f"\n{escape(text)}"))
            else:
                edits.append(_changed(control.tag, "value", text))
    return edits, used


def _changed(tag: Tag, name: str, value: str | None) -> tuple[int, int, str]:
    """The start tag with an attribute set, or without it for None."""
    attributes = {key: given for key, given in tag.attributes.items() if key != name}
    if value is not None:
        attributes[name] = value
    words = "".join(
        f' {key}="{escape(given)}"' if given or key == "value" else f" {key}" for key, given in attributes.items()
    )
    return tag.start, tag.end, f"<{tag.name}{words}>"
