"""Titles handed over: plaques (Art. 15)."""

from django.urls import path

from review.views import plaques

urlpatterns = [
    path("plaques/", plaques.listing, name="plaques"),
    path("plaques/issue/", plaques.issue_many, name="plaques_issue"),
    path("plaques/<uuid:uuid>/issue/", plaques.issue, name="plaque_issue"),
    path("plaques/<uuid:uuid>/receive/", plaques.receive, name="plaque_receive"),
    path("plaques/<uuid:uuid>/lost/", plaques.report_lost, name="plaque_lost"),
]
