"""Addresses of the review: one module per stage."""

from review.urls import (
    complaints,
    district,
    inspections,
    intake,
    meetings,
    notices,
    objections,
    panels,
    plaques,
    sampling,
    scoring,
)

app_name = "review"
urlpatterns = [
    *district.urlpatterns,
    *sampling.urlpatterns,
    *intake.urlpatterns,
    *panels.urlpatterns,
    *scoring.urlpatterns,
    *inspections.urlpatterns,
    *notices.urlpatterns,
    *objections.urlpatterns,
    *complaints.urlpatterns,
    *meetings.urlpatterns,
    *plaques.urlpatterns,
]
