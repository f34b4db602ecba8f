"""Collective decisions (Art. 15)."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
