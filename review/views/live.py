"""Parts of pages that renew themselves."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse


def unattended(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The page asks by itself: no sign that its person is still there, so the session is not prolonged."""

    @wraps(view)
    def watched(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        request.session.accessed = False
        return response

    return watched
