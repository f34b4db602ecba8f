"""Financing and service volume come from lists of their own: required where they count, judged, compared, frozen, shown."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from accounts.actors import Actor
from applications import differences, layout, reading, versions
from applications.checking import check
from applications.drafts import draft_of
from applications.facts import assess_draft, computed_of, declared_mismatches
from applications.models import Application
from applications.services import lists, sections
from regulation.answers import Verdict
from tests import cast, drafts

pytestmark = pytest.mark.django_db
YI = Decimal(100_000_000)


@pytest.fixture
def filer() -> Actor:
    return cast.filer(cast.organisation())


@pytest.fixture
def application(filer: Actor) -> Application:
    return cast.complete_draft(cast.open_call(cast.city_officer()), filer.organisation, filer)


def loan(application: Application, n: int, amount: Decimal, **changes: Any) -> dict[str, Any]:
    row = {
        "name": f"示例企业{n}", "credit_code": drafts.client_code(7, n), "is_guarantee": False, "amount": amount,
        "arranged_on": date(drafts.last_year(application.call), 6, n), "provider": "示例银行", "product": "流动资金贷款",
    }  # fmt: skip
    return row | changes


def declares_financing(filer: Actor, application: Application, **texts: str) -> None:
    section = application.sections.get(key="functions")
    data = section.data | {"financing.declared": "yes", "financing.activities": "6"}
    data |= {f"financing.{name}": text for name, text in texts.items()}
    sections.save(actor=filer, application=application, key="functions", data=data, revision=section.revision)


def words(application: Application, kind: str) -> list[str]:
    return [problem.words for problem in check(draft_of(application)).part("list", kind).problems]


def test_the_financing_list_is_needed_exactly_when_the_function_is_declared(
    filer: Actor, application: Application
) -> None:
    assert words(application, "financing") == []
    declares_financing(filer, application)
    assert words(application, "financing") == ["融资服务清单：请导入或者填写。"]


def test_amounts_are_summed_from_the_list_and_compared_with_what_was_declared(
    filer: Actor, application: Application
) -> None:
    declares_financing(filer, application, financed="50000", guaranteed="150000")
    rows = [
        loan(application, 1, 3 * YI), loan(application, 2, 2 * YI), loan(application, 2, 2 * YI),
        loan(application, 3, 15 * YI, is_guarantee=True),
    ]  # fmt: skip
    lists.write_rows(actor=filer, application=application, kind="financing", rows=rows)
    draft = draft_of(application)
    facts = computed_of(draft).facts

    financing = facts.functions["financing"]
    assert (financing.financed, financing.guaranteed) == (5 * YI, 15 * YI)
    assert [one.name for one in declared_mismatches(draft.data("functions"), facts)] == ["financing.activities"]
    declares_financing(filer, application, financed="50000.01")
    [_, wrong] = declared_mismatches(draft_of(application).data("functions"), facts)
    assert (wrong.label, wrong.declared, wrong.computed) == (
        "融资服务：上年度帮助融资总额（万元）", Decimal("50000.01"), 50000,
    )  # fmt: skip


def test_rows_of_another_year_are_to_be_taken_out(filer: Actor, application: Application) -> None:
    year = drafts.last_year(application.call)
    earlier = loan(application, 1, YI, arranged_on=date(year - 1, 12, 31))
    lists.write_rows(actor=filer, application=application, kind="financing", rows=[earlier])
    [service, *_] = drafts.lists(application.call, filer.organisation)["services"]
    lists.write_rows(actor=filer, application=application, kind="services", rows=[service | {"year": year - 2}])

    assert words(application, "financing") == [f"融资服务清单：有{year - 1}年度的内容，请只列{year}年度。"]
    assert words(application, "services") == [f"公益性和低收费服务清单：有{year - 2}年度的内容，请只列{year}年度。"]


def test_the_share_of_free_and_low_fee_services_comes_from_the_list(filer: Actor, application: Application) -> None:
    rows = drafts.lists(application.call, filer.organisation)["services"]
    facts = computed_of(draft_of(application)).facts
    assert (facts.total_services, facts.free_services, facts.low_fee_services) == (600, 150, 60)

    fewer = [row | {"quantity": 50} if row["charge"] == "free" else row for row in rows]
    lists.write_rows(actor=filer, application=application, kind="services", rows=fewer)
    draft = draft_of(application)
    assert [(one.name, one.declared, one.computed) for one in declared_mismatches(draft.data("functions"), computed_of(draft).facts)] == [
        ("total_services", 600, 500), ("free_services", 150, 50),
    ]  # fmt: skip
    assert public_share(draft) == Verdict.MET  # (50 + 60) of 500

    few = [row | {"quantity": 48} if row["charge"] != "paid" else row for row in rows]
    lists.write_rows(actor=filer, application=application, kind="services", rows=few)
    assert public_share(draft_of(application)) == Verdict.NOT_MET  # 96 of 486

    lists.write_rows(actor=filer, application=application, kind="services", rows=[])
    assert words(application, "services") == ["公益性和低收费服务清单：请导入或者填写。"]
    assert public_share(draft_of(application)) == Verdict.EVIDENCE_MISSING


def public_share(draft: Any) -> Verdict:
    [answer] = [answer for answer in assess_draft(draft).answers if answer.key == "rules_and_charges"]
    return next(finding.verdict for finding in answer.findings if finding.key == "min_public_share")


def test_another_unit_than_the_declared_one_is_pointed_out(filer: Actor, application: Application) -> None:
    rows = drafts.lists(application.call, filer.organisation)["services"]
    other = [row | {"unit": "人次"} for row in rows]
    lists.write_rows(actor=filer, application=application, kind="services", rows=other)
    [problem] = [one for one in computed_of(draft_of(application)).problems if one.kind == "units"]
    assert (problem.subject, "与填报的“次”不一致" in problem.text) == ("人次", True)
    lists.write_rows(actor=filer, application=application, kind="services", rows=[*rows[:1], *other[1:]])
    assert public_share(draft_of(application)) == Verdict.EVIDENCE_MISSING


def test_the_frozen_version_the_report_and_the_differences_show_both_lists(
    filer: Actor, application: Application
) -> None:
    lists.write_rows(actor=filer, application=application, kind="financing", rows=[loan(application, 1, YI)])
    old = versions.content_of(application)
    lists.write_rows(actor=filer, application=application, kind="financing", rows=[loan(application, 1, 2 * YI)])
    rows = drafts.lists(application.call, filer.organisation)["services"]
    changed = [rows[0] | {"quantity": 151}, *rows[1:]]
    lists.write_rows(actor=filer, application=application, kind="services", rows=changed)
    new = versions.content_of(application)

    tables = {table.kind: table for table in reading.tables(new)}
    assert dict(tables["financing"].rows[0])["金额（元）"] == "200,000,000.00"
    assert dict(tables["services"].rows[0])["收费方式"] == "公益性"
    assert {table.kind for table in layout.report(new, "f" * 64, 1, application.call.parameters)["lists"]} >= {
        "financing", "services",
    }  # fmt: skip
    shown = [(one.label, one.old, one.new) for one in differences.difference(old, new)]
    assert ("公益性和低收费服务清单：惠企政策咨询，服务量", "150", "151") in shown
    assert ("融资服务清单：示例企业1，金额（元）", "100,000,000.00", "200,000,000.00") in shown
