"""The queues of district and city: one component, two addresses; and the same list taken away as a workbook."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts import access, formats
from accounts.models import Role
from files.serving import serve
from lifecycle import deadlines
from review.documents import queues as documents
from review.forms.queues import QueueFilter
from review.selectors import queues
from review.selectors.queues import Queue, Row

PER_PAGE = 50
PARAMETERS = ("tab", "q", "state", "year", "district", "handler", "due", "flags")
EMPTY = {
    "mine": "没有待办的申报，新的申报提交后会出现在这里，并通知您",
    "returned": "没有正在补正的申报",
    "silent": "没有县区逾期未办的申报",
}


@access.roles(Role.DISTRICT_OFFICER)
@require_GET
def district_queue(request: HttpRequest) -> HttpResponse:
    """初审推荐: the district's cases, the most urgent first."""
    return _queue(request)


@access.roles(Role.CITY_OFFICER, Role.AUDITOR)
@require_GET
def city_queue(request: HttpRequest) -> HttpResponse:
    """市级受理: recommended cases, and districts that let their time pass."""
    return _queue(request)


@access.roles(Role.DISTRICT_OFFICER, Role.CITY_OFFICER, Role.AUDITOR)
@require_GET
def export(request: HttpRequest) -> HttpResponseBase:
    """The filtered list with all its pages as xlsx, kept under the name of who took it."""
    form, queue = opened(request)
    words = [queue.tab.label, *(words for _, words in form.chips(queue.choice))]
    rows = queue.rows(queue.order)
    issued = documents.as_workbook(request.actor, rows, name=title_of(request), filters="、".join(words))
    return serve(issued.file)


def opened(request: HttpRequest) -> tuple[QueueFilter, Queue]:
    """The filter of the request and the queue it gives."""
    form = QueueFilter(request.GET, actor=request.actor)
    return form, Queue(request.actor, form.choice)


def title_of(request: HttpRequest) -> str:
    """What the queue is called for whom."""
    names = {Role.DISTRICT_OFFICER: "初审推荐", Role.AUDITOR: "申报办理"}
    return names.get(Role(request.actor.role), "市级受理")


def address_of(request: HttpRequest) -> str:
    """The queue of the actor."""
    return reverse("review:queue" if request.actor.role == Role.DISTRICT_OFFICER else "review:city_queue")


def queue_url(request: HttpRequest) -> str:
    """The queue of the actor as the request filters it."""
    return _url(address_of(request), carried(request))


def _queue(request: HttpRequest) -> HttpResponse:
    form, queue = opened(request)
    actor, address, kept = request.actor, address_of(request), carried(request)
    page = Paginator(queue.order, PER_PAGE).get_page(request.GET.get("page"))
    chips = form.chips(queue.choice)
    context = {
        "title": title_of(request),
        "tab": queue.tab,
        "form": form,
        "page": page,
        "total": page.paginator.count,
        "tabs": _tabs(queue, address, kept),
        "chips": [{"label": words, "remove_url": _url(address, kept, without=name)} for name, words in chips],
        "clear_url": f"{address}?tab={queue.tab.key}",
        "lines": [line_of(row, urlencode(kept)) for row in queue.rows(page)],
        "empty": EMPTY.get(queue.tab.key, "没有符合条件的申报"),
        "by_district": actor.role != Role.DISTRICT_OFFICER,
        "may_assign": actor.role == Role.DISTRICT_OFFICER,
        "may_admit": actor.role == Role.CITY_OFFICER,
        "silent": queues.silent_districts() if queue.tab.key == "silent" else [],
        "assign_url": _url(reverse("review:assign"), kept),
        "export_url": _url(reverse("review:queue_export"), kept),
    }
    return render(request, "review/queue.html", context)


def carried(request: HttpRequest) -> dict[str, str]:
    """The filter in force as parameters, so that a case knows the list it was opened from."""
    return {name: request.GET[name] for name in PARAMETERS if request.GET.get(name)}


def _tabs(queue: Queue, address: str, kept: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "label": tab.label,
            "url": _url(address, {**kept, "tab": tab.key}),
            "count": queue.counts[tab.key],
            "active": tab is queue.tab,
        }
        for tab in queues.tabs_for(queue.actor)
    ]


def _url(address: str, parameters: dict[str, str], without: str = "") -> str:
    kept = {name: value for name, value in parameters.items() if name != without}
    return f"{address}?{urlencode(kept)}" if kept else address


def line_of(row: Row, query: str) -> dict[str, Any]:
    """One line of the queue; ``pick`` names the case and the arrangement that was seen with it."""
    one, held = row.application, row.handling
    url = reverse("review:workbench", args=[one.uuid])
    return {
        "application": one,
        "url": f"{url}?{query}" if query else url,
        "pick": f"{one.uuid}:{held.pk if held else 0}",
        "handler": held.officer.name if held else "",
        "flags": one.flag_count.open if hasattr(one, "flag_count") else 0,
        "due": row.due,
        "left": left(row.due) if row.due else None,
    }


def left(due: deadlines.Due) -> dict[str, str]:
    """How much time is left, in words; red only when it is over."""
    if due.overdue:
        return {"text": "已逾期", "tone": "bad"}
    if due.workdays_left is None:
        return {"text": formats.NOTHING, "note": "放假安排未公布"}
    words = "今天截止" if due.workdays_left == 0 else f"{due.workdays_left}个工作日"
    return {"text": words, "tone": "warn" if due.workdays_left <= queues.SOON_WORKDAYS else ""}
