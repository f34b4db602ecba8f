"""Evaluations: who sees which, what opens to their evaluators, and the seal of a submitted one (Art. 18)."""

from collections.abc import Iterator

from django.db.models import Count, Q, QuerySet

from accounts.actors import Actor
from accounts.models import Role
from lifecycle import chain
from lifecycle.models import StepRecord
from registry.models import EVALUATE, Title
from registry.standing import in_force
from supervision.models import Evaluation
from supervision.models.evaluations import HANDED_IN
from timekeeping import clock

EVALUATING = (Role.EVALUATOR, Role.EXPERT)
CITYWIDE = (Role.CITY_OFFICER, Role.AUDITOR)
CONCLUDED = ("passed", "failed")
# What an evaluator works on; GRANTED is while the files of the platform are open.
AT_WORK = ("commissioned", "in_progress", "submitted")
GRANTED = ("in_progress", "submitted")


def visible_to(actor: Actor) -> QuerySet[Evaluation]:
    """An evaluator sees the own ones; a platform only concluded ones of its own; a district its own; city and auditor all."""
    found = Evaluation.objects.select_related(
        "title__platform__organisation", "title__platform__district", "evaluator", "commissioned_by"
    )
    if actor.role in EVALUATING:
        return found.filter(evaluator=actor.user_id)
    if actor.is_applicant:
        return found.filter(title__platform__organisation=actor.organisation_id, state__in=CONCLUDED)
    if actor.role == Role.DISTRICT_OFFICER:
        return found.filter(title__platform__district=actor.district_id)
    return found if actor.role in CITYWIDE else found.none()


def work_of(actor: Actor) -> QuerySet[Evaluation]:
    """The evaluator's own work that is not over, the most urgent first."""
    return visible_to(actor).filter(state__in=AT_WORK).order_by("due_on", "pk")


def followed_by(actor: Actor) -> QuerySet[Evaluation]:
    """What a desk may name: for an evaluator only what is not over."""
    found = visible_to(actor)
    return found.filter(state__in=AT_WORK) if actor.role in EVALUATING else found


def open_titles(actor: Actor) -> QuerySet[Title]:
    """The titles whose files an evaluator may read now: granted, under evaluation by this person, within the contract."""
    titles = Title.objects.select_related("platform__organisation", "platform__district", "district")
    if actor.role not in EVALUATING:
        return titles.none()
    today = clock.today()
    under_way = Evaluation.objects.filter(
        evaluator=actor.user_id, state__in=GRANTED, contract_from__lte=today, contract_to__gte=today
    )
    return titles.filter(
        titleuserobjectpermission__user=actor.user_id,
        titleuserobjectpermission__permission__codename=EVALUATE,
        pk__in=under_way.values("title"),
    ).distinct()


def listed(actor: Actor) -> QuerySet[Evaluation]:
    """The evaluations of the list pages, newest first, with the number of criteria found wanting as ``unmet``."""
    unmet = Count("findings", filter=Q(findings__verdict="unmet", state__in=HANDED_IN))
    return visible_to(actor).annotate(unmet=unmet).select_related("rectification").order_by("-pk")


def without_order() -> QuerySet[Evaluation]:
    """Failed evaluations of titles in force from which no rectification has been ordered yet; one query."""
    found = Evaluation.objects.filter(in_force(clock.today(), "title__"), state="failed", rectification=None)
    return found.select_related("title__platform__organisation", "title__platform__district").order_by("concluded_at")


def assignments() -> set[tuple[str, int, int]]:
    """The grants there must be: (permission, user key, title key) of every evaluation under way."""
    under_way = Evaluation.objects.filter(state__in=GRANTED)
    return {(EVALUATE, user, title) for user, title in under_way.values_list("evaluator", "title")}


def seal(evaluation: Evaluation) -> str:
    """SHA-256 of everything the evaluator handed in. It stands in the record of the submission."""
    rows = evaluation.findings.order_by("criterion").values_list("criterion", "verdict", "text", "evidence__sha256")
    return chain.digest(
        {
            "evaluation": str(evaluation.uuid),
            "evaluator": str(evaluation.evaluator.uuid),
            "findings": [list(row) for row in rows],
            "proposal": evaluation.proposal,
            "opinion": evaluation.opinion,
            "report": evaluation.report.sha256 if evaluation.report else None,
        }
    )


def tampered() -> Iterator[str]:
    """One line per evaluation that is no longer what its evaluator handed in."""
    found = Evaluation.objects.filter(state__in=HANDED_IN).select_related("evaluator", "report", "title")
    records = StepRecord.objects.filter(subject_type=Evaluation.SUBJECT, step="submit").order_by("sequence")
    seals = {record.subject_id: record.data.get("seal") for record in records}
    for evaluation in found.order_by("pk"):
        if seal(evaluation) != seals.get(evaluation.uuid):
            yield f"{evaluation} {evaluation.uuid} 的测评内容与提交时的记录不符"
