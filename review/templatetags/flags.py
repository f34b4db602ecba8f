"""A word about open flags, for pages that are not about them."""

from typing import Any

from django import template

from accounts.actors import Actor
from applications.models import Application
from review.selectors import flags

register = template.Library()


@register.inclusion_tag("review/bench/open_flags.html")
def open_flags(application: Application, actor: Actor) -> dict[str, Any]:
    """How many flags are still open, with the way to them; nothing when there are none."""
    open_ = sum(one.answer is None for one in flags.told_to(actor, application))
    return {"open_flags": open_, "application": application}
