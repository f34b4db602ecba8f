"""Activities of province and city, invitations, attendance (Art. 19)."""

from django.urls import path

from supervision.views import activities, attendance, invitations

urlpatterns = [
    path("activities/", activities.listing, name="activities"),
    path("activities/announce/", activities.announce, name="activity_announce"),
    path("activities/absences/", invitations.absences, name="absences"),
    path("activities/<uuid:uuid>/", activities.activity, name="activity"),
    path("activities/<uuid:uuid>/document/", activities.document, name="activity_document"),
    path("activities/<uuid:uuid>/call-off/", activities.call_off, name="activity_call_off"),
    path("activities/<uuid:uuid>/conclude/", activities.conclude, name="activity_conclude"),
    path("activities/<uuid:uuid>/invite/", attendance.invite, name="activity_invite"),
    path("activities/<uuid:uuid>/attendance/", attendance.mark, name="activity_attendance"),
    path("invitations/", invitations.mine, name="invitations"),
    path("invitations/<uuid:uuid>/", invitations.invitation, name="invitation"),
    path("invitations/<uuid:uuid>/evidence/", invitations.evidence, name="invitation_evidence"),
    path("invitations/<uuid:uuid>/leave/", invitations.ask_leave, name="invitation_leave"),
    path("invitations/<uuid:uuid>/excuse/", invitations.excuse, name="invitation_excuse"),
    path("invitations/<uuid:uuid>/refuse-leave/", invitations.refuse_leave, name="invitation_refuse_leave"),
    path("invitations/<uuid:uuid>/present/", invitations.present, name="invitation_present"),
    path("invitations/<uuid:uuid>/absent/", invitations.absent, name="invitation_absent"),
    path("invitations/<uuid:uuid>/correct/", invitations.correct, name="invitation_correct"),
]
