"""The addresses of the site and one that reads whatever is posted to it."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from accounts.access import public
from platforms_site import urls as site


@public
def post_here(request: HttpRequest) -> HttpResponse:
    return HttpResponse(len(request.FILES))


handler400 = site.handler400
urlpatterns = [*site.urlpatterns, path("post-here/", post_here)]
