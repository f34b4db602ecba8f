"""Proposed list and public notice (Art. 14)."""

from django.urls import path

from review.views import notice_desk, notices, public_notices

urlpatterns = [
    path("notices/", public_notices.index, name="notices"),
    path("notices/<uuid:uuid>/", public_notices.detail, name="public_notice"),
    path("notices/<uuid:uuid>/notice.pdf", public_notices.document, name="notice_pdf"),
    path("desk/notices/", notice_desk.desk, name="notice_desk"),
    path("desk/notices/<uuid:call>/proposal/", notice_desk.proposal, name="proposal"),
    path("desk/notices/<uuid:call>/draft/", notices.draft, name="notice_draft"),
    path("desk/notices/<uuid:uuid>/", notices.detail, name="notice"),
    path("desk/notices/<uuid:uuid>/preview.pdf", notices.preview, name="notice_preview"),
    path("desk/notices/<uuid:uuid>/capture/", notices.capture, name="notice_capture"),
    path("desk/notices/<uuid:uuid>/revise/", notices.revise, name="notice_revise"),
    path("desk/notices/<uuid:uuid>/publish/", notices.publish, name="notice_publish"),
    path("desk/notices/<uuid:uuid>/extend/", notices.extend, name="notice_extend"),
    path("desk/notices/<uuid:uuid>/correct/<int:position>/", notices.correct, name="notice_correct"),
]
