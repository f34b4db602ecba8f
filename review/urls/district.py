"""The district officer's desk: queue, workbench, recommendation (Art. 11)."""

from django.urls import path

from accounts.models import Role
from review.views import (
    assigning,
    district,
    measurement,
    papers,
    phrases,
    queues,
    returning,
    summary,
    summary_edits,
    workbench,
)

OFFICER = Role.DISTRICT_OFFICER

urlpatterns = [
    path("queue/", queues.district_queue, name="queue"),
    path("queue/export.xlsx", queues.export, name="queue_export"),
    path("queue/assign/", assigning.assign, name="assign"),
    path("phrases/", phrases.phrases, name="phrases"),
    path("phrases/<uuid:uuid>/retire/", phrases.retire, name="phrase_retire"),
    path("applications/<uuid:uuid>/", workbench.bench, name="workbench"),
    path("applications/<uuid:uuid>/materials/<uuid:material>/", papers.material, name="material"),
    path("applications/<uuid:uuid>/scans/<uuid:scan>/", papers.signed_scan, name="signed_scan"),
    path("applications/<uuid:uuid>/accept/", district.AcceptPage.page(OFFICER), name="accept"),
    path("applications/<uuid:uuid>/transfer/", district.TransferPage.page(OFFICER), name="transfer"),
    path("applications/<uuid:uuid>/return/", returning.ReturnPage.page(OFFICER), name="return_for_correction"),
    path(
        "applications/<uuid:uuid>/last-version/",
        district.JudgeLastVersionPage.page(OFFICER),
        name="judge_last_version",
    ),
    path("applications/<uuid:uuid>/measure/", measurement.measure, name="measure"),
    path("applications/<uuid:uuid>/measurement.pdf", measurement.sheet, name="measurement_pdf"),
    path("applications/<uuid:uuid>/recommend/", district.RecommendPage.page(OFFICER), name="recommend"),
    path("applications/<uuid:uuid>/not-recommend/", district.NotRecommendPage.page(OFFICER), name="not_recommend"),
    path(
        "applications/<uuid:uuid>/withdraw-recommendation/",
        district.WithdrawRecommendationPage.page(OFFICER),
        name="withdraw_recommendation",
    ),
    path("summaries/", summary.summaries, name="summaries"),
    path("summaries/<uuid:uuid>/", summary.summary, name="summary"),
    path("summaries/<uuid:uuid>/summary.pdf", summary.summary_pdf, name="summary_pdf"),
    path("summaries/<uuid:uuid>/summary.xlsx", summary.summary_xlsx, name="summary_xlsx"),
    path("summaries/<uuid:uuid>/scan/", summary.scan, name="summary_scan"),
    path("summaries/<uuid:uuid>/scan/upload/", summary.keep_scan, name="summary_scan_upload"),
    path("summaries/<uuid:uuid>/import/", summary_edits.upload, name="summary_import"),
    path("summaries/<uuid:uuid>/import/<uuid:taken>/", summary_edits.differences, name="summary_differences"),
    path("summaries/<uuid:uuid>/forward/", summary.forward, name="summary_forward"),
]
