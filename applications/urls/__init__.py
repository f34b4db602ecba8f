"""Addresses of asking: one module per kind of page."""

from applications.urls import calls, filing, people, versions

app_name = "applications"
urlpatterns = [
    *calls.urlpatterns,
    *people.urlpatterns,
    *versions.urlpatterns,
    *filing.urlpatterns,
]
