"""What the page of a title shows of its endings."""

from django import template

from accounts.actors import Actor
from registry.models import Title
from supervision.models import Ending
from supervision.selectors import endings

register = template.Library()


@register.simple_tag
def endings_of(title: Title, actor: Actor) -> list[Ending]:
    """The procedures on a title that the person may see, latest first."""
    return list(endings.visible_to(actor).filter(title=title))
