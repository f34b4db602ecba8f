"""Evaluations and rectification (Art. 18, 19)."""

from django.urls import path

from supervision.views import evaluating, evaluation_steps, evaluations, rectifications

urlpatterns = [
    path("evaluations/", evaluations.listing, name="evaluations"),
    path("evaluations/mine/", evaluating.mine, name="my_evaluations"),
    path("evaluations/choose/", evaluations.choose, name="evaluation_choose"),
    path("evaluations/title/<uuid:title>/", evaluation_steps.commission, name="evaluation_commission"),
    path("evaluations/<uuid:uuid>/", evaluations.evaluation, name="evaluation"),
    path("evaluations/<uuid:uuid>/declare/", evaluating.declare, name="evaluation_declare"),
    path("evaluations/<uuid:uuid>/recuse/", evaluating.recuse, name="evaluation_recuse"),
    path("evaluations/<uuid:uuid>/findings/", evaluating.findings, name="evaluation_findings"),
    path("evaluations/<uuid:uuid>/dossier/", evaluating.dossier, name="evaluation_dossier"),
    path("evaluations/<uuid:uuid>/dossier/materials/<uuid:material>/", evaluating.material, name="evaluation_material"),
    path("evaluations/<uuid:uuid>/dossier/reports/<int:year>/", evaluating.report, name="evaluation_report"),
    path("evaluations/<uuid:uuid>/files/<slug:key>/", evaluations.file, name="evaluation_file"),
    path("evaluations/<uuid:uuid>/reassign/", evaluation_steps.reassign, name="evaluation_reassign"),
    path("evaluations/<uuid:uuid>/send-back/", evaluation_steps.send_back, name="evaluation_send_back"),
    path("evaluations/<uuid:uuid>/pass/", evaluation_steps.conclude_pass, name="evaluation_pass"),
    path("evaluations/<uuid:uuid>/fail/", evaluation_steps.conclude_fail, name="evaluation_fail"),
    path("evaluations/<uuid:uuid>/abandon/", evaluation_steps.abandon, name="evaluation_abandon"),
    path("evaluations/<uuid:uuid>/order/", rectifications.order, name="rectification_order"),
    path("rectifications/", rectifications.listing, name="rectifications"),
    path("rectifications/<uuid:uuid>/", rectifications.rectification, name="rectification"),
    path("rectifications/<uuid:uuid>/order.pdf", rectifications.order_pdf, name="rectification_order_pdf"),
    path("rectifications/<uuid:uuid>/report/", rectifications.report, name="rectification_report"),
    path("rectifications/<uuid:uuid>/send-back/", rectifications.send_back, name="rectification_send_back"),
    path("rectifications/<uuid:uuid>/pass/", rectifications.pass_recheck, name="rectification_pass"),
    path("rectifications/<uuid:uuid>/fail/", rectifications.find_failing, name="rectification_fail"),
    path("rectifications/<uuid:uuid>/evidence/", rectifications.evidence, name="rectification_evidence"),
    path("rectifications/<uuid:uuid>/files/<uuid:file>/", rectifications.file, name="rectification_file"),
]
