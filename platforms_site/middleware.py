"""Wiring around every request: its number, the client's address, the idle session, caching and permission policies."""

import logging
import secrets
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

from platforms_site.logs import request_number
from timekeeping import clock

Handler = Callable[[HttpRequest], HttpResponse]

HEADER = "X-Request-Id"
# Without the letters and digits that people confuse on the telephone.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
SEEN = "seen"
SEEN_EVERY = 60  # seconds between two writes of an active session

log = logging.getLogger("platforms_site.requests")


def new_number() -> str:
    """A number people can read out to the help desk, such as 7K3M-9QXZ-P2WE."""
    text = "".join(secrets.choice(ALPHABET) for _ in range(12))
    return f"{text[:4]}-{text[4:8]}-{text[8:]}"


class RequestNumberMiddleware:
    """Gives the request its number: ``request.number``, the answer's header, every log line; logs one line without personal data.

    Outermost, so that ``request.received_at`` is the receipt stamp by which deadlines are judged.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.number = new_number()
        request.received_at = clock.now()
        token = request_number.set(request.number)
        started = time.monotonic()
        try:
            response = self.get_response(request)
            response[HEADER] = request.number
            self.note(request, response, time.monotonic() - started)
        finally:
            request_number.reset(token)
        return response

    def note(self, request: HttpRequest, response: HttpResponse, seconds: float) -> None:
        route = request.resolver_match.route if request.resolver_match else "-"
        facts = {
            "method": str(request.method),
            "route": route,
            "status": response.status_code,
            "ms": round(seconds * 1000),
        }
        log.info("request", extra={"facts": facts})


class ClientAddressMiddleware:
    """Puts the client's address into ``REMOTE_ADDR``, as told by our own proxies only.

    With ``TRUSTED_PROXIES`` = n the n-th entry from the right of X-Forwarded-For counts: what a client writes stands further left.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        forwarded = request.META.pop("HTTP_X_FORWARDED_FOR", "")
        hops = [hop.strip() for hop in forwarded.split(",") if hop.strip()]
        if 0 < settings.TRUSTED_PROXIES <= len(hops):
            request.META["REMOTE_ADDR"] = hops[-settings.TRUSTED_PROXIES]
        return self.get_response(request)


def client_address(request: HttpRequest) -> str:
    """The address set by ``ClientAddressMiddleware``."""
    return request.META.get("REMOTE_ADDR", "")


class IdleSessionMiddleware:
    """Prolongs the session of an active person at most once a minute, instead of writing it on every request."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        session = request.session
        if session.accessed and not session.is_empty():
            now = int(clock.wall().timestamp())
            if abs(now - session.get(SEEN, 0)) >= SEEN_EVERY:
                session[SEEN] = now
        return response


class MethodMiddleware:
    """The product reads by GET and changes by POST; every other method is refused before any view is asked."""

    methods = ("GET", "HEAD", "OPTIONS", "POST")

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request) if request.method in self.methods else HttpResponseNotAllowed(self.methods)


class PolicyMiddleware:
    """Pages of signed-in people are never kept by browser or proxy; no page may use camera, position or payment."""

    permissions = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Permissions-Policy", self.permissions)
        # The session decides, not the page: a public page shown to a signed-in person carries the name too.
        if getattr(request, "session", None) is not None and request.session.get("_auth_user_id"):
            response["Cache-Control"] = "no-store, private"
        return response
