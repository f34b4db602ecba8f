"""The pages of yearly reports in every look: nothing wrong for axe-core, never wider than the screen."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from accounts.actors import Actor
from accounts.models import Role
from applications.services import list_reading
from files import limits
from supervision.models import AnnualReport, ReportImport
from supervision.services import excuses, report_content, reports
from supervision.services.report_imports import SHELF, UPLOADS
from tests import cast, drafts
from tests.browser import Unsound
from tests.look import DESKTOP, context_for, session_of
from tests.supervision import reports as build
from timekeeping import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Pages = dict[str, tuple[Actor, list[tuple[str, str]]]]


@pytest.fixture(autouse=True)
def january() -> Iterator[None]:
    with clock.frozen(clock.shanghai(2026, 1, 12, 9)):
        yield


def on(view: str, *arguments: object) -> str:
    return reverse(f"supervision:{view}", args=arguments)


@pytest.fixture
def pages() -> Pages:
    """(name, address) of every page by who opens it, over a January with a bit of everything."""
    with clock.frozen(build.GRANTED):
        district, titles = (
            cast.district_officer(),
            [build.titled(name) for name in ("数字赋能平台", "创业孵化平台", "技术服务平台", "融资对接平台")],
        )
    begun, returned, signing, never = titles
    half = reports.create(actor=build.person(begun), title=begun, year=2025)
    report_content.save_section(
        actor=build.person(begun),
        report=half,
        key="performance",
        data={"smes": "约一百家", "specialised": "3"},
        revision=0,
    )
    back = build.filed(returned, 2025)
    reports.return_for_completion(actor=district, report=back, reason="请补充收费情况和满意度调查材料。")
    build.awaiting(signing, 2025)
    signed = build.complete(build.titled("人才服务平台", at=build.GRANTED), 2025)
    reports.request_signature(actor=build.person(signed.title), report=signed)
    filed = build.sign(type(signed).objects.get(pk=signed.pk))
    build.accepted(build.titled("知识产权平台", at=build.GRANTED), district, 2025)
    sent = build.forwarded(district, 2025, note="已逐家指导、督促和检查，未报送的平台承诺1月20日前报送。")
    build.accepted(build.titled("检验检测平台", at=build.GRANTED), district, 2025)
    excuse = excuses.file(
        actor=build.person(never), title=never, year=2025, reason="法定代表人变更登记办理中，预计二月五日前补报。"
    )
    waiting = signing.annual_reports.get()
    city = cast.city_officer("second")
    return {
        "filer": (build.person(begun), [
            ("mine", on("my_reports")), ("tasklist", half.get_absolute_url()), ("section", on("report_section", half.uuid, "performance")),
            ("list", on("report_list", half.uuid, "served")), ("row", on("report_list_add", half.uuid, "activities")),
            ("attachments", on("report_attachments", half.uuid)), ("check", on("report_check", half.uuid)),
            ("excuse-form", on("excuse_file", begun.uuid, 2025)),
        ]),
        "begin": (build.person(never), [("begin", on("report_begin", never.uuid, 2025)), ("mine-excused", on("my_reports"))]),
        "returned": (build.person(returned), [("returned", back.get_absolute_url())]),
        "signatory": (build.person(signing, Role.SIGNATORY), [
            ("signature", on("report_signature", waiting.uuid)), ("reopen", on("report_reopen", waiting.uuid)), ("waiting", waiting.get_absolute_url()),
        ]),
        "district": (district, [
            ("queue", on("reports_of_district", 2025, "panlong")), ("report", filed.get_absolute_url()), ("return", on("report_return", filed.uuid)),
            ("forward", on("report_forward", 2025)), ("home", "/desk/"),
        ]),
        "city": (city, [
            ("completeness", on("report_completeness")), ("district-report", sent.get_absolute_url()), ("excuse", excuse.get_absolute_url()),
            ("excuses", on("excuses")), ("judge", on("excuse_refuse", excuse.uuid)),
        ]),
    }  # fmt: skip


def test_every_page_is_sound_in_every_look(pages: Pages, unsound: Unsound) -> None:
    found: dict[str, list[str]] = {}
    for actor, listed in pages.values():
        found |= unsound(actor, listed)
    assert found == {}


@pytest.fixture
def report() -> AnnualReport:
    with clock.frozen(build.GRANTED):
        title = build.titled("示范平台")
    return build.begun(title, 2025)


def uploaded(report: AnnualReport, kind: str = "served", **wrong: object) -> ReportImport:
    rows = build.lists(2025)[kind]
    book = drafts.workbook(kind, [*rows, {**rows[0], **wrong}], name="2025年度清单.xlsx")
    return UPLOADS.upload(actor=build.person(report.title), owner=report, kind=kind, upload=book)


def test_the_pages_of_an_uploaded_list_are_sound_in_every_look(
    report: AnnualReport, unsound: Unsound, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview, ended = uploaded(report, size="巨型", phone="123"), uploaded(report, "activities", function="宴会")
    UPLOADS.confirm(actor=build.person(report.title), taken=ended)
    monkeypatch.setattr(limits, "READ_AT_ONCE_BYTES", 0)
    waiting, reading, failed = (uploaded(report, kind) for kind in ("staff", "staff", "institutions"))
    ReportImport.objects.filter(pk=reading.pk).update(status="reading", rows_read=12, rows_total=20)
    ReportImport.objects.filter(pk=failed.pk).update(
        status="failed", failure="工作表“填报”超过 5000 行，请分成几个文件上传。"
    )
    pages = [
        ("report-list-with-upload", on("report_list", report.uuid, "served")), ("report-list-failed", on("report_list", report.uuid, "institutions")),
        ("report-list-reading", on("report_list", report.uuid, "staff")),
        *((f"report-import-{name}", address(taken)) for name, taken in (
            ("preview", preview), ("ended", ended), ("waiting", waiting), ("reading", reading), ("failed", failed),
        )),
    ]  # fmt: skip
    assert unsound(build.person(report.title), pages) == {}


def address(taken: ReportImport) -> str:
    return on("report_import", taken.report.uuid, taken.kind, taken.uuid)


def test_the_page_of_an_upload_moves_on_by_itself_when_the_worker_has_read(
    report: AnnualReport, chromium: Browser, live_server: LiveServer, in_background: list[Any]
) -> None:
    taken = uploaded(report)
    context = context_for(chromium, live_server.url, DESKTOP, session_of(build.person(report.title)))
    page = context.new_page()
    page.goto(address(taken))
    expect(page.get_by_text("已上传，等待读取")).to_be_visible()
    ReportImport.objects.filter(pk=taken.pk).update(status="reading", rows_read=1, rows_total=3)
    expect(page.get_by_text("第 1 行，共 3 行")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "1")

    ReportImport.objects.filter(pk=taken.pk).update(status="waiting")
    assert list_reading.read_waiting(SHELF, taken.uuid)
    expect(page.get_by_role("heading", level=1)).to_have_text("导入预览：服务中小企业清单")
    page.get_by_role("button", name="导入 3 行").click()
    expect(page.get_by_text("已导入 3 行")).to_be_visible()
    context.close()


def test_without_javascript_the_page_of_an_upload_comes_again_by_itself(
    report: AnnualReport, chromium: Browser, live_server: LiveServer, in_background: list[Any]
) -> None:
    taken = uploaded(report)
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    session = session_of(build.person(report.title))[settings.SESSION_COOKIE_NAME]
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page = context.new_page()
    page.goto(address(taken))
    expect(page.get_by_role("heading", level=1)).to_have_text("正在读取：服务中小企业清单")
    assert list_reading.read_waiting(SHELF, taken.uuid)
    expect(page.get_by_role("heading", level=1)).to_have_text("导入预览：服务中小企业清单", timeout=10_000)
    page.get_by_role("button", name="导入 3 行").click()
    expect(page.get_by_text("已导入 3 行")).to_be_visible()
    context.close()
