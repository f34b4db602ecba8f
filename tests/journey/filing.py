"""The call, the organisation with its two people, the whole draft, and the signatory's submission (Art. 6, 9 and 10)."""

from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Capacity, Organisation
from accounts.services import colleagues
from applications.listforms import LISTS
from applications.models import Call
from applications.schema.sections import BY_KEY
from regulation.identifiers import make_credit_code
from regulation.materials import CLASSES
from tests import cast, drafts
from tests.journey.people import Journey, done, follow, officials, on
from tests.pages import Page, Visitor

OPERATOR = "示例滇池企业服务中心"
PLATFORM = "示例滇池服务平台"
CODE = make_credit_code("91530100MA6JRN001")
MATERIAL_OF = {document.key: group.label for group in CLASSES for document in group.materials}
LAKE, GREEN = "Dianchi-2026-lake", "Cuihu-2026-lake"


def call_is_published(journey: Journey) -> None:
    """The city drafts the yearly call and publishes it; anybody reads it."""
    with on(8, 3):
        journey.accounts |= officials()
        city, desk = journey.desk("city")
        assert "目前没有待办事项" in desk.heading
        form = follow(city, desk, "申报通知", "拟定申报通知")
        typed = {
            "requirements": "按办法第九条提交材料。", "contact": "0871-63135193", "document_number": "昆工信通〔2026〕31号",
            "opens_at": "2026-08-03T09:00", "closes_at": "2026-08-29T00:00", "district_due_at": "2026-09-19T00:00",
        }  # fmt: skip
        done(city.submit(form, "保存草稿", typed), "已拟定")
        city, draft = journey.owes("city", "核对并发布申报通知")
        published = done(city.submit(follow(city, draft, "发布申报通知"), "发布申报通知"), "正在申报")
        journey.told["call"] = published.url
        done(Visitor().get(published.url), "还剩 19 个工作日")


def people_are_registered(journey: Journey) -> None:
    """The operator registers from the public call; its filer adds the legal representative, who sets a password."""
    with on(8, 4):
        filer = Visitor()
        form = follow(filer, filer.get(journey.told["call"]), "单位注册")
        done(filer.submit(form, "注册", _registration()), "注册成功")
        body = Organisation.objects.get(credit_code=CODE)
        journey.accounts["filer"] = (Capacity.objects.get(organisation=body).user.username, LAKE)
        page = follow(filer, filer.get("/desk/"), "我的申报", "本单位人员")
        person = {"role": "legal", "name": "赵法人", "email": "zhao@example.com", "phone": "13800000009"}
        done(filer.submit(page, "添加并发送邮件", person), "赵法人")
        journey.accounts["signatory"] = _password_is_set(Capacity.objects.get(user__email="zhao@example.com"))


def _registration() -> dict[str, str]:
    return {
        "name": OPERATOR, "credit_code": CODE, "kind": "institution", "legal_representative": "赵法人",
        "registered_address": "盘龙区示例路1号", "service_address": "盘龙区示例路1号", "district": str(cast.district().pk),
        "person": "李敏", "phone": "13800000001", "email": "limin@example.com", "password1": LAKE, "password2": LAKE, "agreed": "on",
    }  # fmt: skip


def _password_is_set(capacity: Capacity) -> tuple[str, str]:
    """The link of the mailed invitation leads to a form without a session."""
    colleagues.mail_invitation(str(capacity.uuid))
    link = next(line for line in mail.outbox[-1].body.splitlines() if "/account/password/reset/" in line).strip()
    visitor = Visitor()
    done(visitor.submit(visitor.get(link), "设置新密码", {"new_password1": GREEN, "new_password2": GREEN}))
    return capacity.user.username, GREEN


def draft_is_filled(journey: Journey) -> None:
    """The filer fills everything in by following the task list, and hands over to the signatory."""
    with on(8, 5):
        filer, desk = journey.desk("filer")
        new = follow(filer, desk, "我的申报", "开始申报")
        done(filer.submit(new, "开始填报", {"platform_name": PLATFORM}), "填写申报材料")
        tasks = _sections_and_lists(journey)
        for document in drafts.DOCUMENTS:
            page = follow(filer, tasks, MATERIAL_OF[document])
            file = SimpleUploadedFile(f"{document}.pdf", drafts.pdf(document))
            done(filer.submit(page, "上传", {"document": document}, files=file), "已上传 1 个文件")


def _sections_and_lists(journey: Journey) -> Page:
    filer, tasks = journey.owes("filer", "填齐申报材料，送签字人确认")
    call = Call.objects.get()
    for key, texts in drafts.sections(call, PLATFORM).items():
        page = follow(filer, tasks, BY_KEY[key].title)
        done(filer.submit(page, "保存，稍后再填", texts))
    for kind, rows in drafts.lists(call, Organisation.objects.get(credit_code=CODE)).items():
        page = follow(filer, tasks, LISTS[kind].title)
        preview = filer.submit(page, "上传并预览", workbook=drafts.workbook(kind, rows))
        done(filer.submit(preview, f"导入 {len(rows)} 行"), f"已导入 {len(rows)} 行")
    return tasks


def application_is_signed(journey: Journey) -> None:
    """The filer reads the eligibility answer and hands over; the signatory reads 附件1 and submits with the password."""
    with on(8, 10):
        filer, tasks = journey.owes("filer", "填齐申报材料，送签字人确认")
        done(tasks, "8 项条件：8 项符合", "全部完成")
        check = done(follow(filer, tasks, "核对全部内容"), "没有需要改正的地方")
        done(filer.submit(check, "送签字人确认"), "签字人")
    with on(8, 11):
        signatory, status = journey.owes("signatory", "核对全部内容，确认并提交")
        page = follow(signatory, status, "核对并提交")
        report = signatory.get(dict(page.every_link())["打开申请报告全文（PDF）"])
        assert report.body.startswith(b"%PDF-")
        wrong = signatory.submit(page, "确认并提交申报", {"undertaking": "on", "password": "not-my-password"})
        assert (wrong.status, "密码不正确" in wrong.text) == (422, True)
        receipt = done(signatory.submit(wrong, "确认并提交申报", {"undertaking": "on", "password": GREEN}), "提交成功")
        assert signatory.get(receipt.links["下载回执（PDF）"]).body.startswith(b"%PDF-")
        journey.told["application"] = receipt.links["申报进度"]
