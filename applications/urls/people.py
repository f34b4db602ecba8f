"""The people of the own organisation."""

from django.urls import path

from applications.views import handover, people

urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/<uuid:uuid>/end/", people.end, name="people_end"),
    path("people/letters/<uuid:uuid>/", people.letter, name="letter"),
    path("people/handover/", handover.own, name="handover_own"),
    path("handovers/", handover.listing, name="handovers"),
    path("handovers/new/<uuid:uuid>/", handover.new, name="handover_new"),
    path("handovers/<uuid:uuid>/", handover.detail, name="handover"),
    path("handovers/<uuid:uuid>/letter/", handover.letter, name="handover_letter"),
]
