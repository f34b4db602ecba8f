"""Addresses of the supervision: one module per duty."""

from importlib import import_module
from pkgutil import iter_modules

from django.urls import URLPattern

app_name = "supervision"
urlpatterns: list[URLPattern] = []
for _module in sorted(found.name for found in iter_modules(__path__, f"{__name__}.")):
    urlpatterns += import_module(_module).urlpatterns
