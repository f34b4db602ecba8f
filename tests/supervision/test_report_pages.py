"""The yearly report through rendered forms: on time, late, never; and who may open which page."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.actors import Actor, acting
from accounts.models import Capacity, Role
from desk import agenda
from files.pdf import text_of
from lifecycle.models import Announcement
from notifications.services import delivering
from registry.models import Title
from supervision.models import AnnualReport, DistrictReport, ReportExcuse
from supervision.scans import reports as scans
from supervision.selectors import reports as selectors
from supervision.services import report_content
from supervision.services import reports as services
from tests import cast, drafts
from tests.pages import Page, Visitor
from tests.supervision import reports as build
from tests.supervision.reports import JANUARY, YEAR
from timekeeping import clock

pytestmark = pytest.mark.django_db
QUEUE = f"/supervision/reports/districts/{YEAR}/panlong/"


@pytest.fixture(autouse=True)
def january() -> Any:
    with clock.frozen(JANUARY):
        yield


@pytest.fixture
def title() -> Title:
    return build.titled("示范平台")


def visitor(title: Title, role: Role = Role.FILER) -> Visitor:
    return Visitor(build.person(title, role))


def fill_in(owner: Visitor, start: Page) -> Page:
    """Every section and list through its form, up to the signatory."""
    page = owner.submit(start, "开始填写")
    report = AnnualReport.objects.get()
    for key, data in build.SECTIONS.items():
        page = owner.get(reverse("supervision:report_section", args=[report.uuid, key]))
        page = owner.submit(page, "保存并继续", data)
        assert page.status == 200, page.soup.select_one(".error-summary")
    for kind, rows in build.lists(YEAR).items():
        report_content.write_list(actor=owner.actor, report=report, kind=kind, rows=rows[1:])
        page = owner.get(reverse("supervision:report_list_add", args=[report.uuid, kind]))
        page = owner.submit(page, "保存该行", typed(kind, rows[0]))
        assert page.status == 200, page.text
    page = owner.get(reverse("supervision:report_check", args=[report.uuid]))
    return owner.submit(page, "送签字人确认")


def typed(kind: str, row: dict[str, Any]) -> dict[str, str]:
    """A row as somebody types it."""
    from applications.forms.lists import _typed_in
    from applications.listforms import LISTS

    return {column.key: _typed_in(column, row.get(column.key)) for column in LISTS[kind].columns}


def sign(title: Title, button: str = "确认并报送") -> Page:
    signer = visitor(title, Role.SIGNATORY)
    page = signer.get(reverse("supervision:report_signature", args=[AnnualReport.objects.get().uuid]))
    return signer.submit(page, button, {"undertaking": "on", "password": cast.PASSWORD})


def inbox(actor: Actor) -> list[str]:
    """What the person finds in the inbox after the worker has delivered, oldest first."""
    delivering.hand_over()
    page = Visitor(actor).get("/messages/")
    return [link for link in page.links if "年度" in link]


def test_a_report_on_time_goes_from_the_platform_over_the_district_to_the_city(title: Title) -> None:
    district, city = cast.district_officer(), acting(Capacity.objects.filter(role=Role.CITY_OFFICER).first())
    owner = visitor(title)
    mine = owner.get(reverse("supervision:my_reports"))
    assert "应报" in mine.text
    begin = owner.get(mine.links["填写2026年度报告"])
    assert "2027年1月31日" in begin.text
    waiting = fill_in(owner, begin)
    assert "待签字人确认" in waiting.text
    done = sign(title)
    assert "NB-2027-0001" in done.text
    assert "按期" in done.text

    officer = Visitor(district)
    queue = officer.get(reverse("supervision:report_queue"))
    assert queue.url.endswith(QUEUE)
    report = officer.get(queue.links["示范平台"])
    officer.submit(officer.get(report.links["接收"]), "接收")
    forward = officer.get(f"/supervision/reports/forward/{YEAR}/")
    sent = officer.submit(forward, "报送市局", {"note": "本区已逐家检查。"})
    assert "待市局接收" in sent.text
    bureau = Visitor(city)
    received = bureau.submit(bureau.get(sent.url), "市局接收")
    assert "市局已接收" in received.text
    assert AnnualReport.objects.get().state == "forwarded"
    assert "已报送市局" in owner.get(report.url).text


def test_a_return_says_what_is_missing_and_keeps_the_time(title: Title) -> None:
    district = Visitor(cast.district_officer())
    report = build.filed(title)
    page = district.get(reverse("supervision:report_return", args=[report.uuid]))
    refused = district.submit(page, "退回补充", {"reason": ""})
    assert refused.status == 422
    district.submit(page, "退回补充", {"reason": "请补充收费情况。"})
    tasks = visitor(title).get(report.get_absolute_url())
    assert "请补充收费情况。" in tasks.text
    again = sign(title, "确认并重新报送")
    assert again.status == 200
    assert "第2版" in again.text
    assert selectors.standing_of([title], YEAR)[title.pk].submitted_at == JANUARY


def test_a_late_report_is_taken_and_marked_and_its_excuse_is_judged(title: Title) -> None:
    with clock.frozen(clock.shanghai(2026, 1, 5, 9)):
        begin = visitor(title).get(reverse("supervision:report_begin", args=[title.uuid, 2025]))
    with clock.frozen(clock.shanghai(2026, 2, 2, 23, 59)):
        assert selectors.standing_of([title], 2025)[title.pk].verdict == selectors.GRACE
    with clock.frozen(clock.shanghai(2026, 2, 3)):
        assert "逾期未报" in visitor(title).get(begin.url).text
        report = build.awaiting(title, 2025)
        done = sign(title)
        assert "逾期报送" in done.text
        owner = visitor(title)
        told = owner.get(reverse("supervision:excuse_file", args=[title.uuid, 2025]))
        filed = owner.submit(
            told, "提交说明", {"reason": "负责人住院，二月一日出院。"}, evidence=drafts.upload("证明.pdf")
        )
        assert "待市局审定" in filed.text
        city = Visitor(cast.city_officer("city2"))
        excuse = ReportExcuse.objects.get()
        page = city.get(excuse.get_absolute_url())
        city.submit(city.get(page.links["认可"]), "认可")
        assert "已说明" in owner.get(report.get_absolute_url()).text


def test_a_platform_that_never_reports_is_reminded_and_named_to_district_and_city(title: Title) -> None:
    with clock.frozen(build.GRANTED):
        district, owner = cast.district_officer(), build.person(title)
    city = acting(Capacity.objects.get(role=Role.CITY_OFFICER))
    for day in ((2026, 1, 1), (2026, 1, 30), (2026, 2, 1), (2026, 2, 3), (2026, 3, 1)):
        with clock.frozen(clock.shanghai(*day, 8)):
            scans.scan(clock.now())
    with clock.frozen(clock.shanghai(2026, 3, 1, 9)):
        assert inbox(owner) == [
            "年度报告催报：示范平台2025年度，已过29天",
            "年度报告催报：示范平台2025年度，已过3天",
            "年度报告催报：示范平台2025年度，已过1天",
            "年度报告催报：示范平台2025年度，还有1天",
            "年度报告催报：示范平台2025年度，还有30天",
        ]
        assert "1家示范平台尚未报送2025年度报告：盘龙区" in inbox(district)
        assert "县区逾期未报送年度报告：盘龙区2025年度" in inbox(city)
        whole = Visitor(city).get(reverse("supervision:report_completeness") + "?year=2025")
        assert "逾期未报送" in whole.text
        officer = Visitor(district)
        forward = officer.get("/supervision/reports/forward/2025/")
        sent = officer.submit(forward, "报送市局", {"note": "多次催报未果。"})
        assert "示范平台" in sent.text
    assert Announcement.objects.filter(kind="annual_report_reminder:2025").count() == 10


def test_what_was_typed_survives_a_stale_page(title: Title) -> None:
    report, owner = build.begun(title), visitor(title)
    address = reverse("supervision:report_section", args=[report.uuid, "plan"])
    first, second = owner.get(address), owner.get(address)
    owner.submit(first, "保存，稍后再填", {"plan": "甲的内容"})
    stale = owner.submit(second, "保存，稍后再填", {"plan": "乙的内容"})
    assert (stale.status, "甲的内容" in stale.text, "乙的内容" in stale.text) == (409, True, True)
    owner.submit(stale, "用我填写的内容保存")
    assert report.sections.get(key="plan").data["plan"] == "乙的内容"


def test_a_half_typed_number_survives_and_is_named(title: Title) -> None:
    report, owner = build.begun(title), visitor(title)
    page = owner.get(reverse("supervision:report_section", args=[report.uuid, "performance"]))
    answer = owner.submit(page, "保存并继续", {"smes": "约一百家"})
    assert answer.status == 422
    assert "请填写数字" in answer.text
    assert report.sections.get(key="performance").data["smes"] == "约一百家"


def test_a_list_is_previewed_before_it_counts(title: Title) -> None:
    report, owner = build.begun(title), visitor(title)
    row = {"name": "示例代理有限公司", "credit_code": drafts.client_code(7, 9), "starts_on": date(2026, 1, 1)}
    page = owner.get(reverse("supervision:report_list", args=[report.uuid, "institutions"]))
    preview = owner.submit(page, "上传并预览", workbook=drafts.workbook("institutions", [row]))
    assert (preview.heading, "1 行 可以导入" in preview.text) == ("导入预览：签约服务机构清单", True), preview.text
    assert report.lists.filter(kind="institutions").exists() is False
    owner.submit(preview, "导入 1 行")
    assert [row["name"] for row in report.lists.get(kind="institutions").rows] == ["示例代理有限公司"]


def test_the_signed_scan_is_bound_to_the_content(title: Title) -> None:
    report, owner = build.awaiting(title), visitor(title)
    page = owner.get(reverse("supervision:report_signature", args=[report.uuid]))
    done = owner.submit(page, "上传扫描件", scan=drafts.upload("签章.pdf"))
    assert "与当前内容对应" in done.text
    build.sign(AnnualReport.objects.get())
    officer = Visitor(cast.district_officer())
    assert (
        officer.get(reverse("supervision:report_signed_scan", args=[report.uuid])).response["Content-Type"]
        == "application/pdf"
    )


def test_who_filed_is_led_to_the_receipt_and_the_district_to_the_report(title: Title) -> None:
    reader = cast.district_officer()
    report = build.accepted(title, reader)
    receipt = reverse("supervision:report_receipt_pdf", args=[report.uuid, 1])
    paper = reverse("supervision:report_version_pdf", args=[report.uuid, 1])
    own, officers = (who.get(report.get_absolute_url()).links for who in (visitor(title), Visitor(reader)))
    assert (own["下载回执（PDF）"], own["年度报告（PDF）"]) == (receipt, paper)
    assert ("下载回执（PDF）" in officers, officers["年度报告（PDF）"]) == (False, paper)


def test_the_papers_carry_fingerprint_number_and_the_districts_names(title: Title) -> None:
    officer = cast.district_officer()
    report = build.accepted(title, officer)
    sent = build.forwarded(officer)
    reader = Visitor(officer)
    version = report.current_version
    paper = text_of(reader.get(reverse("supervision:report_version_pdf", args=[report.uuid, 1])).body)
    receipt = text_of(reader.get(reverse("supervision:report_receipt_pdf", args=[report.uuid, 1])).body)
    forwarded = text_of(reader.get(reverse("supervision:district_report_file", args=[sent.uuid, "pdf"])).body)
    assert version.fingerprint[:16] in paper
    assert "服务覆盖重点产业链" in paper
    assert "NB-2027-0001" in receipt
    assert ("示范平台" in forwarded, sent.fingerprint[:16] in forwarded) == (True, True)
    assert reader.get(reverse("supervision:district_report_file", args=[sent.uuid, "xlsx"])).status == 200
    assert reader.get(reverse("supervision:district_report_file", args=[sent.uuid, "exe"])).status == 404


def test_drafts_and_other_districts_reports_do_not_exist_for_officers(title: Title) -> None:
    own, other = Visitor(cast.district_officer()), Visitor(cast.district_officer("wuhua", "wuhua"))
    city, auditor = Visitor(cast.city_officer("city2")), Visitor(cast.person("auditor", Role.AUDITOR))
    report = build.awaiting(title)
    address = report.get_absolute_url()
    assert [who.get(address).status for who in (own, other, city, auditor)] == [404] * 4
    assert "示范平台" in own.get(QUEUE).text
    assert other.get(QUEUE).status == 404
    build.sign(report)
    assert [who.get(address).status for who in (own, other, city, auditor)] == [200, 404, 200, 200]
    stranger = visitor(build.titled("另一平台", "wuhua"))
    assert [stranger.get(address).status, visitor(title).get(address).status] == [404, 200]


def test_an_auditor_reads_everything_and_posts_nothing(title: Title) -> None:
    officer, auditor = cast.district_officer(), Visitor(cast.person("auditor", Role.AUDITOR))
    build.accepted(title, officer)
    sent = build.forwarded(officer)
    assert auditor.get(sent.get_absolute_url()).status == 200
    auditor.client.handler.enforce_csrf_checks = False
    assert auditor.client.post(sent.get_absolute_url()).status_code == 403
    assert DistrictReport.objects.get().state == "forwarded"


def test_the_desk_names_what_is_owed_before_anything_is_begun(title: Title) -> None:
    district = cast.district_officer()
    [owed] = agenda.tasks(build.person(title))
    assert (owed.duty.step, owed.basis, owed.due.last_day.isoformat()) == ("create", "第十七条", "2027-01-31")
    assert visitor(title).get(owed.url).heading == "2026年度工作总结和2027年工作计划"
    [forward] = agenda.tasks(district)
    assert (forward.duty.step, forward.basis, forward.due.last_day.isoformat()) == ("forward", "第十八条", "2027-02-28")
    report = build.filed(title)
    assert agenda.tasks(build.person(title)) == []
    assert [task.duty.step for task in agenda.tasks(district)] == ["accept", "forward"]
    services.accept(actor=district, report=report)
    build.forwarded(district)
    assert agenda.tasks(district) == []
    assert [task.duty.step for task in agenda.tasks(cast.city_officer("city2"))] == ["receive"]


@pytest.mark.parametrize("view", ["queue", "completeness", "mine"])
def test_lists_cost_the_same_with_one_platform_and_with_many(
    title: Title, view: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    district, city = cast.district_officer(), cast.city_officer("city2")
    who = {"queue": Visitor(district), "completeness": Visitor(city), "mine": visitor(title)}[view]
    address = {
        "queue": QUEUE, "completeness": f"/supervision/reports/districts/?year={YEAR}", "mine": "/supervision/reports/",
    }[view]  # fmt: skip
    build.filed(title)
    who.get(address)
    with django_assert_max_num_queries(60) as one:
        who.get(address)
    for number in range(4):
        build.filed(build.titled(f"更多{number}", "panlong" if number % 2 else "wuhua"))
    with django_assert_max_num_queries(len(one)):
        assert who.get(address).status == 200


def test_the_completeness_of_a_year_is_exported(title: Title) -> None:
    from io import BytesIO

    from openpyxl import load_workbook

    build.filed(title)
    build.titled("未报平台", "wuhua")
    page = Visitor(cast.city_officer("city2")).get(f"/supervision/reports/districts/export.xlsx?year={YEAR}")
    book = load_workbook(BytesIO(page.body))
    assert book.sheetnames[:2] == ["分县区", "分平台"]
    lines = [[cell.value for cell in row] for row in book["分平台"].iter_rows(min_row=2)]
    assert {(line[2], line[4]) for line in lines} >= {("示范平台", "按期"), ("未报平台", "应报")}
