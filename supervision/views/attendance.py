"""Inviting and marking many platforms at once: each in an act of its own, with its own result (Art. 19)."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from accounts.access import roles
from accounts.models import Role
from lifecycle.acting import attempt, status_of
from supervision.forms.activities import InviteForm, MarkFormSet
from supervision.models import Activity, Invitation
from supervision.selectors import activities as selectors
from supervision.services import invitations as services
from timekeeping import clock


@roles(Role.CITY_OFFICER)
def invite(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Choose platforms whose title is in force on the day, and serve the invitation on each."""
    found = get_object_or_404(selectors.activities_visible_to(request.actor), uuid=uuid)
    titles = list(selectors.invitable(found))
    form = InviteForm(request.POST or None, titles=titles)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        how = services.Service(given["way"], given["served_on"], given["proof"])
        results = attempt(
            form, services.serve_many, actor=request.actor, activity=found, titles=given["titles"], how=how
        )
        if results is not None:
            return _results(request, found, results, "送达结果", "已送达", "没有送达")
    context = {"activity": found, "titles": titles, "form": form, "crumbs": _crumbs(found)}
    return render(request, "supervision/activities/invite.html", context, status=status_of(form))


@roles(Role.CITY_OFFICER)
def mark(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Mark who came, who did not and who is excused."""
    found = get_object_or_404(selectors.activities_visible_to(request.actor), uuid=uuid)
    invited = selectors.visible_to(request.actor).filter(activity=found)
    invited = invited.order_by("title__platform__district__order", "title__number")
    # A line that somebody else marked meanwhile is still known, so that the answer names it.
    listed = invited if request.method == "POST" else invited.exclude(state__in=Invitation.MARKED)
    by_key = {str(one.uuid): one for one in listed}
    begun = found.starts_at <= clock.now()
    proposed = "present" if begun and request.GET.get("all") == "present" else ""
    initial = [{"uuid": one.uuid, "version": one.version, "step": proposed} for one in by_key.values()]
    forms = MarkFormSet(request.POST or None, initial=initial, prefix="mark", form_kwargs={"begun": begun})
    errors: list[tuple[str, str]] = []
    if request.method == "POST" and forms.is_valid():
        marks = [
            services.Mark(by_key[str(line["uuid"])], line["step"], line["note"], line["version"])
            for line in forms.cleaned_data
            if line.get("step") and str(line["uuid"]) in by_key
        ]
        if marks:
            results = services.mark_many(actor=request.actor, marks=marks)
            return _results(request, found, results, "登记结果", "已登记", "没有登记")
        errors = [("请至少登记一家平台", "")]
    context = {
        "activity": found,
        "forms": forms,
        "lines": [(form, by_key.get(str(form["uuid"].value()))) for form in forms],
        "errors": errors,
        "begun": begun,
        "crumbs": _crumbs(found),
    }
    wrong = request.method == "POST"
    return render(request, "supervision/activities/attendance.html", context, status=422 if wrong else 200)


def _results(
    request: HttpRequest, activity: Activity, results: list[services.Result], heading: str, done: str, undone: str
) -> HttpResponse:
    context = {
        "activity": activity,
        "results": results,
        "heading": heading,
        "done": done,
        "undone": undone,
        "count": sum(not result.problem for result in results),
        "crumbs": _crumbs(activity),
    }
    return render(request, "supervision/activities/results.html", context)


def _crumbs(activity: Activity) -> list[tuple[str, str]]:
    return [("公共服务活动", reverse("supervision:activities")), (activity.name, activity.get_absolute_url())]
