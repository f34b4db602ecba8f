"""Addresses of the book."""

from django.urls import path, re_path

from registry.views import book, public

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
]
