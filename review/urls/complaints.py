"""Complaints (Art. 21)."""

from django.urls import path

from review.views import complaints, public_complaints

urlpatterns = [
    path("complaints/new/", public_complaints.file, name="complain"),
    path("complaints/follow/", public_complaints.follow, name="complaint_follow"),
    path("complaints/receipt/<uuid:uuid>/<str:token>/", public_complaints.receipt, name="complaint_receipt"),
    path("complaints/receipt/<uuid:uuid>/<str:token>/receipt.pdf", public_complaints.receipt_pdf, name="complaint_receipt_pdf"),
    path("desk/complaints/", complaints.queue, name="complaints"),
    path("desk/complaints/register/", complaints.register, name="complaint_register"),
    path("desk/complaints/<uuid:uuid>/", complaints.detail, name="complaint"),
    path("desk/complaints/<uuid:uuid>/identity/", complaints.identity, name="complaint_identity"),
    path("desk/complaints/<uuid:uuid>/evidence/", complaints.evidence, name="complaint_evidence"),
    path("desk/complaints/<uuid:uuid>/evidence/<uuid:file>/", complaints.evidence_file, name="complaint_file"),
    path("desk/complaints/<uuid:uuid>/<slug:step>/", complaints.step, name="complaint_step"),
]  # fmt: skip
