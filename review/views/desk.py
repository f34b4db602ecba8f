"""What the pages around one application have in common: where it came from, its contents, its steps."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse

from accounts.actors import Actor
from accounts.models import Role
from applications import answering
from applications.models import Application
from lifecycle import guards
from lifecycle.story import Line
from regulation.eligibility import Assessment
from review.models import Inspection, Sample
from review.selectors import measurement as measurements
from review.selectors import sampling as samples
from review.selectors import summaries
from review.selectors.queues import Queue
from review.selectors.workbench import Part
from review.services.district.measuring import MEASURING
from review.views import queues

STEP_PAGES = (
    "accept", "return_for_correction", "transfer", "judge_last_version", "recommend", "not_recommend",
    "withdraw_recommendation", "admit", "send_back", "find_ineligible", "reject_falsified",
)  # fmt: skip
PRIMARY = {
    "submitted": "accept", "returned": "judge_last_version", "accepted": "recommend", "sent_back": "recommend",
    "forwarded": "admit",
}  # fmt: skip
CITY_PAGES = {
    "admitted": ("组建专家组、分派专家", "review:panels"), "under_review": ("专家评审", "review:panels"),
    "inspection_passed": ("确定拟认定名单", "review:notice_desk"), "proposed": ("拟定并发布公示", "review:notice_desk"),
    "on_notice": ("集体决策", "review:meetings"), "held": ("异议办理", "review:objections"),
    "deferred": ("集体决策", "review:meetings"),
}  # fmt: skip


def queue_of(request: HttpRequest) -> Queue:
    """The list the case was opened from."""
    return queues.opened(request)[1]


def queue_url(request: HttpRequest) -> str:
    """Its address."""
    return queues.queue_url(request)


def address(application: Application, request: HttpRequest, **parameters: str) -> str:
    """The workbench of an application, the list it was opened from carried along."""
    query = urlencode({**queues.carried(request), **parameters})
    url = reverse("review:workbench", args=[application.uuid])
    return f"{url}?{query}" if query else url


def step_urls(application: Application) -> dict[str, str]:
    """The page of every step taken from the workbench."""
    return {name: reverse(f"review:{name}", args=[application.uuid]) for name in STEP_PAGES}


def primary_step(application: Application, waiting: list[dict[str, Any]]) -> str:
    """The step that comes next in the ordinary course, none while other work comes first."""
    return "" if any(not duty["done"] for duty in waiting) else PRIMARY.get(application.state, "")


def duties(application: Application, actor: Actor) -> list[dict[str, Any]]:
    """The work on a case that has pages of its own: the district's measuring and sampling, the city's later stages."""
    if actor.role == Role.CITY_OFFICER:
        return _city_duties(application)
    if actor.role == Role.DISTRICT_OFFICER and application.state in MEASURING:
        return _district_duties(application, actor)
    if actor.role == Role.DISTRICT_OFFICER and application.state == "recommended":
        return _to_forward(application)
    return []


def _to_forward(application: Application) -> list[dict[str, Any]]:
    """The sheet on which a recommended case waits to go to the city."""
    sheet = summaries.open_sheet(application.district, application.call)
    url = sheet.get_absolute_url() if sheet else reverse("review:summaries")
    return [{"label": "推荐汇总表，盖章报送", "url": url, "blockers": (), "tone": "primary", "done": False}]


def _city_duties(application: Application) -> list[dict[str, Any]]:
    """Where the city goes on with a case in this state."""
    if application.state == "shortlisted":
        visit = Inspection.objects.filter(application=application).first()
        label = "现场核查" if visit else "安排现场核查"
        url = visit.get_absolute_url() if visit else reverse("review:inspection_plan", args=[application.uuid])
    elif application.state in CITY_PAGES:
        label, name = CITY_PAGES[application.state]
        url = reverse(name)
    else:
        return []
    return [{"label": label, "url": url, "blockers": (), "tone": "primary", "done": False}]


def _district_duties(application: Application, actor: Actor) -> list[dict[str, Any]]:
    measured = measurements.standing(application).current
    sample = samples.in_force(application)
    closed = sample is not None and sample.state == "closed"
    next_up = "measure" if not measured else "" if closed else "sample"
    tones = {name: "primary" if name == next_up else "line" for name in ("measure", "sample")}
    url = reverse("review:measure", args=[application.uuid])
    found: list[dict[str, Any]] = [
        {"label": "初审测评", "url": url, "blockers": (), "tone": tones["measure"], "done": measured}
    ]
    if sample:
        url = sample.get_absolute_url()
        return [*found, {"label": "满意度抽查", "url": url, "blockers": (), "tone": tones["sample"], "done": closed}]
    blockers = tuple(guards.reasons(Sample(application=application), "draw", actor))
    url = reverse("review:draw", args=[application.uuid])
    drawing = {"label": "抽取满意度样本", "url": url, "blockers": blockers, "tone": tones["sample"], "done": False}
    return [*found, drawing]


def contents(
    application: Application, parts: list[Part], at: Part | None, request: HttpRequest
) -> list[tuple[str, list[dict[str, Any]]]]:
    """The contents in groups, each line with its address and state."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for part in parts:
        line = {"part": part, "url": address(application, request, part=part.slug), "current": part is at}
        groups.setdefault(part.group, []).append(line)
    return list(groups.items())


def eligibility(assessment: Assessment) -> list[dict[str, Any]]:
    """The answers for the list of conditions, the declared functions after them: verdict, article, figures, what is missing."""
    return [*answering.items(assessment), *answering.functions(assessment)]


def events(lines: list[Line]) -> list[dict[str, Any]]:
    """The story of a case, the newest first."""
    return [{"label": line.label, "who": line.who, "at": line.at, "note": line.reason} for line in reversed(lines)]
