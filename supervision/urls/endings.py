"""Ending a title (Art. 16, 19), the collective decision on it, and its plaque."""

from django.urls import path

from supervision.views import endings, plaques, resolutions

urlpatterns = [
    path("endings/", endings.listing, name="endings"),
    path("endings/candidates/", endings.proposed, name="ending_candidates"),
    path("endings/open/<uuid:uuid>/", endings.open_case, name="ending_open"),
    path("endings/<uuid:uuid>/", endings.ending, name="ending"),
    path("endings/<uuid:uuid>/reply/", endings.reply, name="ending_reply"),
    path("endings/<uuid:uuid>/notice.pdf", endings.notice, name="ending_notice"),
    path("endings/<uuid:uuid>/draft.pdf", endings.draft, name="ending_draft"),
    path("endings/<uuid:uuid>/draft.txt", endings.draft_text, name="ending_draft_text"),
    path("endings/<uuid:uuid>/signed/", endings.signed, name="ending_signed"),
    path("endings/<uuid:uuid>/files/<uuid:file>/", endings.file, name="ending_file"),
    path("endings/<uuid:uuid>/orders/<uuid:order>/", endings.order, name="ending_order"),
    path("endings/<uuid:uuid>/do/<slug:step>/", endings.step, name="ending_step"),
    path("decisions/<uuid:uuid>/", endings.decision, name="ending_decision"),
    path("decisions/<uuid:uuid>/document/", endings.decision_document, name="ending_document"),
    path("resolutions/", resolutions.listing, name="resolutions"),
    path("resolutions/enter/", resolutions.enter, name="resolution_enter"),
    path("resolutions/<uuid:uuid>/", resolutions.resolution, name="resolution"),
    path("resolutions/<uuid:uuid>/confirm/", resolutions.confirm, name="resolution_confirm"),
    path("resolutions/<uuid:uuid>/reject/", resolutions.reject, name="resolution_reject"),
    path("resolutions/<uuid:uuid>/minutes/", resolutions.minutes, name="resolution_minutes"),
    path("plaques/<uuid:uuid>/recover/", plaques.recover, name="plaque_recover"),
    path("plaques/<uuid:uuid>/void/", plaques.declare_void, name="plaque_void"),
]
