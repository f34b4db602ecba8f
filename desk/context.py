"""Banner, navigation, footer and unread count for every page. Registered as a context processor."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts import actors
from desk import navigation
from desk.demo import standing
from notifications.selectors import unread_count


def shell(request: HttpRequest) -> dict[str, Any]:
    actor = getattr(request, "actor", actors.public)
    return {
        "banner": standing.banner(),
        "nav_items": SimpleLazyObject(lambda: navigation.navigation(actor, request.path)),
        "footer_items": SimpleLazyObject(lambda: navigation.links(navigation.FOOTER)),
        "unread": SimpleLazyObject(lambda: unread_count(actor)),
        "inbox_url": navigation.address("notifications:inbox"),
    }
