"""On-site inspection: two people, every item looked at, the opinion signed by both sides, the city's step on it."""

from datetime import date

from django.core.files.base import ContentFile

from desk.demo.city import Case
from desk.demo.materials import photo
from desk.demo.timeline import Story
from review.inspection_items import ITEMS
from review.models import Inspection, InspectionItem
from review.services import inspections

Result = InspectionItem.Result
OPINION = {
    "pass": "经现场核查，场所、设施、人员、制度台账和服务记录与申报材料一致，建议通过。",
    "fail": "现场仅见专职服务人员九人，社会保险记录与申报名单不符，专职人员数达不到第七条要求，建议不通过。",
}


def plan(case: Case, on: date) -> None:
    """A visit of two inspectors, taken in turns."""
    pair = ((1, 2), (3, 4), (1, 3), (2, 4))[case.body.number % 4]
    people = tuple(case.city.cast[f"inspector{n}"].user for n in pair)
    visit = inspections.Visit(
        on=on, place=case.application.organisation.service_address, inspectors=people, lead=people[0]
    )
    inspections.plan(actor=case.city.cast["city2"], application=case.application, visit=visit)


def begin(case: Case) -> None:
    """The visit begins."""
    inspections.begin(actor=_lead(case), inspection=_of(case))


def look(case: Case, *, items: int = len(ITEMS), odd: str = "", note: str = "", photos: int = 0) -> None:
    """The first ``items`` of the checklist, ``photos`` of them with a photo; full-time staff with the result ``odd``."""
    inspection, lead = _of(case), _lead(case)
    for item in ITEMS[:items]:
        result = odd if odd and item is STAFF else Result.CONSISTENT
        inspections.save_item(
            actor=lead, inspection=inspection, item=item.key, result=result, note=note if item is STAFF else "",
            condition_unmet=result == Result.INCONSISTENT,
        )  # fmt: skip
    for number, item in enumerate(ITEMS[:photos]):
        file = ContentFile(photo(number), f"{item.label}.jpg")
        inspections.add_photo(actor=lead, inspection=inspection, item=item.key, upload=file)


def ask_clarification(case: Case) -> None:
    """Something is unclear."""
    question = "专职服务人员中有三人未见社会保险缴纳记录，请说明并提供申报截止日前的证明。"
    inspections.ask_clarification(actor=_lead(case), inspection=_of(case), question=question)


def conclude(case: Case, conclusion: str = "pass") -> None:
    """The group's opinion, signed."""
    inspection = _of(case)
    names = "、".join(inspector.user.name for inspector in inspection.inspectors.select_related("user"))
    inspections.conclude(
        actor=_lead(case), inspection=inspection, conclusion=conclusion, opinion=OPINION[conclusion],
        inspector_signature=names, applicant_signature=case.body.representative,
    )  # fmt: skip


def inspect(case: Case, *, passes: bool = True) -> Story:
    """Planned today, visited four working days later, decided after two more."""
    timeline = case.timeline
    plan(case, timeline.calendar.add(timeline.today, 4))
    yield timeline.in_workdays(4, hour=9, minute=case.body.number)
    begin(case)
    if passes:
        look(case)
    else:
        look(case, odd=Result.INCONSISTENT, note="现场专职服务人员九人，与申报名单不符。")
    yield timeline.on(timeline.today, hour=15, minute=case.body.number)
    conclude(case, "pass" if passes else "fail")
    yield timeline.in_workdays(2, hour=10, minute=case.body.number)
    city2, application = case.city.cast["city2"], case.application
    (inspections.pass_inspection if passes else inspections.fail_inspection)(actor=city2, application=application)


STAFF = next(item for item in ITEMS if "staff" in item.key)


def _of(case: Case) -> Inspection:
    return Inspection.objects.select_related("application__call").get(application__uuid=case.uuid)


def _lead(case: Case) -> object:
    return case.city.cast[_of(case).inspectors.select_related("user").get(is_lead=True).user.username]
