"""The district's satisfaction sample (Art. 11)."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
