"""The people of the own organisation."""

from django.urls import path

from applications.views import people

urlpatterns = [
    path("people/", people.people, name="people"),
    path("people/<uuid:uuid>/end/", people.end, name="people_end"),
    path("people/letters/<uuid:uuid>/", people.letter, name="letter"),
]
