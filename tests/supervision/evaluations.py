"""Evaluations and rectifications in every stage, through the services."""

from datetime import date, timedelta

from django.core.files.base import ContentFile

from accounts.actors import Actor, acting
from accounts.models import Capacity, Role
from files.purposes import Purpose
from registry.models import Title
from supervision.models import Evaluation, Rectification
from supervision.services import evaluations, rectifications
from supervision.services.evaluations import Entries, Terms
from supervision.services.rectifications import Recheck
from tests import cast, drafts
from tests.supervision import reports as build
from timekeeping import clock

# A Wednesday; the arrangement of 2027 is published where a test says so.
MORNING = clock.shanghai(2026, 9, 9, 9)
FAILING = ("performance", "benefit")


def paper(name: str = "签章扫描件.pdf") -> ContentFile:
    return drafts.upload(name, Purpose.SIGNED)


def proof(name: str) -> ContentFile:
    return drafts.upload(name, Purpose.EVIDENCE)


def evaluator(name: str = "测评机构王工", role: Role = Role.EVALUATOR) -> Actor:
    found = Capacity.objects.filter(user__username=name, role=role).first()
    return acting(found) if found else cast.person(name, role)


def city() -> Actor:
    found = Capacity.objects.filter(role=Role.CITY_OFFICER).first()
    return acting(found) if found else cast.city_officer()


def terms(actor: Actor, **given: object) -> Terms:
    """Terms that begin today, with thirty days for the report and sixty for the contract."""
    today = clock.today()
    wanted = {
        "evaluator": actor.user, "body": "云南示例测评有限公司", "assignment": "按测评指标到现场测评。", "contract_from": today,
        "contract_to": today + timedelta(days=60), "due_on": today + timedelta(days=30), **given,
    }  # fmt: skip
    return Terms(**wanted)


def commissioned(title: Title | None = None, actor: Actor | None = None, **given: object) -> Evaluation:
    """An evaluation the city has commissioned today."""
    title, actor = title or build.titled(), actor or evaluator()
    return evaluations.commission(actor=city(), title=title, terms=terms(actor, **given), paper=paper())


def person(evaluation: Evaluation) -> Actor:
    """Its evaluator."""
    return acting(evaluation.evaluator.capacities.first())


def begun(title: Title | None = None, actor: Actor | None = None, **given: object) -> Evaluation:
    """An evaluation whose evaluator has declared no interest."""
    made = commissioned(title, actor, **given)
    return evaluations.begin(actor=person(made), evaluation=made)


def entries(evaluation: Evaluation, failing: tuple[str, ...] = ()) -> Entries:
    """A complete form; the criteria in ``failing`` are found wanting, with evidence."""
    items = evaluation.criteria_set.items
    return Entries(
        findings={i.key: ("unmet" if i.key in failing else "met", f"{i.label}：查阅台账和现场核对。") for i in items},
        proposal="fail" if failing else "pass",
        opinion="总体情况见逐项说明。",
        evidence={key: proof(f"{key}.pdf") for key in failing},
        report=paper("测评报告.pdf"),
    )


def submitted(
    title: Title | None = None, actor: Actor | None = None, failing: tuple[str, ...] = (), **given: object
) -> Evaluation:
    """An evaluation handed in."""
    made = begun(title, actor, **given)
    return evaluations.submit(actor=person(made), evaluation=made, entries=entries(made, failing))


def passed(title: Title | None = None, actor: Actor | None = None) -> Evaluation:
    made = submitted(title, actor)
    return evaluations.conclude_pass(actor=city(), evaluation=made, reason="各项指标合格。")


def failed(title: Title | None = None, actor: Actor | None = None) -> Evaluation:
    """An evaluation that the city concluded as failed, two criteria wanting."""
    made = submitted(title, actor, FAILING)
    return evaluations.conclude_fail(actor=city(), evaluation=made, reason="两项指标不合格。")


def ordered(title: Title | None = None, due_on: date | None = None) -> Rectification:
    """A rectification ordered from a failed evaluation, by the first lawful day unless told otherwise."""
    made = failed(title)
    return rectifications.order(
        actor=city(), evaluation=made, requirements=dict.fromkeys(FAILING, "补齐服务记录并重新公示。"),
        grounds="测评不合格。", due_on=due_on or rectifications.earliest_due(),
    )  # fmt: skip


def reported(title: Title | None = None, rectification: Rectification | None = None) -> Rectification:
    """A rectification whose platform has reported."""
    made = rectification or ordered(title)
    rectifications.report(
        actor=build.person(made.title), rectification=made, text="已逐项整改。", uploads=[proof("整改材料.pdf")],
        received_at=clock.now(),
    )  # fmt: skip
    return Rectification.objects.get(pk=made.pk)


def recheck(words: str = "到现场复查，服务记录仍不完整。") -> Recheck:
    return Recheck(clock.today(), "李某、张某", words, proof("复查记录.pdf"))


def failing(title: Title | None = None) -> Rectification:
    """A rectification found 仍不达标."""
    made = reported(title)
    return rectifications.find_failing(actor=city(), rectification=made, recheck=recheck())
