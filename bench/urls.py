"""The site's addresses and one page more: the bare one."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.utils.html import format_html_join

from accounts import access
from accounts.models import Role
from applications.selectors import visible_to

PER_PAGE = 50


@access.roles(Role.DISTRICT_OFFICER)
def bare(request: HttpRequest) -> HttpResponse:
    """Number and name of the first cases, in a table without any style."""
    found = visible_to(request.actor).values_list("receipt_number", "platform_name", "state")[:PER_PAGE]
    return HttpResponse(format_html_join("", "<tr><td>{}</td><td>{}</td><td>{}</td></tr>", found))


urlpatterns = [path("bench/bare/", bare, name="bare"), path("", include("platforms_site.urls"))]
