"""优先支持和推荐: titles in force without anything open, with what people judge by (Art. 22)."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import roles
from accounts.models import Role
from files.serving import xlsx
from supervision.documents import support as documents
from supervision.selectors import support as selectors
from timekeeping import clock

PAGE = 50
READERS = (Role.CITY_OFFICER, Role.DISTRICT_OFFICER, Role.AUDITOR)


@roles(*READERS)
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """Who can be recommended today, and who cannot, with the reasons."""
    found = selectors.rows(request.actor, clock.today())
    page = Paginator([row for row in found if not row.reasons], PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "left_out": [row for row in found if row.reasons], "today": clock.today()}
    return render(request, "supervision/support.html", context)


@roles(*READERS)
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """The same list whole, as a workbook."""
    found = [row for row in selectors.rows(request.actor, clock.today()) if not row.reasons]
    return xlsx(documents.as_xlsx(found), f"示范平台优先支持推荐名单{clock.today()}.xlsx")
