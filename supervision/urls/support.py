"""Support and recommendation (Art. 22)."""

from django.urls import path

from supervision.views import support

urlpatterns = [
    path("support/", support.listing, name="support"),
    path("support/list.xlsx", support.export, name="support_export"),
]
