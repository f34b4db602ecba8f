"""Template tags of the lifecycle: form keys, buttons, due dates and the story of a subject."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.actors import Actor
from lifecycle import deadlines, engine, idempotency, story
from lifecycle.subject import Subject

register = template.Library()


@register.simple_tag
def step_fields(subject: Subject | None = None) -> SafeString:
    """Hidden inputs for a form that takes a step: a fresh idempotency key and, with a subject, the version seen."""
    key = format_html('<input type="hidden" name="{}" value="{}">', idempotency.FIELD, idempotency.new_key())
    if subject is None:
        return key
    return key + format_html('<input type="hidden" name="version" value="{}">', subject.version)


@register.simple_tag
def step_options(subject: Subject, actor: Actor) -> list[engine.Option]:
    """The steps the actor could take now, with blockers."""
    return engine.options(subject, actor)


@register.simple_tag
def due_of(subject: Subject) -> deadlines.Due | None:
    """The earliest open term of the subject."""
    return deadlines.due(subject)


@register.simple_tag
def story_of(subject: Subject) -> list[Any]:
    """The subject's record as lines for people, oldest first."""
    return story.of(subject)
