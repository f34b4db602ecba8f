"""The pages of a list in a browser: sound in every look, and the progress that moves on by itself."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from accounts.actors import Actor
from applications.models import Application, ListImport
from applications.services import filing, list_reading, lists
from applications.services.list_imports import SHELF, UPLOADS
from files import limits
from tests import cast, drafts
from tests.browser import Unsound
from tests.look import DESKTOP, context_for, session_of
from timekeeping import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    with clock.frozen(clock.shanghai(2026, 11, 23, 12)):
        yield


@pytest.fixture
def filer() -> Actor:
    return cast.filer(cast.organisation())


@pytest.fixture
def application(filer: Actor) -> Application:
    return filing.create(actor=filer, call=cast.open_call(cast.city_officer()), platform_name="示例平台")


def uploaded(filer: Actor, application: Application, rows: list[dict[str, Any]], kind: str = "served") -> ListImport:
    book = drafts.workbook(kind, rows, name="2025年度服务企业.xlsx")
    return UPLOADS.upload(actor=filer, owner=application, kind=kind, upload=book)


def large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "READ_AT_ONCE_BYTES", 0)


def test_every_page_is_sound_in_every_look(
    filer: Actor, application: Application, unsound: Unsound, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = drafts.lists(application.call, filer.organisation)
    lists.write_rows(actor=filer, application=application, kind="services", rows=given["services"])
    rows = [dict(row) for row in given["served"][:40]]
    rows[3] |= {"credit_code": "9153010MA", "size": "巨型"}
    rows[7] |= {"served_on": "去年", "phone": "123"}
    rows[9] |= {"credit_code": rows[0]["credit_code"]}
    lists.write_rows(actor=filer, application=application, kind="served", rows=given["served"][:12])
    preview = uploaded(filer, application, rows)
    UPLOADS.save_fixes(actor=filer, taken=preview, texts={"D6": "小型"})
    large(monkeypatch)
    reading, waiting, failed = (uploaded(filer, application, given["staff"], "staff") for _ in range(3))
    ListImport.objects.filter(pk=reading.pk).update(status="reading", rows_read=12, rows_total=20)
    ListImport.objects.filter(pk=failed.pk).update(
        status="failed", failure="工作表“填报”超过 5000 行，请分成几个文件上传。"
    )
    base = f"{application.get_absolute_url()}list/"
    pages = [
        ("list-with-upload", f"{base}served/"), ("list-failed", f"{base}staff/"), ("list-services", f"{base}services/"),
        ("list-row", f"{base}financing/row/"), ("list-preview", f"{base}served/import/{preview.uuid}/"),
        ("list-reading", f"{base}staff/import/{reading.uuid}/"), ("list-waiting", f"{base}staff/import/{waiting.uuid}/"),
        ("list-import-failed", f"{base}staff/import/{failed.uuid}/"), ("task-list", application.get_absolute_url()),
    ]  # fmt: skip
    assert unsound(filer, pages) == {}


def test_the_page_moves_on_by_itself_when_the_worker_has_read(
    filer: Actor, application: Application, chromium: Browser, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    large(monkeypatch)
    taken = uploaded(filer, application, drafts.lists(application.call, filer.organisation)["staff"], "staff")
    context = context_for(chromium, live_server.url, DESKTOP, session_of(filer))
    page = context.new_page()
    page.goto(f"{application.get_absolute_url()}list/staff/import/{taken.uuid}/")
    expect(page.get_by_text("已上传，等待读取")).to_be_visible()
    ListImport.objects.filter(pk=taken.pk).update(status="reading", rows_read=5, rows_total=20)
    expect(page.get_by_text("第 5 行，共 20 行")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "5")

    ListImport.objects.filter(pk=taken.pk).update(status="waiting")
    assert list_reading.read_waiting(SHELF, taken.uuid)
    expect(page.get_by_role("heading", level=1)).to_have_text("导入预览：专职服务人员清单")
    page.get_by_role("button", name="导入 20 行").click()
    expect(page.get_by_text("已导入 20 行")).to_be_visible()
    context.close()


def test_without_javascript_the_page_comes_again_by_itself(
    filer: Actor, application: Application, chromium: Browser, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    large(monkeypatch)
    taken = uploaded(filer, application, drafts.lists(application.call, filer.organisation)["staff"], "staff")
    context = chromium.new_context(base_url=live_server.url, java_script_enabled=False)
    cookies = session_of(filer)
    context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": v, "url": live_server.url} for v in cookies.values()]
    )
    page = context.new_page()
    page.goto(f"{application.get_absolute_url()}list/staff/import/{taken.uuid}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("正在读取：专职服务人员清单")
    assert list_reading.read_waiting(SHELF, taken.uuid)
    expect(page.get_by_role("heading", level=1)).to_have_text("导入预览：专职服务人员清单", timeout=10_000)
    context.close()
