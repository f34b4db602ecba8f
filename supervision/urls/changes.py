"""Change filings (Art. 20)."""

from django.urls import path

from supervision.views import change_filing, changes

urlpatterns = [
    path("changes/", changes.listing, name="changes"),
    path("changes/new/<uuid:title>/", change_filing.choose, name="change_choose"),
    path("changes/new/<uuid:title>/<slug:kind>/", change_filing.begin, name="change_file_new"),
    path("changes/<uuid:uuid>/", changes.detail, name="change"),
    path("changes/<uuid:uuid>/receipt.pdf", changes.receipt, name="change_receipt"),
    path("changes/<uuid:uuid>/files/<uuid:file>/", changes.file, name="change_proof"),
    path("changes/<uuid:uuid>/refile/", change_filing.refile, name="change_refile"),
    path("changes/<uuid:uuid>/<slug:step>/", changes.step, name="change_step"),
]  # fmt: skip
