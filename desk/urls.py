from django.urls import path

from desk.views import pages

app_name = "desk"

urlpatterns = [
    path("guide/", pages.guide, name="guide"),
    path("regulation/", pages.regulation, name="regulation"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("sitemap/", pages.sitemap, name="sitemap"),
]
