"""An application while it is filled in."""

from django.urls import path

from applications.views import autosave, carrying, checks, list_imports, lists, materials, sections, tasklist

urlpatterns = [
    path("mine/", tasklist.mine, name="mine"),
    path("new/<uuid:uuid>/", tasklist.new, name="new"),
    path("<uuid:uuid>/check/", checks.review_all, name="check"),
    path("<uuid:uuid>/check/<slug:key>/", checks.check_section, name="check_section"),
    path("<uuid:uuid>/section/<slug:key>/", sections.section, name="section"),
    path("<uuid:uuid>/section/<slug:key>/presence/", autosave.presence, name="presence"),
    path("<uuid:uuid>/list/<slug:kind>/", lists.rows, name="list"),
    path("<uuid:uuid>/list/<slug:kind>/template.xlsx", lists.template, name="list_template"),
    path("<uuid:uuid>/list/<slug:kind>/row/", lists.add, name="list_add"),
    path("<uuid:uuid>/list/<slug:kind>/row/<int:position>/", lists.change, name="list_row"),
    path("<uuid:uuid>/list/<slug:kind>/row/<int:position>/delete/", lists.delete, name="list_delete"),
    path("<uuid:uuid>/list/<slug:kind>/import/<uuid:upload>/", list_imports.preview, name="list_preview"),
    path("<uuid:uuid>/list/<slug:kind>/import/<uuid:upload>/marked.xlsx", list_imports.marked, name="list_marked"),
    path("<uuid:uuid>/material/<int:number>/", materials.category, name="material"),
    path("<uuid:uuid>/material/file/<uuid:material>/", materials.file, name="material_file"),
    path("<uuid:uuid>/material/<int:number>/keep/", materials.keep, name="material_keep"),
    path("<uuid:uuid>/material/file/<uuid:material>/change/", materials.change, name="material_change"),
    path("<uuid:uuid>/material/file/<uuid:material>/remove/", materials.remove, name="material_remove"),
    path("<uuid:uuid>/material/file/<uuid:material>/restore/", materials.restore, name="material_restore"),
    path("<uuid:uuid>/material/file/<uuid:material>/move/", materials.move, name="material_move"),
    path("<uuid:uuid>/carry/", carrying.carry, name="carry"),
    path("<uuid:uuid>/section/<slug:key>/keep/", carrying.keep_section, name="section_keep"),
    path("<uuid:uuid>/list/<slug:kind>/keep/", carrying.keep_list, name="list_keep"),
]
