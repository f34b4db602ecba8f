"""Objections (Art. 14)."""

from django.urls import path

from review.views import objections, public_objections

urlpatterns = [
    path("notices/<uuid:uuid>/object/", public_objections.file, name="object"),
    path("objections/follow/", public_objections.follow, name="objection_follow"),
    path("objections/receipt/<uuid:uuid>/<str:token>/", public_objections.receipt, name="objection_receipt"),
    path("objections/receipt/<uuid:uuid>/<str:token>/receipt.pdf", public_objections.receipt_pdf, name="objection_receipt_pdf"),
    path("desk/objections/", objections.queue, name="objections"),
    path("desk/objections/register/<uuid:notice>/", objections.register, name="objection_register"),
    path("desk/objections/<uuid:uuid>/", objections.detail, name="objection"),
    path("desk/objections/<uuid:uuid>/identity/", objections.identity, name="objection_identity"),
    path("desk/objections/<uuid:uuid>/evidence/", objections.evidence, name="objection_evidence"),
    path("desk/objections/<uuid:uuid>/evidence/<uuid:file>/", objections.evidence_file, name="objection_file"),
    path("desk/objections/<uuid:uuid>/<slug:step>/", objections.step, name="objection_step"),
]  # fmt: skip
