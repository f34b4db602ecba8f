"""Cases for the tests of expert review and inspection: admitted applications with a good frozen version, experts, a panel.

The road up to admission is walked through the engine with the rules of the earlier rooms left aside; they have their own tests.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from itertools import count
from typing import Any
from unittest import mock

from accounts.actors import Actor, acting
from accounts.models import Capacity, Organisation, Role
from applications.models import Application, ApplicationVersion, Call
from lifecycle import chain, engine
from regulation import facts_json
from regulation.rubric import DEFAULT_RUBRIC
from review.inspection_items import KEYS
from review.models import ExpertProfile, Inspection, Panel, ScoreSheet
from review.services import inspections, panels, scoring
from review.services.inspections import Visit
from review.services.panels import Choice
from review.services.scoring import Entries
from tests import cast
from tests.kept import kept
from tests.regulation.cases import BARELY
from timekeeping import clock

_numbers = count(1)


@contextmanager
def without_rules() -> Iterator[None]:
    """Steps without the rooms' guards."""
    with mock.patch("lifecycle.guards.reasons", side_effect=lambda *_: iter(())):
        yield


def content(application: Application, **lists: Any) -> dict[str, Any]:
    """A frozen version that meets Art. 7 and 8 by its figures."""
    body = application.organisation
    return {
        "form": "2022",
        "platform_name": application.platform_name,
        "organisation": {
            "name": body.name, "credit_code": body.credit_code, "kind": body.kind,
            "legal_representative": body.legal_representative, "registered_address": body.registered_address,
            "service_address": body.service_address, "district": body.district.name,
        },
        "sections": {
            "identity": {"platform_name": application.platform_name, "contact_name": "联系人甲", "contact_mobile": "13800000001", "contact_email": "secret@example.com"},
            "premises": {"area": "620", "tenure": "leased", "equipment_count": "12"},
            "service": {"smes_last_year": "130"},
        },
        "lists": {"served": [], "staff": [], "institutions": [], "activities": [], **lists},
        "materials": [],
        "facts": facts_json.to_json(BARELY),
        "parameters": application.call.parameters.on.isoformat(),
    }  # fmt: skip


@kept
def admitted(call: Call, city: Actor, body: Organisation | None = None, **lists: Any) -> Application:
    """An application admitted by the city, with one frozen version."""
    n = next(_numbers)
    body = body or cast.organisation(f"示例平台运营{n}有限公司")
    filer, signatory = cast.filer(body, f"filer{n}"), cast.signatory(body, f"signatory{n}")
    district = cast.district_officer(f"district{n}", body.district.slug)
    application = Application(
        call=call, organisation=body, district=body.district, platform_name=f"示例平台{n}", created_by=filer.user
    )
    with without_rules():
        with engine.act(actor=filer) as act:
            act.create(application, "create")
        take(filer, application, "request_signature")
        _freeze(application, signatory, content(application, **lists))
        for actor, step in (
            (signatory, "submit"),
            (district, "accept"),
            (district, "recommend"),
            (district, "forward"),
            (city, "admit"),
        ):
            take(actor, application, step)
    application.refresh_from_db()
    return application


def _freeze(application: Application, signatory: Actor, frozen: dict[str, Any]) -> None:
    version = ApplicationVersion.objects.create(
        application=application, number=1, content=frozen, fingerprint=chain.digest(frozen),
        submitted_by=signatory.user, submitted_at=clock.now(),
    )  # fmt: skip
    Application.objects.filter(pk=application.pk).update(
        current_version=version, receipt_number=f"TEST-{application.pk:04d}"
    )


def take(actor: Actor, application: Application, step: str, reason: str = "") -> None:
    """One step through the engine."""
    with engine.act(actor=actor) as act:
        [fresh] = act.lock(application)
        act.take(fresh, step, reason=reason)


def applicant(application: Application, role: Role = Role.FILER) -> Actor:
    """The organisation's person in a role."""
    return acting(Capacity.objects.get(organisation=application.organisation, role=role))


@kept
def expert(username: str, employer: str = "", employer_code: str = "") -> Actor:
    """An expert of the pool."""
    actor = cast.person(username, Role.EXPERT)
    ExpertProfile.objects.create(
        user=actor.user, employer=employer or f"示例大学{username}", employer_code=employer_code, field="数字化"
    )
    return actor


def experts(number: int = 3) -> list[Actor]:
    return [expert(f"expert{n}") for n in range(1, number + 1)]


@kept
def formed(call: Call, city: Actor, members: Iterable[Actor]) -> Panel:
    """A panel of these members with terms in three and ten days."""
    return panels.form(
        actor=city, call=call, name="第一专家组", chosen=[member.user for member in members],
        declare_due_at=clock.now() + timedelta(days=3), score_due_at=clock.now() + timedelta(days=10),
    )  # fmt: skip


@kept
def started(call: Call, city: Actor, members: list[Actor], applications: Iterable[Application]) -> Panel:
    """A panel in which every member has every case, and which has started."""
    panel = formed(call, city, members)
    for application in applications:
        panels.assign(actor=city, panel=panel, application=application, assignees=[m.user for m in members])
    return panels.start(actor=city, panel=panel)


def sheet_of(panel: Panel, application: Application, member: Actor) -> ScoreSheet:
    return ScoreSheet.objects.exclude(state="voided").get(
        case__panel=panel, case__application=application, expert=member.user
    )


def entries(share: str = "0.8", **points: str) -> Entries:
    """A complete sheet at a share of every item's maximum on the half-point grid, with some items set."""
    grid = Decimal("0.5")
    full = {item.key: item.maximum * Decimal(share) // grid * grid for item in DEFAULT_RUBRIC.items}
    return Entries({**full, **{key: Decimal(value) for key, value in points.items()}}, opinion="材料齐全，成效明显。")


@kept
def score(member: Actor, sheet: ScoreSheet, share: str = "0.8", **points: str) -> ScoreSheet:
    """Declare, fill in and lock."""
    sheet = ScoreSheet.objects.get(pk=sheet.pk)
    if sheet.state == "assigned":
        scoring.declare_clear(actor=member, sheet=sheet)
    return scoring.lock(actor=member, sheet=sheet, entries=entries(share, **points))


@kept
def score_all(panel: Panel, members: list[Actor], shares: dict[Application, str]) -> None:
    """Every member locks every case at its share."""
    for application, share in shares.items():
        for member in members:
            score(member, sheet_of(panel, application, member), share)


@kept
def shortlist_many(call: Call, city: Actor, members: list[Actor], number: int) -> list[Application]:
    """Applications that one panel put on the recommended list."""
    applications = [admitted(call, city) for _ in range(number)]
    panel = started(call, city, members, applications)
    score_all(panel, members, dict.fromkeys(applications, "0.9"))
    choices = [Choice(application.uuid, selected=True) for application in applications]
    panels.conclude(actor=city, panel=panel, choices=choices, cut_reason="达到分数线")
    return list(Application.objects.filter(pk__in=[application.pk for application in applications]))


def shortlisted(call: Call, city: Actor) -> Application:
    """An application on the recommended list."""
    return shortlist_many(call, city, experts(), 1)[0]


@kept
def planned(city: Actor, application: Application, group: list[Actor], days: int = 0) -> Inspection:
    """A visit in so many days by the group, its first member leading."""
    people = tuple(actor.user for actor in group)
    visit = Visit(clock.today() + timedelta(days=days), "示例路1号", people, people[0])
    return inspections.plan(actor=city, application=application, visit=visit)


@kept
def inspect(inspection: Inspection, group: list[Actor], conclusion: str = "pass") -> Inspection:
    """The whole visit, everything as declared, concluded by the lead."""
    lead = group[0]
    inspection = inspections.begin(actor=lead, inspection=inspection)
    for key in KEYS:
        inspections.save_item(actor=lead, inspection=inspection, item=key, result="consistent")
    return inspections.conclude(
        actor=lead, inspection=inspection, conclusion=conclusion, opinion="现场情况与申报一致。",
        inspector_signature="、".join(actor.name for actor in group), applicant_signature="示例法人",
    )  # fmt: skip
