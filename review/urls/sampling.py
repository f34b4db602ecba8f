"""The district's satisfaction sample (Art. 11), and the page on which a drawn enterprise answers."""

from django.urls import path

from review.views import sampling, survey

urlpatterns = [
    path("applications/<uuid:uuid>/draw/", sampling.draw, name="draw"),
    path("samples/<uuid:uuid>/", sampling.sample, name="sample"),
    path("samples/<uuid:uuid>/replay/", sampling.replay, name="replay"),
    path("samples/<uuid:uuid>/links/", sampling.links, name="sample_links"),
    path("samples/<uuid:uuid>/send/", sampling.send, name="send_links"),
    path("samples/<uuid:uuid>/close/", sampling.close, name="close_sample"),
    path("samples/<uuid:uuid>/redraw/", sampling.propose_redraw, name="propose_redraw"),
    path("samples/<uuid:uuid>/redraw/approve/", sampling.approve_redraw, name="approve_redraw"),
    path("samples/<uuid:uuid>/redraw/refuse/", sampling.refuse_redraw, name="refuse_redraw"),
    path("samples/<uuid:uuid>/units/<uuid:unit>/", sampling.unit, name="sample_unit"),
    path("survey/<uuid:unit>/<slug:token>/", survey.survey, name="survey"),
]
