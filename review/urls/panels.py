"""Expert panels and their draws (Art. 12)."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
