"""Saving the form: raw texts, one revision after the other."""

import unicodedata
from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError

from accounts.actors import Actor
from applications import wording
from applications.editing import RETURNED, editing, opening
from applications.models import Application, Section
from applications.schema import BY_KEY
from lifecycle.errors import Stale
from timekeeping import clock

MAX_TEXT = 20_000
Refused = list[tuple[str, str]]


class StaleSection(Stale):
    """Somebody saved the section after the page was made; ``theirs`` is what stands there now, ``yours`` what came."""

    def __init__(self, theirs: Section, yours: dict[str, str]) -> None:
        when = theirs.saved_at.astimezone(clock.SHANGHAI)
        super().__init__(f"{theirs.saved_by.name}于{when:%Y-%m-%d %H:%M}保存了新的内容，您的修改没有覆盖它。")
        self.theirs = theirs
        self.yours = yours


def save(*, actor: Actor, application: Application, key: str, data: Mapping[str, str], revision: int) -> Section:
    """Keep what was typed, whatever it is; ``revision`` is the one the page was made from (0: never saved).

    Raises StaleSection when another revision stands there with another text, ValidationError for a text beyond all
    bounds, WrongStage when the section is closed. The same content again changes nothing. Of a returned application only the
    fields that were opened are taken; ``Section.refused`` of what comes back tells of the others.
    """
    typed = {field.key: _clean(data.get(field.key, "")) for field in BY_KEY[key].fields}
    with editing(actor=actor, application=application, part="section", key=key) as fresh:
        section = fresh.sections.filter(key=key).select_related("saved_by").first()
        refused: Refused = []
        if section and fresh.state == RETURNED:
            typed, refused = _opened(fresh, section, typed, data.keys())
            section.refused = refused
        if section and section.data == typed:
            return section
        if revision != (section.revision if section else 0):
            raise StaleSection(section or Section(saved_by=actor.user), typed)
        section = section or Section(application=fresh, key=key)
        section.data, section.revision = typed, section.revision + 1
        section.saved_by, section.saved_at = actor.person, clock.now()
        section.save()
        _name_platform(fresh, key, typed)
        return section


def _opened(
    application: Application, section: Section, typed: Mapping[str, str], sent: Collection[str]
) -> tuple[dict[str, str], Refused]:
    """What may be kept of the typed texts while a correction runs, and what somebody tried to change besides."""
    open_fields = opening(application).fields_of(section.key, typed)
    closed = {key: section.data.get(key, "") for key in typed if key not in open_fields}
    refused = [
        (wording.field_label(section.key, key), wording.field_value(section.key, key, typed[key]))
        for key, kept in closed.items()
        if key in sent and typed[key] != kept
    ]
    return {**typed, **closed}, refused


def _name_platform(application: Application, key: str, typed: Mapping[str, str]) -> None:
    """The platform's name of the first section names the application, too."""
    name = " ".join(typed.get("platform_name", "").split())[:120]
    if key == "identity" and name and name != application.platform_name:
        application.platform_name = name
        application.save(update_fields=["platform_name"])


def _clean(text: str) -> str:
    """Without control and invisible characters; line breaks stay."""
    if len(text) > MAX_TEXT:
        raise ValidationError(f"内容过长（{len(text)}字），请精简后保存。")
    plain = text.replace("\r\n", "\n")
    return "".join(char for char in plain if char in "\n\t" or unicodedata.category(char)[0] != "C").strip()
