"""From the complete draft to the frozen version, and every way back."""

from django.urls import path

from applications.views import correction, papers, signing, status, ways_back

urlpatterns = [
    path("<uuid:uuid>/", status.application, name="application"),
    path("<uuid:uuid>/report.pdf", papers.report, name="report"),
    path("<uuid:uuid>/signature/", signing.signature, name="signature"),
    path("<uuid:uuid>/resubmission/", signing.signature, {"step": "resubmit"}, name="resubmit"),
    path("<uuid:uuid>/scan/", signing.scan, name="scan"),
    path("<uuid:uuid>/reopen/", ways_back.reopen, name="reopen"),
    path("<uuid:uuid>/receipt/", status.receipt, name="receipt"),
    path("<uuid:uuid>/correction/", correction.correction, name="correction"),
    path("<uuid:uuid>/withdraw/", ways_back.withdraw, name="withdraw"),
    path("<uuid:uuid>/versions/<int:number>/", status.version, name="version"),
    path("<uuid:uuid>/versions/<int:number>/report.pdf", papers.version_report, name="version_report"),
    path("<uuid:uuid>/versions/<int:number>/receipt.pdf", papers.version_receipt, name="version_receipt"),
    path("<uuid:uuid>/corrections/<uuid:correction>/letter.pdf", papers.return_letter, name="return_letter"),
    path("<uuid:uuid>/exit-letter.pdf", papers.exit_letter, name="exit_letter"),
    path("documents/<uuid:uuid>/", papers.document, name="document"),
]
