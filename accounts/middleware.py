"""Puts the acting person on the request: ``request.actor`` (always an ``Actor``) and ``request.capacities``."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from accounts import access, actors

SESSION_KEY = "capacity"


class ActorMiddleware:
    """One capacity is active per login session; it is read again from the database on every request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.capacities = []
        request.actor = actors.public
        if request.user.is_authenticated:
            request.capacities = actors.capacities_of(request.user)
            chosen = request.session.get(SESSION_KEY)
            active = next((c for c in request.capacities if str(c.uuid) == chosen), None)
            active = active or next(iter(request.capacities), None)
            if active:
                request.actor = actors.acting(active)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: access.View, args: object, kwargs: object) -> None:
        """Nothing an auditor sends changes anything."""
        access.refuse_auditor(request, view)
