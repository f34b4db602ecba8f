"""The working-day table: what is published, and entering the next year's arrangement."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts import access
from accounts.models import Role
from desk.forms import YearForm
from lifecycle.models import WorkCalendarYear
from lifecycle.workdays import enter_year


@access.roles(Role.SYSADMIN, Role.CITY_OFFICER, Role.AUDITOR)
@require_http_methods(["GET"])
def years(request: HttpRequest) -> HttpResponse:
    """Every published year with its special days."""
    found = WorkCalendarYear.objects.prefetch_related("days").select_related("entered_by").order_by("-year")
    return render(request, "desk/workdays.html", {"years": found, "may_enter": request.actor.role == Role.SYSADMIN})


@access.roles(Role.SYSADMIN)
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Enter a year; what is wrong is said at the field and everything typed stays."""
    form = YearForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            entered = enter_year(**form.cleaned_data, entered_by=request.user)
        except ValidationError as wrong:
            form.add_error("days", wrong)
        else:
            messages.success(request, f"{entered.year}年的放假安排已录入，有关期限即按此计算。")
            return redirect("desk:workdays")
    return render(request, "desk/workdays_enter.html", {"form": form}, status=422 if form.errors else 200)
