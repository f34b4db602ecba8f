"""One address that reads what is posted to it, with the error pages of the site."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from accounts.access import public
from platforms_site.urls import handler400 as handler400


@public
def post_here(request: HttpRequest) -> HttpResponse:
    return HttpResponse(len(request.FILES))


urlpatterns = [path("post-here/", post_here)]
