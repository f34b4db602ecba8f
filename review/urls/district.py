"""The district officer's desk: queue, workbench, recommendation (Art. 11)."""

from django.urls.resolvers import URLPattern

urlpatterns: list[URLPattern] = []
