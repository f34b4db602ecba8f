"""Declaring interests and scoring (Art. 12)."""

from django.urls import path

from review.views import scoring

urlpatterns = [
    path("sheets/", scoring.my_sheets, name="my_sheets"),
    path("sheets/<uuid:uuid>/", scoring.sheet, name="score_sheet"),
    path("sheets/<uuid:uuid>/save/", scoring.save, name="sheet_save"),
    path("sheets/<uuid:uuid>/declare/", scoring.declare, name="sheet_declare"),
    path("sheets/<uuid:uuid>/recuse/", scoring.recuse, name="sheet_recuse"),
    path("sheets/<uuid:uuid>/dossier/", scoring.dossier, name="dossier"),
    path("sheets/<uuid:uuid>/dossier/materials/<uuid:material>/", scoring.dossier_file, name="dossier_file"),
    path("sheets/<uuid:uuid>/reopen/", scoring.reopen, name="sheet_reopen"),
    path("sheets/<uuid:uuid>/void/", scoring.void, name="sheet_void"),
    path("sheets/<uuid:uuid>/replace/", scoring.replace, name="sheet_replace"),
]
