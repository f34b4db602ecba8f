"""The road of one application as its applicant sees it: what has happened, where it stands, what is still to come."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from accounts.models import APPLICANT_ROLES, Role
from applications.models import Application
from lifecycle.models import StepRecord
from lifecycle.steps import APPLICANT, Step, step_of

PAST, NOW, NEXT = "past", "now", "next"
# Stage, its article, the states in which an application stands there.
STAGES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("填报、签章、提交", "第十条", ("draft", "awaiting_signature")),
    ("县区受理", "第十一条", ("submitted", "returned")),
    ("初审测评、满意度抽查、推荐", "第十一条", ("accepted", "sent_back", "recommended")),
    ("市级受理", "第十一条", ("forwarded",)),
    ("专家评审", "第十二条", ("admitted", "under_review")),
    ("现场核查", "第十三条", ("shortlisted",)),
    ("确定拟认定名单、社会公示", "第十四条", ("inspection_passed", "proposed", "on_notice", "held")),
    ("集体决策、认定授牌", "第十五条", ("deferred", "certified")),
)
_STAGE_OF = {state: place for place, (_, _, states) in enumerate(STAGES) for state in states}


@dataclass(frozen=True)
class Event:
    """One step taken, in the words for the applicant."""

    label: str
    who: str
    at: datetime
    note: str


def records_of(application: Application) -> list[StepRecord]:
    """The record of the application, oldest first."""
    found = StepRecord.objects.filter(subject_type=application.SUBJECT, subject_id=application.uuid)
    return list(found.select_related("user").order_by("sequence"))


def stages(application: Application, records: list[StepRecord]) -> list[dict[str, str]]:
    """Every stage as past, present or coming; an application that ended early stops where it ended."""
    here = _STAGE_OF.get(application.state)
    ended = here is None or application.state == "certified"
    if here is None:
        here = max((_STAGE_OF[r.from_state] for r in records if r.from_state in _STAGE_OF), default=0)
    road = []
    for place, (label, article, _) in enumerate(STAGES):
        if place < here or (ended and place == here):
            road.append({"label": label, "note": article, "state": PAST})
        elif place == here:
            road.append({"label": label, "note": f"{article}　{application.status.label}", "state": NOW})
        elif not ended:
            road.append({"label": label, "note": article, "state": NEXT})
    return [*road, {"label": f"结果：{application.status.label}", "note": "", "state": NOW}] if ended else road


def events(application: Application, records: list[StepRecord]) -> list[Event]:
    """The steps taken, newest first. Reasons exchanged between authorities are not the applicant's."""
    return [_event(application, record) for record in reversed(records)]


def _event(application: Application, record: StepRecord) -> Event:
    row = step_of(record.subject_type, record.step)
    return Event(row.label, _who(application, record), record.at, record.reason if _told(row, record) else "")


def _told(row: Step, record: StepRecord) -> bool:
    return APPLICANT in row.tells or record.role in APPLICANT_ROLES


def _who(application: Application, record: StepRecord) -> str:
    """The applicant's own people by name, authorities by their own."""
    if record.role in APPLICANT_ROLES:
        return record.user.name if record.user else ""
    if record.role == Role.DISTRICT_OFFICER:
        return str(application.district.bureau)
    return str(settings.SITE["bureau"]) if record.role == Role.CITY_OFFICER else "系统"
