"""A whole draft by the forms of the pages: registration, sections, lists from workbooks, materials, the signatory's turn."""

from io import BytesIO
from typing import Any

import pytest
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from accounts import actors
from accounts.models import Capacity, Organisation, Role
from accounts.services import colleagues
from applications.listforms import LISTS
from applications.models import Application, Call
from applications.services import filing
from applications.services.materials import CLASS_OF
from files.excel import Sheet, write_workbook
from regulation.identifiers import make_credit_code
from tests import cast, drafts
from tests.drafts import workbook
from tests.pages import Page, Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    return cast.open_call(cast.city_officer())


def register(visitor: Visitor, code: str, **changed: str) -> Page:
    page = visitor.get("/account/register/")
    district = cast.district()
    typed = {
        "name": "示例注册服务中心", "credit_code": code, "kind": "institution", "legal_representative": "赵法人",
        "registered_address": "盘龙区示例路1号", "service_address": "盘龙区示例路1号", "district": str(district.pk),
        "person": "李敏", "phone": "13800000001", "email": "limin@example.com", "password1": "Dianchi-2026-lake",
        "password2": "Dianchi-2026-lake", "agreed": "on",
    } | changed  # fmt: skip
    return visitor.submit(page, "注册", typed)


def test_an_organisation_registers_and_its_person_is_signed_in() -> None:
    visitor = Visitor()
    code = make_credit_code("91530100MA6HHT001")

    done = register(visitor, f" {code.lower()} ")

    assert (done.status, done.heading) == (200, "注册成功")
    body = Organisation.objects.get(credit_code=code)
    [capacity] = Capacity.objects.filter(organisation=body)
    assert (capacity.role, capacity.user.name) == (Role.FILER, "李敏")
    assert capacity.user.username in done.text
    assert visitor.get("/applications/mine/").heading == "我的申报"


def test_a_code_that_is_registered_is_refused_without_saying_by_whom() -> None:
    code = make_credit_code("91530100MA6HHT002")
    register(Visitor(), code)

    again = register(Visitor(), code, person="王芳", phone="13900000002", email="wang@example.com")

    assert again.status == 422
    assert "请联系本单位同事" in again.text
    assert "李敏" not in again.text
    assert "limin@example.com" not in again.text
    assert Organisation.objects.filter(credit_code=code).count() == 1


def test_what_was_typed_wrongly_is_said_at_the_field_and_kept() -> None:
    page = register(Visitor(), "91530100MA6HHT0", phone="1380000", password2="another-2026-one")

    assert page.status == 422
    assert len(page.errors) == 3
    for words, expected in zip(
        page.errors, ("应为18位，现为", "手机号码应为11位", "两次输入的密码不一致"), strict=True
    ):
        assert expected in words
    assert page.soup.find("input", {"name": "legal_representative"})["value"] == "赵法人"
    assert not Organisation.objects.filter(name="示例注册服务中心").exists()


def test_a_colleague_sets_the_password_by_a_mailed_link_that_works_once(
    django_capture_on_commit_callbacks: Any,
) -> None:
    filer = cast.filer(cast.organisation())
    visitor = Visitor(filer)
    page = visitor.get("/applications/people/")

    added = visitor.submit(
        page,
        "添加并发送邮件",
        {"role": "legal", "name": "示例法人", "email": "legal@example.com", "phone": "13800000009"},
    )

    assert "示例法人" in added.text
    capacity = Capacity.objects.get(user__email="legal@example.com")
    assert capacity.role == Role.SIGNATORY
    colleagues.mail_invitation(str(capacity.uuid))
    [letter] = mail.outbox
    link = next(line for line in letter.body.splitlines() if "/account/password/reset/" in line).strip()
    newcomer = Visitor()
    form = newcomer.get(link)
    chosen = {"new_password1": "Cuihu-2026-lake", "new_password2": "Cuihu-2026-lake"}
    assert newcomer.submit(form, "设置新密码", chosen).heading == "登录"
    assert Visitor().get(link).heading == "链接已失效"
    capacity.user.refresh_from_db()
    assert capacity.user.check_password("Cuihu-2026-lake")


def test_an_authorised_signatory_needs_a_letter() -> None:
    filer = cast.filer(cast.organisation())
    visitor = Visitor(filer)
    page = visitor.get("/applications/people/")
    typed = {"role": "authorised", "name": "周副总", "email": "zhou@example.com"}

    refused = visitor.submit(page, "添加并发送邮件", typed)
    taken = visitor.submit(page, "添加并发送邮件", typed, letter=SimpleUploadedFile("委托书.pdf", drafts.pdf()))

    assert (refused.status, taken.status) == (422, 200)
    capacity = Capacity.objects.get(user__name="周副总")
    assert capacity.authorisation_letter.file.name == "委托书.pdf"
    assert visitor.get(f"/applications/people/letters/{capacity.authorisation_letter.uuid}/").status == 200
    other = Visitor(cast.filer(cast.organisation("另一单位"), "outsider"))
    assert other.get(f"/applications/people/letters/{capacity.authorisation_letter.uuid}/").status == 404


def test_the_whole_draft_by_forms(call: Call) -> None:
    body = cast.organisation()
    filer = cast.filer(body)
    cast.signatory(body)
    visitor = Visitor(filer)

    home = visitor.submit(
        visitor.get(visitor.get("/applications/mine/").links["开始申报"]), "开始填报", {"platform_name": "示例平台"}
    )
    assert (home.status, home.heading) == (200, "填写申报材料")
    application = Application.objects.get(organisation=body)
    base = application.get_absolute_url()
    for key, data in drafts.sections(call).items():
        page = visitor.get(f"{base}section/{key}/")
        assert visitor.submit(page, "保存并继续", data).status == 200
    for kind, rows in drafts.lists(call, body).items():
        page = visitor.get(f"{base}list/{kind}/")
        preview = visitor.submit(page, "上传并预览", workbook=workbook(kind, rows))
        assert preview.heading == f"导入预览：{LISTS[kind].title}"
        done = visitor.submit(preview, f"导入 {len(rows)} 行")
        assert f"已导入 {len(rows)} 行" in done.text
    for document in drafts.DOCUMENTS:
        page = visitor.get(f"{base}material/{CLASS_OF[document]}/")
        file = SimpleUploadedFile(f"{document}.pdf", drafts.pdf(document))
        typed = {"document": document, "note": "复印件"}
        assert "已上传 1 个文件" in visitor.submit(page, "上传", typed, files=file).text

    check = visitor.get(f"{base}check/")
    assert "没有需要改正的地方" in check.text
    sent = visitor.submit(check, "送签字人确认")
    assert sent.status == 200
    application.refresh_from_db()
    assert application.state == "awaiting_signature"
    home = visitor.get(base)
    assert "签字人" in home.text


def test_the_task_list_counts_and_leads_on(call: Call) -> None:
    filer = cast.filer(cast.organisation())
    application = cast.complete_draft(call, filer.organisation, filer)

    page = Visitor(filer).get(application.get_absolute_url())

    assert "8 项条件：8 项符合" in page.text
    assert "全部完成" in page.text
    assert page.links["送签字人确认"].endswith("#sign")


def test_another_organisation_and_the_officers_see_no_draft(call: Call) -> None:
    filer = cast.filer(cast.organisation())
    application = cast.complete_draft(call, filer.organisation, filer)
    material = application.materials.first()
    addresses = [
        application.get_absolute_url(),
        f"{application.get_absolute_url()}section/finance/",
        f"{application.get_absolute_url()}list/served/",
        f"{application.get_absolute_url()}material/file/{material.uuid}/",
    ]

    def statuses(actor: actors.Actor) -> list[int]:
        visitor = Visitor(actor)
        return [visitor.get(address).status for address in addresses]

    assert statuses(cast.filer(cast.organisation("另一单位"), "outsider")) == [404] * 4
    assert statuses(cast.district_officer()) == [404, 403, 403, 403]
    assert statuses(filer) == [200] * 4


def test_the_query_count_of_the_list_page_does_not_grow(call: Call, django_assert_max_num_queries: Any) -> None:
    filer = cast.filer(cast.organisation())
    application = cast.complete_draft(call, filer.organisation, filer)
    visitor = Visitor(filer)
    visitor.get(f"{application.get_absolute_url()}list/institutions/")

    with django_assert_max_num_queries(30) as few:
        visitor.client.get(f"{application.get_absolute_url()}list/institutions/")
    with django_assert_max_num_queries(30) as many:
        visitor.client.get(f"{application.get_absolute_url()}list/served/")

    assert len(few) == len(many)


def test_a_hostile_workbook_is_refused_in_words(call: Call) -> None:
    filer = cast.filer(cast.organisation())
    application = filing.create(actor=filer, call=call, platform_name="示例平台")
    visitor = Visitor(filer)
    page = visitor.get(f"{application.get_absolute_url()}list/served/")

    wrong_type = visitor.submit(
        page, "上传并预览", workbook=SimpleUploadedFile("清单.xls", b"\xd0\xcf\x11\xe0" + b"0" * 600)
    )
    no_header = visitor.submit(
        page,
        "上传并预览",
        workbook=SimpleUploadedFile("清单.xlsx", write_workbook([Sheet("填报", ["甲", "乙"], [[1, 2]])])),
    )
    broken = visitor.submit(page, "上传并预览", workbook=SimpleUploadedFile("清单.xlsx", b"PK\x03\x04" + b"x" * 500))

    assert (wrong_type.status, no_header.status) == (415, 422)
    assert broken.status in (415, 422)
    assert "没有找到“服务中小企业清单”的表头，第一行是：甲、乙" in no_header.text
    assert application.imports.count() == 0


def test_problems_of_a_workbook_are_listed_with_row_and_advice(call: Call) -> None:
    filer = cast.filer(cast.organisation())
    application = filing.create(actor=filer, call=call, platform_name="示例平台")
    visitor = Visitor(filer)
    rows = drafts.lists(call, filer.organisation)["served"][:10]
    rows[3] = rows[3] | {"credit_code": "915301000000000000"}
    rows[5] = rows[5] | {"size": "巨型", "name": "=HYPERLINK(1)"}
    rows[7] = rows[7] | {"credit_code": rows[0]["credit_code"]}
    page = visitor.get(f"{application.get_absolute_url()}list/served/")

    preview = visitor.submit(page, "上传并预览", workbook=workbook("served", rows))

    assert application.batches.count() == 0
    assert "8 行 可以导入" in preview.text
    assert "2 行 有问题" in preview.text
    assert "与第 3 行重复" in preview.text
    marked = visitor.client.get(preview.links["下载标注问题的文件"])
    sheet = load_workbook(BytesIO(marked.content))["填报"]
    assert sheet.cell(6, len(LISTS["served"].columns) + 1).value
    done = visitor.submit(preview, "导入 8 行")
    assert "已导入 8 行" in done.text
    assert application.batches.get().servedenterprise_rows.count() == 8


def test_a_row_is_typed_changed_and_deleted(call: Call) -> None:
    filer = cast.filer(cast.organisation())
    application = filing.create(actor=filer, call=call, platform_name="示例平台")
    visitor = Visitor(filer)
    base = f"{application.get_absolute_url()}list/institutions/"
    typed = {
        "name": "示例律师事务所",
        "credit_code": drafts.client_code(1, 7),
        "starts_on": "2025-01-01",
        "service": "法律",
    }

    wrong = visitor.submit(visitor.get(f"{base}row/"), "保存该行", typed | {"credit_code": "123"})
    assert wrong.status == 422
    assert "应为18位" in wrong.text
    assert "已保存" in visitor.submit(visitor.get(f"{base}row/"), "保存该行", typed).text
    visitor.submit(visitor.get(f"{base}row/1/"), "保存该行", {"service": "法律顾问"})
    assert "法律顾问" in visitor.get(base).text
    visitor.submit(visitor.get(f"{base}row/1/delete/"), "删除这一行")
    assert "还没有内容" in visitor.get(base).text
    assert visitor.get(f"{base}row/1/").status == 404


def test_a_stale_section_is_answered_with_both_texts(call: Call) -> None:
    body = cast.organisation()
    filer, colleague = cast.filer(body), cast.filer(body, "colleague")
    application = filing.create(actor=filer, call=call, platform_name="示例平台")
    address = f"{application.get_absolute_url()}section/finance/"
    first, second = Visitor(filer), Visitor(colleague)
    mine, theirs = first.get(address), second.get(address)
    second.submit(theirs, "保存，稍后再填", {"total_assets": "300"})

    stale = first.submit(mine, "保存，稍后再填", {"total_assets": "486.20", "revenue": "abc"})

    assert (stale.status, stale.heading) == (409, "内容已被他人更新")
    assert "486.20" in stale.text
    assert "300" in stale.text
    assert application.sections.get(key="finance").data["total_assets"] == "300"
    kept = first.submit(stale, "按所选内容保存")
    assert kept.status == 200
    assert application.sections.get(key="finance").data["revenue"] == "abc"
    again = first.get(address)
    assert again.soup.find("input", {"name": "revenue"})["value"] == "abc"
    assert "请填写数字" in again.text


def test_typing_is_saved_in_the_background(call: Call) -> None:
    filer = cast.filer(cast.organisation())
    application = filing.create(actor=filer, call=call, platform_name="示例平台")
    client = Visitor(filer, client=Client()).client
    address = f"{application.get_absolute_url()}section/finance/"

    saved = client.post(address, {"revision": "0", "revenue": "820"}, headers={"X-Autosave": "1"})
    stale = client.post(address, {"revision": "0", "revenue": "900"}, headers={"X-Autosave": "1"})

    said = saved.json()
    assert (saved.status_code, said["revision"], said["message"]) == (200, 1, "已自动保存 09:00")
    assert stale.status_code == 409
    assert stale.json()["message"].startswith("未保存：您在另一页面于 09:00 也修改了 1 处")


def test_a_file_is_removed_but_kept(call: Call) -> None:
    filer = cast.filer(cast.organisation())
    application = cast.complete_draft(call, filer.organisation, filer)
    visitor = Visitor(filer)
    material = application.materials.get(document="licence")
    page = visitor.get(f"{application.get_absolute_url()}material/file/{material.uuid}/remove/")

    gone = visitor.submit(page, "移除这个文件")

    assert "请上传营业执照或法人证书" in gone.text
    material.refresh_from_db()
    assert material.removed_at is not None


def test_unfit_files_are_refused_with_their_status(call: Call) -> None:
    filer = cast.filer(cast.organisation())
    application = filing.create(actor=filer, call=call, platform_name="示例平台")
    visitor = Visitor(filer)
    page = visitor.get(f"{application.get_absolute_url()}material/3/")

    refused = visitor.submit(page, "上传", files=SimpleUploadedFile("报表.exe", b"MZ" + b"0" * 200))
    empty = visitor.submit(page, "上传", files=ContentFile(b"", "报表.pdf"))

    assert (refused.status, empty.status) == (415, 422)
    assert "报表.exe" in refused.text
    assert application.materials.count() == 0
