"""沿用: part by part from the own earlier application, figures moved by the years between, nobody's word before it was looked at."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from accounts.actors import Actor
from applications import carrying, yearly
from applications.carrying import CLEAR, KEEP, Plan
from applications.checking import check
from applications.drafts import draft_of
from applications.models import Application, ApplicationVersion, Call
from applications.services import carrying as services
from applications.services import filing, lists, materials, sections
from files.models import ScanStatus, StoredFile
from lifecycle.errors import Blocked, NotAllowed, WrongStage
from tests import cast, drafts
from tests.pages import Visitor
from tests.readings import counted
from timekeeping import clock

pytestmark = pytest.mark.django_db
THEN = clock.shanghai(2025, 4, 1, 9)
NOW = clock.shanghai(2026, 4, 1, 9)
NEVER_COPIED = {"section.undertaking"}


@pytest.fixture(autouse=True)
def present() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


def filed(body: Any, name: str = "", at: datetime = THEN) -> Application:
    """An application of the organisation filed at that time, its call closing twenty days later."""
    with clock.frozen(at):
        call = cast.open_call(cast.city_officer(f"city {at:%Y} {name}"))
        return cast.submitted_application(call, body, name)


@pytest.fixture
def earlier() -> Application:
    return filed(cast.organisation())


@pytest.fixture
def filer(earlier: Application) -> Actor:
    return cast.actor_of(earlier)


@pytest.fixture
def draft(filer: Actor) -> Application:
    call = cast.open_call(cast.city_officer("city now"))
    return filing.create(actor=filer, call=call, platform_name="更名后的平台")


def plan(draft: Application) -> Plan:
    return Plan(draft_of(draft), carrying.sources(draft)[0])


def defaults(of: Plan) -> list[str]:
    return [part.name for part in of.offered if part.default == KEEP]


def carry(filer: Actor, draft: Application, keep: list[str] | None = None) -> list[str]:
    version = carrying.sources(draft)[0]
    names = defaults(plan(draft)) if keep is None else keep
    return [p.name for p in services.carry(actor=filer, application=draft, version=version, keep=names)]


def test_a_draft_says_where_its_parts_come_from_without_reading_what_was_filed(
    draft: Application, filer: Actor
) -> None:
    carry(filer, draft)
    found = draft_of(draft)
    parts = [*found.saved.values(), *found.batches.values(), *found.materials]
    carried = [part for part in parts if part.carried_from]
    with counted() as reads:
        assert {part.carried_words for part in carried} == {"沿用自2025年度申报"}
        assert (len(carried) > 10, reads(ApplicationVersion), reads(Call)) == (True, 0, 0)
    assert [part.carried_from.get_deferred_fields() for part in carried] == [{"content"}] * len(carried)


def test_a_year_later_every_part_has_its_default_and_its_reason(draft: Application) -> None:
    found = {part.name: (part.obstacle or f"{part.default}: {part.reason}", part.amount) for part in plan(draft).parts}
    stands, check_staff = f"keep: {carrying.STANDS}", "keep: 请按现有人员核对"
    assert found == {
        "section.identity": (stands, "11 个栏目"),
        "section.finance": ("上年末、上年度的数，每年重新填写", "0 个栏目"),
        "section.premises": (stands, "9 个栏目"),
        "section.service": ("keep: 服务企业数按年度后移，上年度的数重新填写", "6 个栏目"),
        "section.functions": ("keep: 保留申报的功能和条件，上年度的次数、人次、金额重新填写", "7 个栏目"),
        "section.management": (stands, "12 个栏目"),
        "section.resources": (stands, "6 个栏目"),
        "section.narrative": ("keep: 可在原文上修改，请更新成效、案例和目标", "8 个栏目"),
        "section.undertaking": ("承诺须由本次申报重新作出", "0 个栏目"),
        "list.served": ("keep: 保留仍在三年之内的年度，2025年度的企业须补充", "240 行"),
        "list.staff": (check_staff, "20 行"),
        "list.institutions": (stands, "4 行"),
        "list.activities": ("没有可以沿用的内容", "0 行"),
        "list.services": ("没有可以沿用的内容", "0 行"),
        "list.equipment": (stands, "4 行"),
        "list.qualifications": (stands, "1 行"),
        "material.licence": (stands, "1 个文件"),
        "material.premises_lease": (stands, "1 个文件"),
        "material.financial_statements": ("上一年度财务报表每年重新提交（第九条第（三）项）", "1 个文件"),
        "material.process_documents": (stands, "1 个文件"),
        "material.service_proofs": ("clear: 上年度的服务证明，一般重新提交", "1 个文件"),
        "material.qualification_certificates": (stands, "1 个文件"),
        "material.managers": (stands, "1 个文件"),
        "material.full_time_staff": (stands, "1 个文件"),
        "material.institution_contracts": (stands, "1 个文件"),
    }


def test_the_years_of_art_7_move_back_and_the_last_year_is_never_carried(filer: Actor, draft: Application) -> None:
    carry(filer, draft)
    service = draft.sections.get(key="service").data
    assert {name: service.get(name, "") for name in yearly.SERVED_YEARS} == {
        "smes_last_year": "", "smes_year_before": "130", "smes_two_years_before": "110",
    }  # fmt: skip
    assert "satisfaction" not in service and "total_services" not in service
    assert (service["service_unit"], service["key_industries"]) == ("次", "yes")
    years = [row["year"] for row in draft_of(draft).rows["served"]]
    assert {year: years.count(year) for year in set(years)} == {2024: 130, 2023: 110}
    functions = draft.sections.get(key="functions").data
    assert "information.activities" not in functions and functions["information.declared"] == "yes"
    identity = draft.sections.get(key="identity").data
    assert identity["platform_name"] == "更名后的平台"
    assert "round" not in identity and "sanctioned" not in identity
    assert not draft.sections.filter(key__in=("finance", "undertaking")).exists()


@pytest.mark.parametrize(
    ("years", "expected"), [(0, ["3", "2", "1"]), (1, ["", "3", "2"]), (2, ["", "", "3"]), (3, ["", "", ""])]
)
def test_figures_of_three_years_move_by_the_years_between(years: int, expected: list[str]) -> None:
    filed_then = {"smes_last_year": "3", "smes_year_before": "2", "smes_two_years_before": "1"}
    taken, _ = yearly.carried_section("service", filed_then, years)
    assert [taken.get(name, "") for name in yearly.SERVED_YEARS] == expected


def test_what_the_form_no_longer_asks_or_reads_otherwise_is_dropped_with_words() -> None:
    old = {"area": "六百", "tenure": "borrowed", "parking": "20", "facilities": "路演厅"}
    assert yearly.carried_section("premises", old, 1) == (
        {"facilities": "路演厅"},
        {yearly.UNREADABLE: ["服务场所面积", "使用方式"], yearly.GONE: ["parking"]},
    )


def test_contracts_and_certificates_that_have_run_out_stay_behind() -> None:
    closing = date(2026, 4, 20)
    rows = [{"ends_on": date(2026, 4, 19)}, {"ends_on": closing}, {"ends_on": None}]
    assert yearly.carried_rows("institutions", rows, closing) == (rows[1:], {"在申报截止日之前到期": 1})
    assert yearly.carried_rows("qualifications", [{"valid_to": date(2025, 1, 1)}], closing)[0] == []
    held = [{"held_on": date(2024, 5, 1)}, {"held_on": date(2025, 5, 1)}]
    assert yearly.carried_rows("activities", held, closing) == (held[1:], {"不是2025年度的": 1})


def test_nothing_is_copied_before_confirming_and_only_what_was_chosen_then(filer: Actor, draft: Application) -> None:
    visitor, address = Visitor(filer), f"/applications/{draft.uuid}/carry/"
    page = visitor.get(address)
    assert "不在2024至2025年度之内" not in page.text
    assert "95 行不在2023至2025年度之内" in page.text
    assert not draft.sections.exists() and not draft.batches.exists() and not draft.materials.exists()
    done = visitor.submit(page, "按所选沿用", {"section.premises": CLEAR, "material.service_proofs": KEEP})
    assert "已沿用 19 项" in done.text
    assert not draft.sections.filter(key="premises").exists()
    assert draft.materials.filter(document="service_proofs").exists()
    again = visitor.get(address)
    assert "已有内容，不会覆盖" in again.text
    visitor.submit(again, "按所选沿用")
    assert draft.sections.get(key="premises").carried_from is not None


def test_a_new_application_leads_to_the_offer_and_the_task_list_keeps_it(earlier: Application, filer: Actor) -> None:
    call = cast.open_call(cast.city_officer("city now"))
    visitor = Visitor(filer)
    page = visitor.submit(visitor.get(f"/applications/new/{call.uuid}/"), "开始填报", {"platform_name": "平台"})
    assert page.heading == "沿用以往申报"
    home = visitor.get(page.links["不沿用，直接填写"])
    assert (home.heading, home.links["从以往申报沿用"]) == ("填写申报材料", page.url)
    fresh = cast.filer(cast.organisation("另一单位"), "fresh")
    newcomer = Visitor(fresh)
    page = newcomer.submit(newcomer.get(f"/applications/new/{call.uuid}/"), "开始填报", {"platform_name": "平台"})
    assert (page.heading, "从以往申报沿用" in page.text) == ("填写申报材料", False)


def test_carried_parts_block_until_each_was_saved_or_kept(filer: Actor, draft: Application) -> None:
    carry(filer, draft)
    report = check(draft_of(draft))
    waiting = {(part.part, part.key) for part in report.parts if part.status == "请核对"}
    assert waiting == {
        ("section", "premises"), ("section", "management"), ("section", "resources"), ("section", "narrative"),
        ("section", "identity"), ("section", "service"), ("section", "functions"),
        ("list", "served"), ("list", "staff"), ("list", "institutions"), ("list", "equipment"), ("list", "qualifications"),
        ("material", "2"), ("material", "4"), ("material", "5"), ("material", "6"), ("material", "7"),
    }  # fmt: skip
    assert "服务场地与设施：沿用自2025年度申报，请核对后保存或者确认沿用。" in [p.words for p in report.problems]
    visitor = Visitor(filer)
    page = visitor.get(f"/applications/{draft.uuid}/section/premises/")
    assert "沿用自2025年度申报（待核对）" in page.text
    visitor.submit(page, "保存，稍后再填")
    visitor.submit(visitor.get(f"/applications/{draft.uuid}/section/management/"), "已核对，确认沿用")
    visitor.submit(visitor.get(f"/applications/{draft.uuid}/list/staff/"), "已核对，确认沿用")
    visitor.submit(visitor.get(f"/applications/{draft.uuid}/material/2/"), "本类文件已核对，确认沿用")
    report = check(draft_of(draft))
    kept = [("section", "premises"), ("section", "management"), ("list", "staff"), ("material", "2")]
    assert {report.part(*at).status for at in kept} == {"已完成"}
    assert draft.sections.get(key="premises").carried_from is not None  # where it came from is still known


def test_a_whole_renewal_goes_to_the_signatory_only_after_everything_was_looked_at(
    filer: Actor, draft: Application
) -> None:
    carry(filer, draft)
    call = draft.call
    for key, data in drafts.sections(call, "更名后的平台").items():
        if key not in ("premises", "narrative"):
            found = draft.sections.filter(key=key).first()
            revision = found.revision if found else 0
            sections.save(actor=filer, application=draft, key=key, data=data, revision=revision)
    for kind, rows in drafts.lists(call, filer.organisation).items():
        if kind != "equipment":
            lists.write_rows(actor=filer, application=draft, kind=kind, rows=rows)
    for document in ("financial_statements", "service_proofs"):
        materials.add(actor=filer, application=draft, document=document, uploads=[drafts.upload(f"{document}.pdf")])
    with pytest.raises(Blocked, match="还有8处"):
        filing.request_signature(actor=filer, application=draft)
    for part, key in (("section", "premises"), ("section", "narrative"), ("list", "equipment")):
        assert services.keep(actor=filer, application=draft, part=part, key=key) == 1
    for number in "24567":
        services.keep(actor=filer, application=draft, part="material", key=number)
    assert filing.request_signature(actor=filer, application=draft).state == "awaiting_signature"


def test_a_withdrawn_application_of_the_same_year_is_carried_as_it_was() -> None:
    body = cast.organisation()
    with clock.frozen(NOW - timedelta(hours=1)):
        call = cast.open_call(cast.city_officer())
        first = cast.submitted_application(call, body)
    cast.put_into(first, "withdrawn")
    person = cast.actor_of(first)
    again = filing.create(actor=person, call=call, platform_name="示例平台")
    offered = plan(again)
    assert offered.years == 0
    assert {part.name for part in offered.parts} - {part.name for part in offered.offered} == NEVER_COPIED
    carry(person, again)
    assert draft_of(again).rows["served"] == draft_of(first).rows["served"]
    assert draft_of(again).data("finance") == draft_of(first).data("finance")


def test_what_is_there_is_never_overwritten(filer: Actor, draft: Application) -> None:
    sections.save(actor=filer, application=draft, key="premises", data={"area": "10"}, revision=0)
    materials.add(actor=filer, application=draft, document="licence", uploads=[drafts.upload("新执照.pdf")])
    taken = carry(filer, draft, ["section.premises", "material.licence", "section.narrative"])
    assert taken == ["section.narrative"]
    assert draft.sections.get(key="premises").data["area"] == "10"
    assert draft.materials.get(document="licence").file.name == "新执照.pdf"
    assert carry(filer, draft, ["section.narrative"]) == []


def test_a_refused_file_is_not_carried_and_the_old_application_stays_as_it_was(
    earlier: Application, filer: Actor, draft: Application
) -> None:
    licence = earlier.materials.get(document="licence")
    StoredFile.objects.filter(pk=licence.file_id).update(scan_status=ScanStatus.REFUSED)
    before = draft_of(earlier)
    found = {part.name: part for part in plan(draft).parts}
    assert (found["material.licence"].obstacle, found["material.licence"].left_out) == (
        "没有可以沿用的内容",
        ("1 个文件未通过安全检查",),
    )
    carry(filer, draft)
    after = draft_of(earlier)
    assert (after.rows, [m.pk for m in after.materials]) == (before.rows, [m.pk for m in before.materials])
    assert not set(after.materials) & set(draft_of(draft).materials)


def test_another_organisation_s_content_is_never_offered_nor_taken(filer: Actor, draft: Application) -> None:
    foreign = filed(cast.organisation("另一单位", "wuhua"), "other", at=clock.shanghai(2024, 4, 1, 9))
    theirs: ApplicationVersion = foreign.current_version
    assert theirs not in carrying.sources(draft)
    with pytest.raises(NotAllowed):
        services.carry(actor=filer, application=draft, version=theirs, keep=["section.narrative"])
    stranger = cast.actor_of(foreign)
    with pytest.raises(NotAllowed):
        services.carry(actor=stranger, application=draft, version=theirs, keep=["section.narrative"])
    visitor, address = Visitor(filer), f"/applications/{draft.uuid}/carry/"
    assert visitor.get(f"{address}?from={theirs.uuid}").status == 404
    assert "另一单位" not in visitor.get(address).body.decode()
    assert Visitor(stranger).get(address).status == 404
    assert Visitor(cast.district_officer()).get(address).status == 403
    assert not draft.sections.exists()


def test_a_carried_file_is_reached_under_its_own_address_by_its_own_people_only(
    earlier: Application, filer: Actor, draft: Application
) -> None:
    carry(filer, draft)
    new, old = draft.materials.get(document="licence"), earlier.materials.get(document="licence")
    assert (new.file, new.uuid == old.uuid) == (old.file, False)
    mixed = [(draft, old), (earlier, new)]
    own, stranger = Visitor(filer), Visitor(cast.filer(cast.organisation("另一单位"), "stranger"))
    for application, material in [(draft, new), (earlier, old), *mixed]:
        address = f"/applications/{application.uuid}/material/file/{material.uuid}/"
        assert own.get(address).status == (404 if (application, material) in mixed else 200)
        assert stranger.get(address).status == 404
    officer = Visitor(cast.district_officer())
    assert officer.get(f"/review/applications/{earlier.uuid}/material/{new.uuid}/").status == 404


def test_only_a_first_draft_takes_anything_over(filer: Actor, draft: Application) -> None:
    for state in ("returned", "submitted", "awaiting_signature"):
        cast.put_into(draft, state)
        with pytest.raises(WrongStage):
            carry(filer, draft, ["section.narrative"])
    assert Visitor(filer).get(f"/applications/{draft.uuid}/carry/").heading != "沿用以往申报"
