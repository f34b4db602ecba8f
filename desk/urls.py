from django.urls import path

from desk.views import home, oversight, pages, public, records, self_check, statistics, workdays

app_name = "desk"

urlpatterns = [
    path("", public.home, name="public_home"),
    path("announcements/", public.announcements, name="announcements"),
    path("progress/", public.progress, name="progress"),
    path("desk/", home.home, name="home"),
    path("desk/records/", records.listing, name="records"),
    path("desk/records/export/", records.export, name="records_export"),
    path("desk/records/heads/", oversight.heads, name="heads"),
    path("desk/records/story/<slug:life>/<uuid:uuid>/", oversight.story, name="story"),
    path("desk/grants/", oversight.grants, name="grants"),
    path("desk/issued/", oversight.issued, name="issued"),
    path("desk/issued/<uuid:uuid>/", oversight.issued_file, name="issued_file"),
    path("desk/statistics/", statistics.filing, name="statistics"),
    path("desk/workdays/", workdays.years, name="workdays"),
    path("desk/workdays/enter/", workdays.enter, name="workdays_enter"),
    path("guide/", pages.guide, name="guide"),
    path("self-check/", self_check.page, name="self_check"),
    path("regulation/", pages.regulation, name="regulation"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("privacy/", pages.privacy, name="privacy"),
    path("sitemap/", pages.sitemap, name="sitemap"),
]
