"""限制申报: who may not apply again, until when, and why (Art. 19). Never public."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import roles
from accounts.models import Role
from registry import selectors
from registry.forms.bans import BanFilter
from timekeeping import clock

PAGE = 50


@roles(Role.CITY_OFFICER, Role.DISTRICT_OFFICER, Role.AUDITOR)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """The bans the person may see, those that run first to end first."""
    form = BanFilter(request.GET)
    today = clock.today()
    bans = selectors.bans_visible_to(request.actor, form.words())
    page = Paginator(bans, PAGE).get_page(request.GET.get("page"))
    rows = [{"ban": ban, "standing": ban.standing(today)} for ban in page]
    return render(request, "registry/bans.html", {"form": form, "page": page, "rows": rows})
