"""Expert panels and their draws (Art. 12)."""

from django.urls import path

from review.views import panels

urlpatterns = [
    path("panels/", panels.index, name="panels"),
    path("calls/<uuid:uuid>/panel/", panels.form_panel, name="panel_form"),
    path("panels/<uuid:uuid>/", panels.panel, name="panel"),
    path("panels/<uuid:uuid>/distribute/", panels.distribute, name="panel_distribute"),
    path("panels/<uuid:uuid>/cases/<uuid:application>/", panels.assign, name="panel_assign"),
    path("panels/<uuid:uuid>/start/", panels.start, name="panel_start"),
    path("panels/<uuid:uuid>/remind/", panels.remind, name="panel_remind"),
    path("panels/<uuid:uuid>/conclude/", panels.conclude, name="panel_conclude"),
]
