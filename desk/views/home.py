"""The first page after signing in: what I owe, by when, under which article."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts import access
from accounts.actors import Actor
from accounts.formats import bars
from accounts.models import Role
from desk import agenda, dates, navigation, waiting
from desk.reading import Reading
from lifecycle import workdays
from timekeeping import clock

LEADS = {
    Role.FILER: "材料填齐后由签字人确认提交；办理进展和期限都在这里。",
    Role.SIGNATORY: "您确认提交的内容具有法律效力，请核对后办理。",
    Role.DISTRICT_OFFICER: "按期限由近到远排列；您只看到本区的事项。",
    Role.CITY_OFFICER: "按期限由近到远排列；集体决策须由另一名经办人复核。",
    Role.EXPERT: "请先声明利益关系，再打开申报材料；评分提交后不能自行修改。",
    Role.INSPECTOR: "请按约定日期到现场，逐项核对并由双方签字。",
    Role.EVALUATOR: "您只看到受托测评的平台。",
    Role.AUDITOR: "您可以查阅全部事项和办理记录，不能办理任何事项。",
    Role.SYSADMIN: "您负责账号、县区、工作日安排，不办理业务事项。",
}
SHOWN = 30
# The State Council publishes the next year's arrangement between October and December.
PUBLISHED_FROM = 10


@access.signed_in
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The desk of the acting person."""
    actor = request.actor
    if not actor.is_person:
        return render(request, "desk/no_capacity.html", status=403)
    read, yearly = Reading(actor, agenda.OWED, waiting.WAITING, dates.DATES), agenda.yearly_of(actor)
    owed, waits = agenda.tasks(actor, read, yearly), waiting.waiting(actor, read, yearly)
    context = {
        "lead": LEADS[Role(actor.role)],
        "tasks": owed[:SHOWN],
        "more": max(0, len(owed) - SHOWN),
        "total": len(owed),
        "overdue": sum(1 for task in owed if task.due and task.due.overdue),
        "waiting": waits,
        "waiting_count": sum(group.count for group in waits),
        "days": dates.calendar_of(actor, read),
        "stages": bars(agenda.stages(actor)) if not actor.is_applicant else [],
        "links": navigation.navigation(actor, request.path)[1:],
        "missing_year": _missing_year(actor),
        "waiting_heading": "正在办理" if actor.role == Role.AUDITOR else "等待他人办理",
    }
    return render(request, "desk/home.html", context)


def _missing_year(actor: Actor) -> int | None:
    """The year whose working days the administrator should enter: this one, or from October on the next."""
    if actor.role != Role.SYSADMIN:
        return None
    today = clock.today()
    missing = workdays.first_missing(today.year)
    return missing if missing == today.year or (missing == today.year + 1 and today.month >= PUBLISHED_FROM) else None
