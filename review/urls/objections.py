"""Objections and complaints (Art. 14, 21)."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
