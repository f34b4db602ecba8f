"""The queues of district and city: one component, two addresses."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts import access, formats
from accounts.models import Role
from lifecycle import deadlines
from review.forms.queues import QueueFilter
from review.selectors import queues
from review.selectors.queues import Choice, Row

PER_PAGE = 20
PARAMETERS = ("tab", "q", "state", "year")


@access.roles(Role.DISTRICT_OFFICER)
@require_GET
def district_queue(request: HttpRequest) -> HttpResponse:
    """初审推荐: the district's cases, the most urgent first."""
    return _queue(request, "初审推荐", reverse("review:queue"))


@access.roles(Role.CITY_OFFICER, Role.AUDITOR)
@require_GET
def city_queue(request: HttpRequest) -> HttpResponse:
    """市级受理: recommended cases, and districts that let their time pass."""
    return _queue(
        request, "申报办理" if request.actor.role == Role.AUDITOR else "市级受理", reverse("review:city_queue")
    )


def _queue(request: HttpRequest, title: str, address: str) -> HttpResponse:
    actor = request.actor
    form = QueueFilter(request.GET, years=queues.years(actor))
    choice = form.choice
    tab = queues.tab_of(actor, choice.tab)
    page = Paginator(queues.rows(actor, choice), PER_PAGE).get_page(request.GET.get("page"))
    kept = carried(request)
    chips = [{"label": words, "remove_url": _url(address, kept, without=name)} for name, words in form.chips(choice)]
    context = {
        "title": title,
        "tab": tab,
        "form": form,
        "page": page,
        "tabs": _tabs(request, choice, address, kept),
        "chips": chips,
        "clear_url": f"{address}?tab={tab.key}",
        "columns": columns(actor.role),
        "rows": [cells(row, actor.role, urlencode(kept)) for row in page],
        "empty": EMPTY.get(tab.key, "没有符合条件的申报"),
        "may_admit": actor.role == Role.CITY_OFFICER,
        "silent": queues.silent_districts() if tab.key == "silent" else [],
    }
    return render(request, "review/queue.html", context)


EMPTY = {
    "mine": "没有待办的申报，新的申报提交后会出现在这里，并通知您",
    "returned": "没有正在补正的申报",
    "silent": "没有县区逾期未办的申报",
}


def carried(request: HttpRequest) -> dict[str, str]:
    """The filter in force as parameters, so that a case knows the list it was opened from."""
    return {name: request.GET[name] for name in PARAMETERS if request.GET.get(name)}


def _tabs(request: HttpRequest, choice: Choice, address: str, kept: dict[str, str]) -> list[dict[str, Any]]:
    counts = queues.counts(request.actor, choice)
    active = queues.tab_of(request.actor, choice.tab)
    return [
        {
            "label": tab.label,
            "url": _url(address, {**kept, "tab": tab.key}),
            "count": counts[tab.key],
            "active": tab is active,
        }
        for tab in queues.tabs_for(request.actor)
    ]


def _url(address: str, parameters: dict[str, str], without: str = "") -> str:
    kept = {name: value for name, value in parameters.items() if name != without}
    return f"{address}?{urlencode(kept)}" if kept else address


def columns(role: str) -> list[dict[str, Any]]:
    """The heads of the queue; only who sees several districts reads which."""
    heads = ["受理编号", "平台和申报单位", "状态", "办理事项", "期限", "还剩"]
    if role != Role.DISTRICT_OFFICER:
        heads.insert(2, "县（市）区")
    return [{"label": head} for head in heads]


def cells(row: Row, role: str, query: str) -> list[Any]:
    """One line of the queue."""
    one = row.application
    url = reverse("review:workbench", args=[one.uuid])
    named = {"text": one.platform_name, "url": f"{url}?{query}" if query else url, "note": one.organisation.name}
    line = [one.receipt_number, named, {"text": one.status.label, "tone": one.status.tone}]
    if role != Role.DISTRICT_OFFICER:
        line.insert(2, one.district.name)
    if row.due is None:
        return [*line, "", "", ""]
    return [*line, row.due.row.label, formats.iso(row.due.last_day), left(row.due)]


def left(due: deadlines.Due) -> dict[str, str]:
    """How much time is left, in words; red only when it is over."""
    if due.overdue:
        return {"text": "已逾期", "tone": "bad"}
    if due.workdays_left is None:
        return {"text": "放假安排未公布"}
    words = "今天截止" if due.workdays_left == 0 else f"{due.workdays_left}个工作日"
    return {"text": words, "tone": "warn"} if due.workdays_left < 4 else {"text": words}
