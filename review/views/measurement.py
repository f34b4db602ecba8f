"""初审测评: the officer measures finding by finding; the sheet is printed for district, city and auditor."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts import access
from accounts.models import Role
from applications.selectors import visible_to
from files.serving import serve
from lifecycle import deadlines
from lifecycle.acting import place
from lifecycle.forms import submitted
from review.documents import measurement as documents
from review.forms.measurement import MeasureForm, initial_of
from review.selectors import measurement as measurements
from review.selectors import sampling as samples
from review.services import district
from review.services.district import measuring


@access.roles(Role.DISTRICT_OFFICER)
def measure(request: HttpRequest, uuid: str) -> HttpResponse:
    """Every finding with its figure, prefilled from the rules and the last measurement."""
    application = get_object_or_404(visible_to(request.actor).select_related("current_version"), uuid=uuid)
    standing = measurements.standing(application)
    items = measurements.items_of(application)
    before = measurements.latest(application)
    offered = measuring.proposed(application)
    initial = initial_of(items, before, offered, fresh=standing.current)
    form = MeasureForm(
        request.POST if request.method == "POST" else None, items=items, changes=standing.changes, initial=initial
    )
    bench = reverse("review:workbench", args=[application.uuid])
    if request.method == "POST" and form.is_valid():
        try:
            decisions = form.decisions()
            conclusions = form.conclusions(offered, measuring.proposed(application, decisions))
            district.measure(
                actor=request.actor,
                application=application,
                decisions=decisions,
                **conclusions,
                **submitted(request).kwargs(),
            )
        except ValidationError as error:
            place(form, error)
        else:
            messages.success(request, "初审测评已保存。")
            return redirect(bench)
    context = {
        "application": application,
        "form": form,
        "due": deadlines.due(application),
        "standing": standing,
        "before": before,
        "sample": samples.in_force(application),
        "back_url": bench,
    }
    return render(request, "review/measure.html", context, status=422 if form.errors else 200)


@access.roles(Role.DISTRICT_OFFICER, Role.CITY_OFFICER, Role.AUDITOR)
@require_GET
def sheet(request: HttpRequest, uuid: str) -> HttpResponseBase:
    """初审测评表 of the version in force as PDF; 404 before it was measured."""
    application = get_object_or_404(visible_to(request.actor).select_related("current_version"), uuid=uuid)
    measured = measurements.of(application)
    if measured is None:
        raise Http404
    return serve(documents.sheet(measured).file, inline="download" not in request.GET)
