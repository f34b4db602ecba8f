"""Applications as the district finds them: a frozen version made from facts and rows, without the forms before it."""

from copy import deepcopy
from dataclasses import replace
from typing import Any
from unittest import mock
from uuid import UUID

from accounts.actors import Actor
from accounts.models import Role
from applications.models import Application, ApplicationVersion, Call, ListKind
from files import intake
from lifecycle import chain, engine
from regulation import facts_json
from regulation.facts import Facts
from regulation.identifiers import make_credit_code
from review import checklist
from review.models import Sample, SurveyAnswer
from review.services import district, sampling
from review.services.district import measuring
from tests import cast, drafts
from tests.kept import kept
from tests.regulation.cases import BARELY
from timekeeping import clock


def served(count: int, year: int, **changes: object) -> list[dict[str, Any]]:
    """Rows of that many SMEs with telephones of their own."""
    row = {
        "year": year, "size": "small", "is_specialised": False, "functions": [], "served_on": f"{year}-05-06",
        "service": "管理咨询", "fee": "0.00", "contact": "示例联系人", "email": "",
    }  # fmt: skip
    return [
        {
            **row, "name": f"示例企业{n:03d}有限公司", "credit_code": make_credit_code(f"91530100MA{n:07d}"),
            "phone": f"1380000{n:04d}", **changes,
        }
        for n in range(1, count + 1)
    ]  # fmt: skip


def facts(call: Call, count: int, **changes: object) -> Facts:
    """A case that meets every condition with ``count`` SMEs served, the district not yet heard."""
    closes_on = call.closes_at.astimezone(clock.SHANGHAI).date()
    started = closes_on.replace(year=closes_on.year - 3, day=1)
    base = replace(
        BARELY, closes_on=closes_on, platform_started_on=started, recommended=None, smes_last_year=count,
        smes_year_before=count * 10 // 11, declared={"smes_last_year": count},
    )  # fmt: skip
    return replace(base, **changes)


def content(application: Application, rows: list[dict[str, Any]], case: Facts, **changes: object) -> dict[str, Any]:
    """The canonical content of a version."""
    body = application.organisation
    stored = cast.stored_file()
    return {
        "form": "2022",
        "year": application.call.year,
        "platform_name": application.platform_name,
        "organisation": {
            "name": body.name, "credit_code": body.credit_code, "kind": body.kind, "district": body.district.name,
            "legal_representative": body.legal_representative, "registered_address": body.registered_address,
            "service_address": body.service_address,
        },
        # Without figures of the functions: those of the facts come from no list here.
        "sections": drafts.sections(application.call, application.platform_name) | {"functions": {}},
        "lists": {
            ListKind.SERVED: rows,
            ListKind.STAFF: [
                {"name": "示例人员", "id_number": "", "is_full_time": True, "education": "bachelor",
                 "professional_title": "none", "position_held": "顾问", "is_mentor": False}
            ],
        },
        "materials": [
            {
                "category": 3, "document": "financial_statements", "uuid": str(UUID(int=application.pk)), "note": "",
                "sha256": stored.sha256, "name": stored.name, "size": stored.size,
            }
        ],
        "facts": facts_json.to_json(case),
        "parameters": application.call.parameters.on.isoformat(),
        **changes,
    }  # fmt: skip


def freeze(application: Application, said: dict[str, Any], signer: Actor) -> ApplicationVersion:
    """The next version of the application, current and saved."""
    version = ApplicationVersion.objects.create(
        application=application, number=application.versions.count() + 1, content=said,
        fingerprint=chain.digest(said), submitted_by=signer.user, submitted_at=clock.now(),
    )  # fmt: skip
    application.current_version = version
    application.save(update_fields=["current_version"])
    return version


@kept
def submitted(
    call: Call,
    *,
    name: str = "示例创新服务有限公司",
    slug: str = "panlong",
    count: int = 100,
    rows: Any = None,
    **changes: object,
) -> Application:
    """A submitted application of an organisation of its own with ``count`` SMEs served last year."""
    body = cast.organisation(name, slug)
    clerk, signer = cast.filer(body, f"filer {name}"), cast.signatory(body, f"signatory {name}")
    application = Application(
        call=call, organisation=body, district=body.district, platform_name=f"{name}服务平台",
        created_by=clerk.user, receipt_number=f"KM-{call.year}-{body.pk:04d}",
    )  # fmt: skip
    with mock.patch("lifecycle.guards.reasons", return_value=()), engine.act(actor=signer) as act:
        act.create(application, "create")
        act.take(application, "request_signature")
        case = facts(call, count, **changes)
        freeze(application, content(application, rows or served(count, case.closes_on.year - 1), case), signer)
        act.take(application, "submit")
    return application


def changed(application: Application) -> ApplicationVersion:
    """A second version of a case made by ``submitted``: one figure, one cell, one hidden cell, a row more and a row less, another file."""
    said = deepcopy(application.current_version.content)
    said["sections"]["finance"]["total_assets"] = "520.00"
    first, second, *rest = said["lists"][ListKind.SERVED]
    first["name"], second["phone"] = "示例更名有限公司", "13900009999"
    added = {**rest[-1], "name": "示例新增有限公司", "credit_code": make_credit_code("91530100MA9999999")}
    said["lists"][ListKind.SERVED] = [first, second, *rest[:-1], added]
    said["materials"] = [
        {**said["materials"][0], "uuid": str(UUID(int=10**9 + application.pk)), "name": "更正报表.pdf"}
    ]
    return freeze(application, said, cast.actor_of(application, Role.SIGNATORY))


@kept
def check_all(officer: Actor, application: Application) -> None:
    """Every item of the checklist 符合."""
    district.save_checks(
        actor=officer, application=application, answers={item.key: ("ok", "") for item in checklist.ITEMS}
    )


@kept
def measure(officer: Actor, application: Application, **kwargs: Any) -> None:
    """Every finding as the figures say, and the conclusions they come to, unless others are given."""
    application = Application.objects.get(pk=application.pk)
    given = {**measuring.proposed(application, kwargs.get("decisions")), **kwargs}
    district.measure(actor=officer, application=application, **given)


@kept
def answer_all(sample: Sample, *, satisfied: int | None = None) -> None:
    """Every enterprise in use answers; the first ``satisfied`` of them content, the rest not."""
    units = list(sample.units.filter(activated_at__isnull=False, replaced_at__isnull=True, answer__isnull=True))
    happy = len(units) if satisfied is None else satisfied
    for place, unit in enumerate(units):
        kind = SurveyAnswer.Satisfaction.SATISFIED if place < happy else SurveyAnswer.Satisfaction.DISSATISFIED
        sampling.answer(unit=unit, satisfaction=kind)


@kept
def ready(officer: Actor, application: Application, *, satisfied: int | None = None) -> Application:
    """Accepted, checked, sampled and measured: everything a recommendation needs."""
    application = district.accept(actor=officer, application=application)
    check_all(officer, application)
    sample = sampling.draw(actor=officer, application=application)
    answer_all(sample, satisfied=satisfied)
    sampling.close(actor=officer, sample=sample)
    measure(officer, application)
    return application


def pdf(name: str = "附件2.pdf") -> Any:
    """A stored PDF that says its name."""
    return intake.keep_generated(f"%PDF-1.4\n%{name}\n".encode(), name)
