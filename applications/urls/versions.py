"""From the complete draft to the frozen version, and every way back."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
