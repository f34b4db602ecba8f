"""Giving chosen cases of the queue to an officer: choose, look again, confirm; each case with its own result."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from accounts import access
from accounts.models import Role
from applications.models import Application
from applications.selectors import visible_to
from lifecycle.acting import attempt, status_of
from lifecycle.forms import submitted
from review.forms.queues import AssignForm
from review.selectors.queues import Row
from review.services import assignments as services
from review.views import queues

SHOWN, LONGEST_KEY = 50, 19


@access.roles(Role.DISTRICT_OFFICER)
@require_POST
def assign(request: HttpRequest) -> HttpResponse:
    """The chosen cases, or with ``all`` every case under the filter; nothing changes before the second look is confirmed.

    The second look carries its cases in one field, so that what is confirmed is what was looked at.
    """
    confirming = request.POST.get("do") == "confirm"
    form = AssignForm(request.POST if confirming else None, actor=request.actor)
    chosen = _chosen(request)
    if confirming and chosen and form.is_valid():
        cases = {application.pk: seen for application, seen in chosen}
        officer, key = form.cleaned_data["officer"], submitted(request).key
        results = attempt(form, services.assign_all, actor=request.actor, cases=cases, officer=officer, key=key)
        if results is not None:
            context = {"results": results, "officer": officer, "queue_url": queues.queue_url(request)}
            return render(request, "review/assign_results.html", context)
    context = {
        "form": form,
        "chosen": [application for application, _ in chosen[:SHOWN]],
        "total": len(chosen),
        "cases": " ".join(f"{application.uuid}:{seen}" for application, seen in chosen),
        "queue_url": queues.queue_url(request),
    }
    return render(request, "review/assign.html", context, status=status_of(form) if chosen else 422)


def _chosen(request: HttpRequest) -> list[tuple[Application, int]]:
    """The cases, each with the arrangement its line showed, in the order of the queue."""
    if request.POST.get("all"):
        _, queue = queues.opened(request)
        return [(row.application, _seen(row)) for row in queue.rows(queue.order)]
    texts = [text for field in ("case", "cases") for given in request.POST.getlist(field) for text in given.split()]
    seen = {
        uuid: int(number)
        for uuid, _, number in (text.partition(":") for text in texts)
        if number.isdecimal() and len(number) <= LONGEST_KEY
    }
    found = {str(one.uuid): one for one in visible_to(request.actor).filter(uuid__in=filter(_is_uuid, seen))}
    return [(found[uuid], seen[uuid]) for uuid in seen if uuid in found]


def _seen(row: Row) -> int:
    return row.handling.pk if row.handling else 0


def _is_uuid(text: str) -> bool:
    return len(text) == 36 and text.count("-") == 4 and all(char in "0123456789abcdef-" for char in text)
