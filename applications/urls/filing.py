"""An application while it is filled in."""

from django.urls import path

from applications.views import list_imports, lists, materials, sections, tasklist

urlpatterns = [
    path("mine/", tasklist.mine, name="mine"),
    path("new/<uuid:uuid>/", tasklist.new, name="new"),
    path("<uuid:uuid>/check/", tasklist.review_all, name="check"),
    path("<uuid:uuid>/section/<slug:key>/", sections.section, name="section"),
    path("<uuid:uuid>/list/<slug:kind>/", lists.rows, name="list"),
    path("<uuid:uuid>/list/<slug:kind>/template.xlsx", lists.template, name="list_template"),
    path("<uuid:uuid>/list/<slug:kind>/row/", lists.add, name="list_add"),
    path("<uuid:uuid>/list/<slug:kind>/row/<int:position>/", lists.change, name="list_row"),
    path("<uuid:uuid>/list/<slug:kind>/row/<int:position>/delete/", lists.delete, name="list_delete"),
    path("<uuid:uuid>/list/<slug:kind>/import/<uuid:upload>/", list_imports.preview, name="list_preview"),
    path("<uuid:uuid>/list/<slug:kind>/import/<uuid:upload>/marked.xlsx", list_imports.marked, name="list_marked"),
    path("<uuid:uuid>/material/<int:number>/", materials.category, name="material"),
    path("<uuid:uuid>/material/file/<uuid:material>/", materials.file, name="material_file"),
    path("<uuid:uuid>/material/file/<uuid:material>/remove/", materials.remove, name="material_remove"),
]
