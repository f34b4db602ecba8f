"""Addresses of asking: one module per kind of page."""

from applications.urls import versions

app_name = "applications"
urlpatterns = [
    *versions.urlpatterns,
]
