"""Proposed list and public notice (Art. 14)."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
