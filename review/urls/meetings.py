"""Collective decisions (Art. 15)."""

from django.urls import path

from review.views import meetings

urlpatterns = [
    path("meetings/", meetings.listing, name="meetings"),
    path("meetings/enter/<uuid:call_uuid>/", meetings.enter, name="meeting_enter"),
    path("meetings/<uuid:uuid>/", meetings.meeting, name="meeting"),
    path("meetings/<uuid:uuid>/confirm/", meetings.confirm, name="meeting_confirm"),
    path("meetings/<uuid:uuid>/reject/", meetings.reject, name="meeting_reject"),
    path("meetings/<uuid:uuid>/announce/", meetings.announce, name="meeting_announce"),
    path("meetings/<uuid:uuid>/minutes/", meetings.minutes, name="meeting_minutes"),
    path("meetings/<uuid:uuid>/signed/", meetings.signed_document, name="meeting_signed"),
    path("meetings/<uuid:uuid>/draft.pdf", meetings.draft, name="meeting_draft"),
    path("meetings/<uuid:uuid>/draft.txt", meetings.draft_text, name="meeting_draft_text"),
    path("decisions/<uuid:uuid>/", meetings.decision, name="decision"),
    path("decisions/<uuid:uuid>/document/", meetings.decision_document, name="decision_document"),
]
