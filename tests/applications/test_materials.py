"""Materials of Art. 9: what is asked of this draft, several files in their order, replaced and restored, looked at in the page."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.actors import Actor
from applications import material_rules, versions
from applications.checking import check
from applications.drafts import draft_of
from applications.models import Application, Call, Material
from applications.services import filing, lists, materials, sections
from files import intake, limits, purposes
from files.errors import Refused
from files.models import ScanStatus, StoredFile
from files.purposes import Purpose
from lifecycle.errors import NotAllowed, WrongStage
from regulation.materials import MATERIALS
from tests import cast, drafts
from tests.files import corpus
from tests.pages import Page, Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    return cast.open_call(cast.city_officer())


@pytest.fixture
def filer() -> Actor:
    return cast.filer(cast.organisation())


@pytest.fixture
def draft(filer: Actor, call: Call) -> Application:
    return filing.create(actor=filer, call=call, platform_name="示例平台")


def put(filer: Actor, draft: Application, document: str, *names: str, note: str = "") -> list[Material]:
    uploads = [drafts.upload(name) for name in names]
    return materials.add(actor=filer, application=draft, document=document, uploads=uploads, note=note)


def follow(visitor: Visitor, page: Page, words: str) -> Page:
    return visitor.get(page.links[words])


def names(draft: Application) -> list[str]:
    return [material.file.name for material in draft_of(draft).materials]


def test_a_file_is_replaced_in_its_place_and_the_old_one_comes_back_on_demand(filer: Actor, draft: Application) -> None:
    first, second = put(filer, draft, "licence", "旧执照.pdf", "副本.pdf", note="2024年")
    new = materials.change(actor=filer, material=first, upload=drafts.upload("新执照.pdf"), note="2026年换发")
    first.refresh_from_db()
    assert names(draft) == ["新执照.pdf", "副本.pdf"]
    assert (new.note, new.replaces, first.removed_at is not None) == ("2026年换发", first, True)

    materials.remove(actor=filer, material=second)
    materials.remove(actor=filer, material=second)
    materials.restore(actor=filer, material=first)
    materials.restore(actor=filer, material=first)
    assert names(draft) == ["旧执照.pdf", "新执照.pdf"]
    materials.change(actor=filer, material=first, note="留作对照")
    assert [material.note for material in draft_of(draft).materials] == ["留作对照", "2026年换发"]
    assert draft.materials.count() == 3


def test_files_of_one_document_change_places_and_the_order_is_part_of_what_is_signed(
    filer: Actor, draft: Application
) -> None:
    one, _, three = put(filer, draft, "service_proofs", "一.pdf", "二.pdf", "三.pdf")
    put(filer, draft, "process_documents", "制度.pdf")
    before = versions.fingerprint(versions.content_of(draft))
    materials.move(actor=filer, material=three, down=False)
    assert names(draft) == ["一.pdf", "三.pdf", "二.pdf", "制度.pdf"]
    assert versions.fingerprint(versions.content_of(draft)) != before
    materials.move(actor=filer, material=one, down=False)  # the first one stays the first
    materials.move(actor=filer, material=three, down=True)
    assert versions.fingerprint(versions.content_of(draft)) == before


def test_what_the_draft_says_decides_what_is_asked(filer: Actor, draft: Application, call: Call) -> None:
    def asked(key: str) -> str:
        return material_rules.need(MATERIALS[key], draft_of(draft))

    assert (asked("qualification_certificates"), asked("mentors")) == (
        "未列资质荣誉，不需要提交",
        "未申报创业服务功能，不需要提交",
    )
    assert not check(draft_of(draft)).part("material", "5").problems
    rows = drafts.lists(call, filer.organisation)["qualifications"]
    lists.write_rows(actor=filer, application=draft, kind="qualifications", rows=rows)
    sections.save(actor=filer, application=draft, key="functions", data={"startup.declared": "yes"}, revision=0)
    assert (asked("qualification_certificates"), asked("mentors")) == (
        "已列资质荣誉，必须提交",
        "已申报创业服务功能，必须提交",
    )
    report = check(draft_of(draft))
    assert [problem.words for problem in report.part("material", "5").problems] == [
        "资质和荣誉证书：请上传从业资格、认定证书、资质证书、荣誉证书。"
    ]
    assert "人员名单和证明：请上传创业导师名单及学历、资质证明。" in [
        problem.words for problem in report.part("material", "6").problems
    ]


def test_what_looks_forgotten_is_a_hint_and_never_blocks(filer: Actor, draft: Application, call: Call) -> None:
    data = drafts.sections(call)["premises"] | {"tenure": "both", "lease_to": "2001-12-31"}
    sections.save(actor=filer, application=draft, key="premises", data=data, revision=0)
    put(filer, draft, "premises_lease", "租赁合同.pdf")
    rows = drafts.lists(call, filer.organisation)["institutions"]
    lists.write_rows(actor=filer, application=draft, kind="institutions", rows=rows)
    put(filer, draft, "institution_contracts", "合同.pdf")
    put(filer, draft, "mentors", "导师.pdf")

    found = {key: material_rules.hints(MATERIALS[key], draft_of(draft)) for key in MATERIALS}

    assert {key: words for key, words in found.items() if words} == {
        "premises_title": ["填报的场所使用方式为“部分自有、部分租赁”，请上传产权证明，或者核对使用方式。"],
        "premises_lease": ["填报的租期止早于申报截止日，请核对租期，或者上传续租合同。"],
        "institution_contracts": [
            "签约服务机构清单有 4 行，已上传 1 个文件。每家机构都要有合同或者协议，一个文件可以包含多份，请确认齐全。"
        ],
        "mentors": ["没有申报创业服务功能，创业导师证明可以移除，也可以保留。"],
    }
    report = check(draft_of(draft))
    assert "场所" not in "".join(problem.words for problem in report.part("material", "2").problems)
    assert not report.part("material", "7").problems


def test_pages_are_counted_and_limited(filer: Actor, draft: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    [material] = put(filer, draft, "licence", "执照.pdf")
    assert material.file.pages == 1
    assert purposes.rule_of(Purpose.MATERIAL).text == "PDF、JPG、PNG，不超过 50 MB；PDF 不超过 500 页"
    page = Visitor(filer).get(f"/applications/{draft.uuid}/material/2/")
    assert "PDF 不超过 500 页" in page.text
    assert "，1 页" in page.text
    monkeypatch.setitem(purposes.RULES, Purpose.MATERIAL, purposes.Rule(("pdf",), limits.MIB, max_pages=2))
    with pytest.raises(Refused, match="文件有 3 页，超过 2 页"):
        intake.receive(ContentFile(corpus.pdf(3), "长.pdf"), purpose=Purpose.MATERIAL, uploaded_by=None)


def test_the_same_file_twice_is_taken_and_hinted(filer: Actor, draft: Application) -> None:
    put(filer, draft, "licence", "执照.pdf")
    put(filer, draft, "premises_lease", "合同.pdf")
    page = Visitor(filer).get(f"/applications/{draft.uuid}/material/2/")
    assert "与营业执照或法人证书“执照.pdf”内容相同，请确认不是重复上传" in page.text
    assert draft.materials.first().file.sha256[:12] in page.text


def test_a_file_that_waits_for_the_scanner_counts_and_is_not_handed_out(filer: Actor, call: Call) -> None:
    cast.signatory(filer.organisation)
    application = cast.complete_draft(call, filer.organisation, filer)
    material = application.materials.get(document="licence")
    StoredFile.objects.filter(pk=material.file_id).update(scan_status=ScanStatus.PENDING)
    visitor = Visitor(filer)
    page = visitor.get(f"/applications/{application.uuid}/material/2/")
    assert "待检" in page.text
    assert "不影响送签和提交" in page.text
    assert f"/file/{material.uuid}/?inline=1" not in page.body.decode()
    assert visitor.get(f"/applications/{application.uuid}/material/file/{material.uuid}/").status == 409
    assert filing.request_signature(actor=filer, application=application).state == "awaiting_signature"


def test_a_file_the_scanner_refused_is_no_material_until_it_is_replaced(filer: Actor, call: Call) -> None:
    application = cast.complete_draft(call, filer.organisation, filer)
    material = application.materials.get(document="licence")
    StoredFile.objects.filter(pk=material.file_id).update(scan_status=ScanStatus.REFUSED)
    part = check(draft_of(application)).part("material", "2")
    assert (part.status, [problem.words for problem in part.problems]) == (
        "1 处需改正",
        [
            "证照凭证：请上传营业执照或法人证书。",
            "证照凭证：“licence.pdf”没有通过安全检查，请替换或者移除。",
        ],
    )
    upload = ContentFile(drafts.pdf("clean"), "执照.pdf")
    materials.change(actor=filer, material=material, upload=upload, note="")
    assert check(draft_of(application)).complete


def test_the_quota_counts_what_stands_and_a_restored_file_needs_room(
    filer: Actor, draft: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_FILES_PER_SUBJECT", 2)
    first, second = put(filer, draft, "service_proofs", "一.pdf", "二.pdf")
    with pytest.raises(Refused, match="已达 2 个"):
        put(filer, draft, "service_proofs", "三.pdf")
    materials.change(actor=filer, material=second, upload=drafts.upload("二改.pdf"), note="")
    with pytest.raises(Refused, match="已达 2 个"):
        materials.restore(actor=filer, material=second)
    materials.remove(actor=filer, material=first)
    materials.restore(actor=filer, material=second)
    assert names(draft) == ["二.pdf", "二改.pdf"]


def test_files_are_noted_ordered_replaced_removed_and_restored_by_the_forms_of_the_page(
    filer: Actor, draft: Application
) -> None:
    visitor, address = Visitor(filer), f"/applications/{draft.uuid}/material/4/"
    put(filer, draft, "service_proofs", "签到.pdf", "照片.pdf")
    page = visitor.submit(visitor.get(address), "上移照片.pdf")
    assert names(draft) == ["照片.pdf", "签到.pdf"]
    page = visitor.submit(follow(visitor, page, "替换或改说明 照片.pdf"), "保存", {"note": "2025年6月活动"})
    assert "说明：2025年6月活动" in page.text
    form = follow(visitor, page, "替换或改说明 照片.pdf")
    refused = visitor.submit(form, "保存", {"file": SimpleUploadedFile("照片.exe", b"MZ")})
    assert (refused.status, "不接收此类文件" in refused.text) == (415, True)
    new = SimpleUploadedFile("照片二.jpg", corpus.jpg())
    page = visitor.submit(refused, "保存", {"file": new, "note": "彩色"})
    assert names(draft) == ["照片二.jpg", "签到.pdf"]
    page = visitor.submit(follow(visitor, page, "移除 签到.pdf"), "移除这个文件")
    assert "已移除或者替换的文件（2）" in page.text
    page = visitor.submit(page, "恢复签到.pdf")
    assert names(draft) == ["照片二.jpg", "签到.pdf"]
    assert page.soup.select_one("img.preview-img")["alt"] == "照片二.jpg"
    assert page.soup.select_one("iframe.preview-pdf")["title"] == "签到.pdf"


def test_the_script_is_answered_per_file_in_json(filer: Actor, draft: Application) -> None:
    client, address = Client(), f"/applications/{draft.uuid}/material/2/"
    client.force_login(filer.user, backend="django.contrib.auth.backends.ModelBackend")

    def sent(document: str, name: str, data: bytes) -> tuple[int, str]:
        posted = {"document": document, "note": "", "files": SimpleUploadedFile(name, data)}
        answer = client.post(address, posted, headers={"X-Upload": "1"})
        return answer.status_code, answer.json()["message"]

    assert sent("licence", "执照.pdf", drafts.pdf()) == (200, "已上传")
    assert sent("licence", "执照.exe", b"MZ")[0] == 415
    assert sent("", "执照.pdf", drafts.pdf()) == (422, "请选择材料名称。")
    cast.put_into(draft, "submitted")
    assert sent("licence", "执照.pdf", drafts.pdf())[0] == 409
    assert names(draft) == ["执照.pdf"]


def test_nobody_else_reaches_a_file_its_preview_a_removed_file_or_its_forms(filer: Actor, draft: Application) -> None:
    kept, gone = put(filer, draft, "licence", "在.pdf", "移除.pdf")
    materials.remove(actor=filer, material=gone)
    strangers = [
        cast.filer(cast.organisation("另一单位"), "other"), cast.district_officer(), cast.district_officer("far", "wuhua"),
        cast.city_officer("reader"),
    ]  # fmt: skip
    base = f"/applications/{draft.uuid}/material/"
    pages = [f"{base}2/", *(f"{base}file/{one.uuid}/{tail}" for one in (kept, gone) for tail in ("", "?inline=1", "change/", "remove/"))]  # fmt: skip
    for stranger in strangers:
        expected = 404 if stranger.is_applicant else 403
        assert {Visitor(stranger).get(page).status for page in pages} == {expected}
        with pytest.raises(NotAllowed):
            materials.restore(actor=stranger, material=gone)
    assert {Visitor().get(page).heading for page in pages} == {"登录"}
    own = Visitor(filer)
    assert {own.get(page).status for page in pages} == {200}
    cast.put_into(draft, "submitted")
    for change in (materials.restore, materials.remove):
        with pytest.raises(WrongStage):
            change(actor=filer, material=kept)


def test_a_file_shown_in_the_page_stays_in_its_sandbox(filer: Actor, draft: Application) -> None:
    [material] = put(filer, draft, "licence", "执照.pdf")
    client = Client()
    client.force_login(filer.user, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(f"/applications/{draft.uuid}/material/file/{material.uuid}/?inline=1")
    assert BytesIO(b"".join(answer.streaming_content)).read() == drafts.pdf()
    answer.close()
    assert answer.headers["Content-Disposition"].startswith("inline; ")
    assert answer.headers["Content-Security-Policy"].endswith("; sandbox")
    assert (answer.headers["X-Frame-Options"], answer.headers["Cache-Control"]) == ("SAMEORIGIN", "no-store, private")
