"""Score sheets and the shortlist (Art. 12)."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
