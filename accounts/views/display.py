"""The look a person chooses: text size and light or dark, kept in cookies."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from accounts import access
from accounts.addresses import safe_next
from accounts.context import TEXT_COOKIE, TEXTS, THEME_COOKIE, THEMES

YEAR = 365 * 24 * 3600


@access.auditor_may_post
@access.public
@require_POST
def display(request: HttpRequest) -> HttpResponse:
    """Remember the chosen text size or theme and go back to the page."""
    response = HttpResponseRedirect(safe_next(request, "/"))
    for cookie, field, known in ((THEME_COOKIE, "theme", THEMES), (TEXT_COOKIE, "text", TEXTS)):
        value = request.POST.get(field)
        if value in known:
            response.set_cookie(
                cookie, value, max_age=YEAR, httponly=True, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
            )
    return response
