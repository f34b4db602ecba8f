"""On-site inspections (Art. 13)."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
