"""``{% csrf_token %}`` of every template: Django's own, and for a signed-in person the mark that says whose form it is."""

from django import template
from django.template import Context
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.carrying import parcels

register = template.Library()


@register.simple_tag(takes_context=True)
def csrf_token(context: Context) -> SafeString:
    """Both hidden fields; the mark is left out for the public."""
    token = CsrfTokenNode().render(context)
    actor = getattr(getattr(context, "request", None), "actor", None)
    mark = parcels.mark_of(actor) if token and actor else ""
    return format_html('{}<input type="hidden" name="{}" value="{}">', token, parcels.MARK, mark) if mark else token
