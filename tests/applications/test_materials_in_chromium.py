"""Materials, 沿用 and handovers in Chromium: sound in every look, uploads with their progress, files looked at in the page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from accounts.actors import Actor
from applications import carrying
from applications.models import Application
from applications.services import carrying as carrying_services
from applications.services import filing, handover, materials
from applications.services.handover import Successor
from files.models import ScanStatus, StoredFile
from tests import cast, drafts
from tests.browser import Unsound
from tests.files import corpus
from tests.look import DESKTOP, context_for, open_page, session_of
from timekeeping import clock

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Pages = list[tuple[Actor, list[tuple[str, str]]]]


@pytest.fixture(autouse=True)
def april() -> Iterator[None]:
    with clock.frozen(clock.shanghai(2026, 4, 1, 9)):
        yield


@pytest.fixture
def draft() -> Application:
    body = cast.organisation("昆明示例创新创业综合服务有限责任公司")
    call = cast.open_call(cast.city_officer())
    return filing.create(actor=cast.filer(body), call=call, platform_name="示例中小企业综合服务平台")


def pages() -> Pages:
    """(name, address) of every page by who opens it."""
    with clock.frozen(clock.shanghai(2025, 4, 1, 9)):
        earlier = cast.submitted_application(cast.open_call(cast.city_officer("then")))
    filer, body = cast.actor_of(earlier), earlier.organisation
    signatory, officer = cast.actor_of(earlier, "signatory"), cast.district_officer()
    draft = filing.create(actor=filer, call=cast.open_call(cast.city_officer("now")), platform_name="示例平台")
    version = carrying.sources(draft)[0]
    keep = ["section.premises", "list.institutions", "material.licence", "material.institution_contracts"]
    carrying_services.carry(actor=filer, application=draft, version=version, keep=keep)
    note, photo = (
        "租赁期2024年1月至2029年12月，原件存单位档案室",
        drafts.upload("一份名字很长的服务活动通知签到照片总结材料汇编（2025年全年）.pdf"),
    )
    [waiting] = materials.add(
        actor=filer, application=draft, document="premises_lease", uploads=[drafts.upload("租赁合同.pdf")]
    )
    first, *_ = materials.add(
        actor=filer, application=draft, document="service_proofs", uploads=[photo, drafts.upload("通知.pdf")], note=note
    )
    StoredFile.objects.filter(pk=waiting.file_id).update(scan_status=ScanStatus.PENDING)
    materials.change(actor=filer, material=first, upload=drafts.upload("签到和照片.pdf"), note=note)
    made = handover.hand_over(
        actor=officer, organisation=body, leaving=filer.capacity, successor=Successor("新经办", "new@example.com", "13800000012"),
        reason="原经办人已离职，单位来函请求办理。", letter=drafts.upload("交接函.pdf", "signed"),
    )  # fmt: skip
    at = draft.get_absolute_url()
    return [
        (signatory, [
            ("tasklist", at), ("carry", f"{at}carry/"), ("section-carried", f"{at}section/premises/"),
            ("list-carried", f"{at}list/institutions/"), ("material-2", f"{at}material/2/"), ("material-4", f"{at}material/4/"),
            ("material-7", f"{at}material/7/"), ("material-change", f"{at}material/file/{waiting.uuid}/change/"),
            ("material-remove", f"{at}material/file/{waiting.uuid}/remove/"), ("people", "/applications/people/"),
            ("handover-own", "/applications/people/handover/"),
        ]),
        (officer, [
            ("handovers", "/applications/handovers/"), ("handover-not-found", "/applications/handovers/?code=1"),
            ("handover-new", f"/applications/handovers/new/{body.uuid}/"), ("handover", made.get_absolute_url()),
        ]),
    ]  # fmt: skip


def test_every_page_is_sound_in_every_look(unsound: Unsound) -> None:
    found: dict[str, list[str]] = {}
    for actor, addresses in pages():
        found |= unsound(actor, addresses)
    # An answer of 422 is what a wrong code is meant to get; the browser notes it.
    assert {name: words for name, words in found.items() if not name.startswith("handover-not-found")} == {}


def test_files_are_uploaded_one_by_one_with_their_progress_and_looked_at_in_the_page(
    draft: Application, chromium: Browser, live_server: LiveServer
) -> None:
    context = context_for(chromium, live_server.url, DESKTOP, session_of(cast.actor_of(draft)))
    page, said = open_page(context, f"{draft.get_absolute_url()}material/4/")
    page.get_by_label("服务证明材料", exact=False).check()
    chosen = [("活动.pdf", "application/pdf", drafts.pdf()), ("照片.jpg", "image/jpeg", corpus.jpg())]
    files = page.locator("input[type=file]")
    files.set_input_files([{"name": name, "mimeType": mime, "buffer": data} for name, mime, data in chosen])
    page.get_by_role("button", name="上传", exact=True).click()
    expect(page.locator("#service_proofs li.file")).to_have_count(2)
    expect(page.get_by_role("status").filter(has_text="已上传 2 个文件。")).to_be_visible()
    assert {one.file.name for one in draft.materials.all()} == {"活动.pdf", "照片.jpg"}

    page.get_by_text("在本页查看").nth(0).click()
    page.get_by_text("在本页查看").nth(1).click()
    picture = page.locator("img.preview-img")
    picture.scroll_into_view_if_needed()
    assert picture.evaluate("img => img.decode().then(() => img.naturalWidth)") > 0
    # Whether a PDF is shown in its frame is up to the browser; it is asked for in the page, not as a download.
    assert "inline=1" in str(page.locator("iframe").first.get_attribute("src"))

    broken = {"name": "坏.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 nothing"}
    good = {"name": "好.pdf", "mimeType": "application/pdf", "buffer": drafts.pdf("good")}
    page.get_by_label("服务证明材料", exact=False).check()
    files.set_input_files([broken, good])
    page.get_by_role("button", name="上传", exact=True).click()
    expect(page.locator(".uploading[data-state=failed]")).to_contain_text("坏.pdf")
    expect(page.locator(".uploading[data-state=done]")).to_contain_text("好.pdf")
    page.get_by_role("link", name="刷新本页").click()
    expect(page.locator("#service_proofs li.file")).to_have_count(3)
    assert [words for words in said if "422" not in words and "415" not in words] == []
    context.close()
