"""On-site inspection (Art. 13)."""

from collections.abc import Iterator

from accounts.actors import Actor
from applications.models import Application
from lifecycle.guards import guard
from review.inspection_items import ITEMS
from review.models import Inspection, InspectionItem
from timekeeping import clock


@guard("inspection.plan")
def only_a_listed_applicant_is_visited(inspection: Inspection, actor: Actor) -> Iterator[str]:
    if inspection.application.state != "shortlisted":
        yield f"申报目前状态为“{inspection.application.status.label}”，只有列入推荐认定名单的才安排现场核查"


@guard("inspection.begin")
def the_day_has_come(inspection: Inspection, actor: Actor) -> Iterator[str]:
    if clock.today() < inspection.visit_on:
        yield f"约定的核查日期为{inspection.visit_on:%Y-%m-%d}"


@guard("inspection.begin", "inspection.ask_clarification", "inspection.conclude")
def the_application_is_still_listed(inspection: Inspection, actor: Actor) -> Iterator[str]:
    if inspection.application.state != "shortlisted":
        yield f"申报目前状态为“{inspection.application.status.label}”，不再核查"


@guard("inspection.ask_clarification")
def something_is_unclear(inspection: Inspection, actor: Actor) -> Iterator[str]:
    if not inspection.items.filter(result=InspectionItem.Result.CLARIFY).exists():
        yield "没有标记为“需说明”的事项"


@guard("inspection.clarify")
def the_clarification_is_in_time(inspection: Inspection, actor: Actor) -> Iterator[str]:
    if inspection.clarification_due_at and clock.now() >= inspection.clarification_due_at:
        yield "说明期限已过"


@guard("inspection.close_clarification")
def the_clarification_is_overdue(inspection: Inspection, actor: Actor) -> Iterator[str]:
    if inspection.clarification_due_at and clock.now() < inspection.clarification_due_at:
        yield "说明期限未到"


@guard("inspection.conclude")
def every_item_is_answered(inspection: Inspection, actor: Actor) -> Iterator[str]:
    answers = dict(inspection.items.values_list("key", "result"))
    missing = [item.label for item in ITEMS if item.key not in answers]
    if missing:
        yield f"还有{len(missing)}项未核查：{'、'.join(missing)}"
    unclear = [item.label for item in ITEMS if answers.get(item.key) == InspectionItem.Result.CLARIFY]
    if unclear:
        yield f"待说明的事项须有结果：{'、'.join(unclear)}"


@guard("application.pass_inspection", "application.fail_inspection")
def the_opinion_is_written(application: Application, actor: Actor) -> Iterator[str]:
    if not Inspection.objects.filter(application=application, state="concluded").exists():
        yield "现场核查尚未提出意见"
