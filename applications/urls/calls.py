"""The yearly call."""

from django.urls import path

from applications.views import calls

urlpatterns = [
    path("calls/", calls.calls, name="calls"),
    path("calls/new/", calls.prepare, name="call_prepare"),
    path("calls/templates/<slug:kind>.xlsx", calls.template, name="template"),
    path("calls/<uuid:uuid>/", calls.call, name="call"),
    path("calls/<uuid:uuid>/edit/", calls.edit, name="call_edit"),
    path("calls/<uuid:uuid>/publish/", calls.publish, name="call_publish"),
    path("calls/<uuid:uuid>/extend/", calls.extend, name="call_extend"),
    path("calls/<uuid:uuid>/conclude/", calls.conclude, name="call_conclude"),
]
