"""Addresses of the book."""

from django.urls import path, re_path

from registry.views import bans, book, claims, endings, imports, public

app_name = "registry"

urlpatterns = [
    path("", public.register, name="register"),
    re_path(r"^data\.(?P<extension>csv|xlsx)$", public.open_data, name="open_data"),
    path("statistics/", public.statistics, name="statistics"),
    path("check/", public.lookup, name="lookup"),
    path("check/<str:token>/", public.check, name="check"),
    path("check/<str:token>/proof.pdf", public.public_proof, name="public_proof"),
    path("titles/", book.platforms, name="platforms"),
    path("titles/<uuid:uuid>/", book.title, name="title"),
    path("titles/<uuid:uuid>/proof.pdf", book.proof, name="proof"),
    path("titles/<uuid:uuid>/dissolve/", endings.dissolve, name="dissolve"),
    path("titles/<uuid:uuid>/renounce/", endings.renounce, name="renounce"),
    path("titles/<uuid:uuid>/evidence/", endings.evidence, name="ending_evidence"),
    path("bans/", bans.listing, name="bans"),
    path("claims/", claims.listing, name="claims"),
    path("claims/new/", claims.file, name="claim_file"),
    path("claims/filed/", claims.filed, name="claim_filed"),
    path("claims/<uuid:uuid>/", claims.detail, name="claim"),
    path("claims/<uuid:uuid>/letter/", claims.letter, name="claim_letter"),
    path("claims/<uuid:uuid>/approve/", claims.approve, name="claim_approve"),
    path("claims/<uuid:uuid>/refuse/", claims.refuse, name="claim_refuse"),
    path("imports/", imports.listing, name="imports"),
    path("imports/template.xlsx", imports.template, name="import_template"),
    path("imports/<uuid:uuid>/", imports.detail, name="import"),
    path("imports/<uuid:uuid>/confirm/", imports.confirm, name="import_confirm"),
    path("imports/<uuid:uuid>/reject/", imports.reject, name="import_reject"),
    path("imports/<uuid:uuid>/marked.xlsx", imports.marked, name="import_marked"),
    path("imports/<uuid:uuid>/workbook.xlsx", imports.workbook, name="import_workbook"),
]
