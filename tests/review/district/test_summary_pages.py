"""The pages of 附件2 and of what the city sends back: done by forms alone, and nothing of them for anybody else."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.actors import Actor
from accounts.models import Role
from applications.models import Application, ApplicationVersion, Call
from lifecycle import engine
from review.models import Recommendation, SendBack, SummarySheet
from review.selectors import summaries
from review.services import district
from tests import cast, drafts
from tests.pages import Page, Visitor
from tests.review import build
from tests.review.sheets import brought, edited, sheet_of, workbook_of
from timekeeping import clock

pytestmark = pytest.mark.django_db
READ = ("summary", "summary_pdf", "summary_xlsx", "summary_scan")
WORK = ("summary_scan_upload", "summary_import", "summary_forward")


def address(name: str, *arguments: object) -> str:
    return reverse(f"review:{name}", args=arguments)


def opened(visitor: Visitor, target: str) -> Page:
    return visitor.get(target)


def test_the_sheet_is_edited_sealed_and_forwarded_by_forms_alone(call: Call, officer: Actor, city: Actor) -> None:
    cast.recommended_application(call, officer, name="示例甲", order=1)
    cast.recommended_application(call, officer, name="示例乙", order=2)
    sheet = sheet_of(call, officer)
    visitor = Visitor(officer)
    page = visitor.get(sheet.get_absolute_url())
    assert "尚未上传盖章扫描件" in page.text
    changed = edited(
        workbook_of(sheet), {(1, "备注"): "园区重点平台", (2, "推荐意见"): "同意。", (2, "满意（份）"): 11}
    )
    page = visitor.submit(
        visitor.get(address("summary_import", sheet.uuid)), "上传并比较", workbook=ContentFile(changed, "附件2.xlsx")
    )
    assert (page.status, page.heading) == (200, "核对差异")
    for words in ("园区重点平台", "同意。", "由满意度抽查的答复计算，不能修改"):
        assert words in page.text
    cells = [str(one["value"]) for one in page.soup.select("input[name=cell]")]
    none = visitor.submit(page, "写入勾选的修改", {"cell": []})
    assert (none.status, none.errors) == (422, ["请至少选择一处修改。"])
    done = visitor.submit(page, "写入勾选的修改", {"cell": cells[:1]})
    assert "已写入1处修改" in done.text
    assert [row["remarks"] for row in summaries.rows_of(sheet)] == ["园区重点平台", ""]
    page = visitor.submit(
        visitor.get(address("summary_scan_upload", sheet.uuid)), "上传", scan=drafts.upload("盖章.pdf")
    )
    assert "与目前的内容一致" in page.text
    forward = visitor.get(address("summary_forward", sheet.uuid))
    wrong = visitor.submit(forward, "报送市局", {"letter_number": "12号"})
    assert (wrong.status, wrong.soup.select_one("[name=letter_number]")["value"]) == (422, "12号")
    page = visitor.submit(forward, "报送市局", {"letter_number": "盘工信〔2026〕12号"})
    assert "推荐函文号 盘工信〔2026〕12号" in page.text
    assert visitor.get(address("summary_import", sheet.uuid)).status == 409
    assert Visitor(city).get(sheet.get_absolute_url()).status == 200


def test_who_confirms_after_a_colleagues_change_is_told_with_409(call: Call, officer: Actor, colleague: Actor) -> None:
    case = cast.recommended_application(call, officer, name="示例甲", order=1)
    cast.recommended_application(call, officer, name="示例乙", order=2)
    sheet = sheet_of(call, officer)
    taken = brought(officer, sheet, edited(workbook_of(sheet), {(2, "备注"): "我的修改"}))
    visitor, target = Visitor(officer), address("summary_differences", sheet.uuid, taken.uuid)
    page = visitor.get(target)
    assert len(page.soup.select("input[name=cell][checked]")) == 1
    district.withdraw_recommendation(actor=colleague, application=case, reason="材料需复核")
    refused = visitor.submit(page, "写入勾选的修改")
    assert refused.status == 409
    assert "没有写入任何内容" in refused.all_text
    again = visitor.get(target)
    assert "这份文件下载以后，汇总表又有变动" in again.text
    assert len(again.soup.select("input[name=cell][checked]")) == 0
    assert "不在汇总表中" in again.text


@pytest.fixture
def outsiders(call: Call, officer: Actor, stranger: Actor) -> dict[str, Visitor]:
    expert = cast.person("expert", Role.EXPERT)
    return {"other district": Visitor(stranger), "expert": Visitor(expert), "anonymous": Visitor()}


def test_nobody_else_reaches_a_sheet_its_files_or_differences(
    call: Call, officer: Actor, city: Actor, outsiders: dict[str, Visitor]
) -> None:
    case = cast.recommended_application(call, officer, name="示例甲")
    sheet = sheet_of(call, officer)
    taken = brought(officer, sheet, edited(workbook_of(sheet), {(1, "备注"): "机密备注"}))
    district.keep_scan(actor=officer, sheet=sheet, file=build.pdf(), fingerprint=_mark(sheet))
    others = {
        **outsiders,
        "applicant": Visitor(cast.actor_of(case)),
        "auditor": Visitor(cast.person("a", Role.AUDITOR)),
    }
    work = [address(name, sheet.uuid) for name in WORK] + [address("summary_differences", sheet.uuid, taken.uuid)]
    read = [address(name, sheet.uuid) for name in READ]
    for who, visitor in others.items():
        for target in work if who == "auditor" else [*read, *work]:
            page = visitor.get(target)
            assert "机密备注" not in page.all_text, (who, target)
            assert page.status in (403, 404) or page.url.startswith("http://testserver/login/") or "/login/" in page.url
    lists = {who: visitor.get(address("summaries")) for who, visitor in others.items()}
    assert "盘龙区" not in lists["other district"].text
    assert {who: "盘龙区" in page.text for who, page in lists.items() if who != "other district"} == {
        "expert": False, "anonymous": False, "applicant": False, "auditor": True,
    }  # fmt: skip
    for visitor in (Visitor(officer), Visitor(city), others["auditor"]):
        assert [visitor.get(target).status for target in read] == [200] * 4
    assert [Visitor(officer).get(target).status for target in work] == [200] * 4
    assert {Visitor(city).get(target).status for target in work} == {403}


def _mark(sheet: SummarySheet) -> str:
    return summaries.fingerprint(sheet, summaries.rows_of(sheet))


def test_what_the_city_asks_and_the_district_answers_is_between_them(
    call: Call, officer: Actor, city: Actor, outsiders: dict[str, Visitor]
) -> None:
    case = cast.forwarded_application(call, officer)
    bench = address("workbench", case.uuid)
    bureau, desk = Visitor(city), Visitor(officer)
    page = bureau.get(address("send_back", case.uuid))
    more = bureau.submit(page, "再加两项", {"part_1": "act-sample", "text_1": "请说明联系经过（保密）。"})
    assert (more.status, len(more.soup.select("select"))) == (200, 5)
    assert more.soup.select_one("textarea[name=text_1]").get_text(strip=True) == "请说明联系经过（保密）。"
    half = bureau.submit(more, "退回县区", {"part_2": "section-finance"})
    assert (half.status, half.errors) == (422, ["需核实的内容：请写明需县区核实的内容。"])
    early = bureau.submit(more, "退回县区", {"text_5": "", "due_on": "2026-12-10"})
    assert (early.status, "也不得早于县区推荐截止" in early.text) == (422, True)
    done = bureau.submit(more, "退回县区", {"text_5": "", "due_on": "2027-01-10"})
    assert "已将“" in done.all_text
    made = SendBack.objects.get()
    letter = address("send_back_letter", made.uuid)
    applicant = Visitor(cast.actor_of(case))
    for visitor in (*outsiders.values(), applicant):
        page = visitor.get(letter)
        assert page.status in (403, 404) or "/login/" in page.url
    assert "保密" not in applicant.get(case.get_absolute_url()).all_text
    assert [Visitor(actor).get(letter).status for actor in (officer, city)] == [200, 200]
    page = desk.get(address("recommend", case.uuid))
    assert "市局要求：请说明联系经过（保密）。" in page.text
    silent = desk.submit(page, "县区推荐", {"opinion": "再次推荐。", "order": "1"})
    assert (silent.status, len(silent.errors)) == (422, 1)
    answered = {"opinion": "再次推荐。", "order": "1", "answer_act-sample": "两家同属一个园区，已分别电话核实。"}
    assert "列入推荐汇总表" in desk.submit(page, "县区推荐", answered).all_text
    assert "两家同属一个园区，已分别电话核实。" in Visitor(city).get(bench).text


def test_not_recommending_quotes_the_findings_that_are_not_met(call: Call, officer: Actor) -> None:
    case = build.submitted(call, count=99)
    district.accept(actor=officer, application=case)
    visitor = Visitor(officer)
    page = visitor.get(address("not_recommend", case.uuid))
    quotes = [str(one["value"]) for one in page.soup.select("input[name=grounds]")]
    [few] = [words for words in quotes if "99" in words and "100" in words]
    empty = visitor.submit(page, "不予推荐")
    assert (empty.status, empty.errors) == (422, ["其他理由：请勾选核对结果，或写明不予推荐的理由。"])
    visitor.submit(page, "不予推荐", {"grounds": [few], "reason": "经核对台账，确实不足。"})
    made = Recommendation.objects.get()
    assert made.opinion == f"{few}；经核对台账，确实不足。"
    letter = Visitor(cast.actor_of(case)).get(reverse("applications:exit_letter", args=[case.uuid]))
    assert (letter.status, letter.body[:5]) == (200, b"%PDF-")


def test_the_city_extends_a_silent_district_from_its_list(call: Call, officer: Actor, city: Actor) -> None:
    build.submitted(call, name="示例沉默")
    prefilled = Visitor(city).get(f"{reverse('applications:call_extend', args=[call.uuid])}?district=panlong")
    assert prefilled.soup.select_one("[name=district_due_at]")["value"] == "2026-12-01T00:00"
    recommended = cast.recommended_application(call, officer, name="示例已推荐")
    with clock.frozen(call.district_due_at + timedelta(hours=1)):
        visitor = Visitor(city)
        page = visitor.get(f"{address('city_queue')}?tab=silent")
        assert "盘龙区 2026年度 2 件" in page.text
        form = visitor.get(dict(page.every_link())["延长推荐时间 ：盘龙区"])
        assert form.soup.select_one("select[name=district] option[selected]").get_text(strip=True) == "盘龙区"
        done = visitor.submit(
            form, "公布延期", {"document_number": "昆工信通〔2027〕9号", "district_due_at": "2027-01-15T00:00"}
        )
        assert "延期已公布" in done.text
        assert "示例" not in visitor.get(f"{address('city_queue')}?tab=silent").text
        assert engine.blockers(sheet_of(call, officer), "forward", officer) == ["尚未上传盖章扫描件"]
    assert recommended.state == "recommended"


@pytest.mark.parametrize("page", ["summary", "summary_xlsx", "summaries", "admit_many", "desk"])
def test_queries_are_the_same_for_one_row_and_for_two_hundred(
    call: Call, officer: Actor, city: Actor, page: str, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    case = cast.recommended_application(call, officer)
    sheet = sheet_of(call, officer)
    if page == "admit_many":
        cast.forward(call, officer)
    visitor = Visitor(city if page == "admit_many" else officer)
    plain = {"summaries": address("summaries"), "admit_many": address("admit_many"), "desk": "/desk/"}
    target = plain.get(page) or address(page, sheet.uuid)
    visitor.get(target)
    with CaptureQueriesContext(connection) as few:
        visitor.get(target)
    copies(case, 199)
    if page == "summary_xlsx":
        visitor.get(target)
    with CaptureQueriesContext(connection) as many:
        assert visitor.get(target).status == 200
    assert len(many) == len(few)


def copies(case: Application, number: int) -> None:
    """So many more recommendations like the one of the case, written at once."""
    first = Recommendation.objects.get(application=case)
    bodies = [cast.organisation(f"示例副本{n}") for n in range(number)]
    cases = [
        Application(
            call=case.call, organisation=body, district=case.district, platform_name=body.name, created_by=case.created_by,
            receipt_number=f"KM-COPY-{n}",
        )
        for n, body in enumerate(bodies)
    ]  # fmt: skip
    for one in cases:
        one.__dict__["state"] = Application.objects.get(pk=case.pk).state
    Application.objects.bulk_create(cases)
    version = case.current_version
    versions = [
        ApplicationVersion(
            application=one, number=1, content=version.content, fingerprint=f"{n:064d}",
            submitted_by=version.submitted_by, submitted_at=version.submitted_at,
        )
        for n, one in enumerate(cases)
    ]  # fmt: skip
    ApplicationVersion.objects.bulk_create(versions)
    for one, current in zip(cases, versions, strict=True):
        one.current_version = current
    Application.objects.bulk_update(cases, ["current_version"])
    made = [
        Recommendation(
            application=one, version=one.current_version, call=case.call, district=case.district, sample=first.sample,
            recommended=True, order=n + 2, opinion="同意。", made_by=first.made_by, sheet=first.sheet,
            summary={**first.summary, "platform": one.platform_name, "credit_code": one.organisation.credit_code},
        )
        for n, one in enumerate(cases)
    ]  # fmt: skip
    Recommendation.objects.bulk_create(made)
