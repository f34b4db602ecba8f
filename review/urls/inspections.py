"""On-site inspection (Art. 13)."""

from django.urls import path

from review.views import checklist, inspections

urlpatterns = [
    path("inspections/", inspections.index, name="inspections"),
    path("inspections/decide/", inspections.decide_many, name="inspections_decide"),
    path("applications/<uuid:uuid>/inspection/plan/", inspections.plan, name="inspection_plan"),
    path("applications/<uuid:uuid>/inspection/pass/", inspections.pass_inspection, name="pass_inspection"),
    path("applications/<uuid:uuid>/inspection/fail/", inspections.fail_inspection, name="fail_inspection"),
    path("inspections/<uuid:uuid>/", inspections.inspection, name="inspection"),
    path("inspections/<uuid:uuid>/begin/", inspections.begin, name="inspection_begin"),
    path("inspections/<uuid:uuid>/ask/", inspections.ask, name="inspection_ask"),
    path("inspections/<uuid:uuid>/clarify/", inspections.clarify, name="inspection_clarify"),
    path("inspections/<uuid:uuid>/close/", inspections.close, name="inspection_close"),
    path("inspections/<uuid:uuid>/conclude/", inspections.conclude, name="inspection_conclude"),
    path("inspections/<uuid:uuid>/checklist.pdf", inspections.checklist_pdf, name="inspection_checklist"),
    path("inspections/<uuid:uuid>/opinion.pdf", inspections.opinion_pdf, name="inspection_opinion"),
    path("inspections/<uuid:uuid>/files/<slug:kind>/", inspections.attachment, name="inspection_file"),
    path("inspections/<uuid:uuid>/dossier/", inspections.dossier, name="inspection_dossier"),
    path(
        "inspections/<uuid:uuid>/dossier/materials/<uuid:material>/",
        inspections.dossier_file,
        name="inspection_dossier_file",
    ),
    path("inspections/<uuid:uuid>/items/<slug:key>/", checklist.item, name="inspection_item"),
    path("inspections/<uuid:uuid>/items/<slug:key>/photos/", checklist.add_photo, name="inspection_add_photo"),
    path("inspections/<uuid:uuid>/photos/<uuid:photo>/", checklist.photo, name="inspection_photo"),
]
