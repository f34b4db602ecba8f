"""The district's satisfaction sample (Art. 11), and the page on which a drawn enterprise answers."""

from django.urls import path

from review.views import sample_unit, sampling, survey
from review.views.sample_steps import ApproveRedraw, Close, ProposeRedraw, RefuseRedraw, Void

urlpatterns = [
    path("applications/<uuid:uuid>/draw/", sampling.draw, name="draw"),
    path("applications/<uuid:uuid>/sample-result/", survey.result, name="sample_result"),
    path("samples/<uuid:uuid>/", sampling.sample, name="sample"),
    path("samples/<uuid:uuid>/progress/", sampling.progress, name="sample_progress"),
    path("samples/<uuid:uuid>/replay/", sampling.replay, name="replay"),
    path("samples/<uuid:uuid>/replay.json", sampling.replay_file, name="replay_file"),
    path("samples/<uuid:uuid>/links/", sampling.links, name="sample_links"),
    path("samples/<uuid:uuid>/send/", sampling.send, name="send_links"),
    path("samples/<uuid:uuid>/close/", Close.page(), name="close_sample"),
    path("samples/<uuid:uuid>/void/", Void.page(), name="void_sample"),
    path("samples/<uuid:uuid>/redraw/", ProposeRedraw.page(), name="propose_redraw"),
    path("samples/<uuid:uuid>/redraw/approve/", ApproveRedraw.page(), name="approve_redraw"),
    path("samples/<uuid:uuid>/redraw/refuse/", RefuseRedraw.page(), name="refuse_redraw"),
    path("samples/<uuid:uuid>/units/<uuid:unit>/", sample_unit.unit, name="sample_unit"),
    path("survey/<uuid:unit>/<slug:token>/", survey.survey, name="survey"),
]
