"""Titles handed over: plaques (Art. 15)."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
