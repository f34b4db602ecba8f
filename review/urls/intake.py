"""The city's intake of recommended cases (Art. 10, 12)."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
