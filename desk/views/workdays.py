"""The working-day table: what is published, and entering the next year's arrangement."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts import access
from accounts.models import Role
from desk.forms import YearForm
from lifecycle import workdays
from lifecycle.models import WorkCalendarYear
from timekeeping import clock
from timekeeping.workdays import WorkCalendar

WEEK = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
KIND_WORDS = {"holiday": "放假", "workday": "调休上班"}


@access.roles(Role.SYSADMIN, Role.CITY_OFFICER, Role.AUDITOR)
@require_http_methods(["GET"])
def years(request: HttpRequest) -> HttpResponse:
    """Every published year with its special days."""
    found = WorkCalendarYear.objects.prefetch_related("days").select_related("entered_by").order_by("-year")
    return render(request, "desk/workdays.html", {"years": found, "may_enter": request.actor.role == Role.SYSADMIN})


@access.roles(Role.SYSADMIN)
@require_http_methods(["GET", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Enter a year in two steps: what was read from the lines is shown to be checked, then entered. What is wrong is said at
    the field and everything typed stays.
    """
    form = YearForm(request.POST or None, initial={"year": workdays.first_missing(clock.today().year)})
    if request.method == "POST" and form.is_valid():
        year, days, do = form.cleaned_data["year"], form.cleaned_data["days"], request.POST.get("do")
        if problems := workdays.problems_of(year, days):
            form.add_error("days", problems)
        elif do == "enter":
            try:
                workdays.enter_year(**form.cleaned_data, entered_by=request.user)
            except ValidationError as wrong:
                form.add_error("days", wrong)
            else:
                messages.success(request, f"{year}年的放假安排已录入，有关期限即按此计算。")
                return redirect("desk:workdays")
        elif do != "change":
            return render(request, "desk/workdays_check.html", {"form": form, **_read(year, days)})
    return render(request, "desk/workdays_enter.html", {"form": form}, status=422 if form.errors else 200)


def _read(year: int, days: list[tuple[date, str, str]]) -> dict[str, Any]:
    """What the lines say: every special day with its day of the week, and how many working days the year has with them."""
    special = {day: kind for day, kind, _ in days}
    known = WorkCalendar.from_years({year: special})
    before = workdays.calendar()
    free = [day for day, kind in special.items() if kind == "holiday"]
    return {
        "year": year,
        "days": [(day, WEEK[day.weekday()], KIND_WORDS[kind], name) for day, kind, name in sorted(days)],
        "holidays": len(free),
        "holidays_in_week": sum(day.weekday() < 5 for day in free),
        "made_up": len(special) - len(free),
        "workdays": known.count(date(year, 1, 1), date(year, 12, 31)),
        "workdays_before": None
        if before.unknown_years(date(year - 1, 1, 1), date(year - 1, 12, 31))
        else before.count(date(year - 1, 1, 1), date(year - 1, 12, 31)),
    }
