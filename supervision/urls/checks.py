"""Checks and guidance (Art. 18)."""

from django.urls import path

from supervision.views import checks

urlpatterns = [
    path("checks/", checks.listing, name="checks"),
    path("checks/record/", checks.record, name="check_record"),
    path("checks/<uuid:uuid>/", checks.check, name="check"),
    path("checks/<uuid:uuid>/follow-up/", checks.follow_up, name="check_follow_up"),
    path("checks/<uuid:uuid>/files/<uuid:file>/", checks.file, name="check_file"),
]
