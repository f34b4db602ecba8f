"""Pages of text for everybody: guide, regulation, accessibility, privacy, site map."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts import access
from desk import guide as road
from regulation import articles


@access.public
def guide(request: HttpRequest) -> HttpResponse:
    """办事指南: who may apply, with what, where and when, in which steps and terms, and what comes of it."""
    return render(request, "desk/guide.html", road.guide())


@access.public
def regulation(request: HttpRequest) -> HttpResponse:
    """The regulation's text, each article with its own anchor."""
    return render(request, "desk/regulation.html", {"revision": articles.REVISION_2022, "chapters": road.chapters()})


@access.public
def accessibility(request: HttpRequest) -> HttpResponse:
    """无障碍声明, with the choice of text size and theme."""
    return render(request, "desk/accessibility.html")


@access.public
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "desk/privacy.html")


@access.public
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page and, for a signed-in person, the own ones."""
    return render(request, "desk/sitemap.html")
