"""One item of the checklist a screen, made for the phone: what was declared, the result, a note, photos (Art. 13)."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from accounts.access import roles
from accounts.models import Role
from files import serving
from files.errors import NotServed
from lifecycle.acting import attempt, status_of
from review.forms.inspections import ItemForm, PhotoForm
from review.inspection_items import BY_ITEM, declared
from review.models import Inspection
from review.selectors import dossier, inspections
from review.services import inspections as services
from review.services.inspections.visiting import shown_copy
from review.views import inspection_pages as pages

READERS = (Role.INSPECTOR, Role.CITY_OFFICER, Role.AUDITOR, Role.DISTRICT_OFFICER)


def _found(request: HttpRequest, uuid: str, key: str) -> Inspection:
    if key not in BY_ITEM:
        raise Http404
    return get_object_or_404(inspections.visible_to(request.actor), uuid=uuid)


@roles(*READERS)
def item(request: HttpRequest, uuid: str, key: str) -> HttpResponse:
    """Read or fill in one item; saving leads to the next one."""
    found = _found(request, uuid, key)
    answer = found.items.filter(key=key).select_related("saved_by").first()
    form = ItemForm(request.POST or None, clarified=inspections.is_clarified(found), initial=pages.initial_of(answer))
    if request.method == "POST" and form.is_valid():
        saved = attempt(form, services.save_item, actor=request.actor, inspection=found, item=key, **form.cleaned_data)
        if saved:
            messages.success(request, f"“{BY_ITEM[key].label}”已保存。")
            following = pages.after(key)
            return redirect("review:inspection_item", found.uuid, following) if following else redirect(found)
    return _shown(request, found, key, form, PhotoForm())


@roles(Role.INSPECTOR)
@require_POST
def add_photo(request: HttpRequest, uuid: str, key: str) -> HttpResponse:
    """Keep a photo of the item."""
    found = _found(request, uuid, key)
    form = PhotoForm(request.POST, request.FILES)
    if form.is_valid():
        kept = attempt(
            form, services.add_photo, actor=request.actor, inspection=found, item=key,
            upload=form.cleaned_data["photo"], place=form.place(),
        )  # fmt: skip
        if kept:
            messages.success(request, "照片已保存。")
            return redirect("review:inspection_item", found.uuid, key)
    answer = found.items.filter(key=key).first()
    fresh = ItemForm(clarified=inspections.is_clarified(found), initial=pages.initial_of(answer))
    return _shown(request, found, key, fresh, form)


def _shown(request: HttpRequest, found: Inspection, key: str, form: ItemForm, photo: PhotoForm) -> HttpResponse:
    line = next(line for line in inspections.lines(found) if line.wanted.key == key)
    page = {
        "inspection": found,
        "line": line,
        "item": line.wanted,
        "total": len(BY_ITEM),
        "before": pages.before(key),
        "after": pages.after(key),
        "declared": declared(line.wanted, dossier.content_of(found.application)),
        "form": form,
        "photo_form": photo,
        "forms": [form, photo],
        "editable": found.state == "in_progress" and request.actor.role == Role.INSPECTOR,
    }
    return render(request, "review/inspections/item.html", page, status=max(status_of(form), status_of(photo)))


@roles(*READERS)
def photo(request: HttpRequest, uuid: str, photo: str) -> Any:
    """The photo without camera and position data."""
    found = get_object_or_404(inspections.visible_to(request.actor), uuid=uuid)
    kept = get_object_or_404(found.photos.select_related("file", "shown"), uuid=photo)
    if kept.shown is None:
        kept.shown = shown_copy(kept.file)
        if kept.shown is None:
            raise NotServed("照片正在等待安全检查，检查完成后即可查看。请稍后再试。")
        kept.save(update_fields=["shown"])
    return serving.serve(kept.shown, inline=True)
