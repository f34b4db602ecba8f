"""The district: accepted, returned, corrected, measured, sampled among the SMEs themselves, recommended, forwarded (Art. 5 and 11)."""

from django.core.files.base import ContentFile

from applications.models import Application
from tests import drafts
from tests.journey.filing import GREEN, PLATFORM
from tests.journey.people import Journey, buttons, done, follow, on
from tests.pages import Page, Visitor
from tests.review.sheets import edited

ACCEPT = "受理，或一次性告知需补正的全部事项"
FORWARD = "汇总推荐，盖章后报送市局"
RECOMMEND = "测评、抽查满意度，作出推荐或不予推荐"


def case_is_returned(journey: Journey) -> None:
    """The district accepts, finds a defect in the finances, and returns the case with all defects at once."""
    with on(8, 12):
        district, bench = journey.owes("district", ACCEPT)
        assert bench.heading == PLATFORM
        done(district.submit(follow(district, bench, "受理"), "受理"), "已受理")
        assert _owed(journey, "district") == [RECOMMEND]
    with on(8, 13):
        district, bench = journey.owes("district", RECOMMEND)
        finance = district.get(_part(bench, "section-finance"))
        told = {"v-section-finance-assets": "fix", "n-section-finance-assets": "资产总额与报表不一致，请更正。"}
        done(district.submit(finance, "保存", told), "需补正 1 项")
        page = follow(district, district.get(finance.url), "退回补正（1）")
        done(page, "资产总额与报表不一致，请更正。")
        done(district.submit(page, "退回补正（1）"), "已退回补正")


def _owed(journey: Journey, who: str) -> list[str]:
    _, desk = journey.desk(who)
    return [link.get_text(strip=True) for link in desk.soup.select("main .task a")]


def _part(bench: Page, slug: str) -> str:
    return next(address for _, address in bench.every_link() if address.endswith(f"?part={slug}"))


def case_is_corrected(journey: Journey) -> None:
    """The filer corrects the one open section, the signatory resubmits, the district sees what changed and accepts again."""
    with on(8, 14):
        filer, status = journey.owes("filer", "逐项补正，由签字人重新提交")
        correction = follow(filer, status, "去补正")
        section = follow(filer, correction, "去修改：资产与财务")
        done(filer.submit(section, "保存，稍后再填", {"total_assets": "486.30", "net_assets": "366.30"}))
        correction = filer.get(correction.url)
        [answer] = [str(one["name"]) for one in correction.soup.select("textarea[name^=item_]")]
        said = {answer: "已按审计报告更正。", answer.replace("item_", "done_"): "on"}
        correction = done(filer.submit(correction, "保存并通知签字人", said), "已通知签字人", "全部补正完毕")
    with on(8, 17):
        signatory, status = journey.owes("signatory", "核对补正内容，重新提交")
        page = follow(signatory, status, "去补正")
        page = follow(signatory, page, "核对改动")
        done(page, "已按审计报告更正。", "486.30")
        done(signatory.submit(page, "确认并提交补正", {"undertaking": "on", "password": GREEN}), "第2版")
    with on(8, 18):
        district, bench = journey.owes("district", ACCEPT)
        assert any("有改动" in words for words, _ in bench.every_link())
        done(district.submit(follow(district, bench, "受理"), "受理"), "已受理")


def case_is_measured(journey: Journey) -> None:
    """Every part is compared, three conclusions are written."""
    with on(8, 19):
        district, bench = journey.owes("district", RECOMMEND)
        part = district.get(_part(bench, "section-identity"))
        while button := next((words for words in buttons(part) if words.startswith("保存并看下一部分：")), ""):
            part = district.submit(part, button, _all_right(part))
        bench = done(district.submit(part, "保存", _all_right(part)), "未核 0 项")
        notes = {f"{name}_note": "与台账一致。" for name in ("basic", "operation", "performance")}
        mets = {f"{name}_met": "yes" for name in ("basic", "operation", "performance")}
        form = follow(district, bench, "总览和办理", "初审测评")
        done(district.submit(form, "保存测评", notes | mets), "初审测评已保存")


def _all_right(part: Page) -> dict[str, str]:
    return {str(one["name"]): "ok" for one in part.soup.select("#checks input[value=ok]")}


def sample_is_answered(journey: Journey) -> None:
    """13 of 130 SMEs are drawn; each opens the private link of its slip and answers once."""
    with on(8, 20):
        district, bench = journey.owes("district", RECOMMEND)
        sample = district.submit(follow(district, bench, "抽取满意度样本"), "抽取样本")
        done(sample, "应抽查")
        slips = follow(district, sample, "打印链接单")
        addresses = [slip.get_text(strip=True) for slip in slips.soup.select(".slip p.num")]
        assert len(addresses) == 13
    with on(8, 21):
        for number, address in enumerate(addresses):
            answer = {"satisfaction": "dissatisfied" if number == 0 else "very"}
            enterprise = Visitor()
            done(enterprise.submit(enterprise.get(address), "提交答复", answer), "已收到贵企业的答复")


def case_is_recommended(journey: Journey) -> None:
    """The sample closes at 12 of 13, the measurement is looked at again, the case is recommended."""
    with on(8, 24):
        district, sample = journey.owes("district", "联系被抽查企业，结束抽查")
        done(sample, "92.3")
        done(district.submit(follow(district, sample, "结束抽查"), "结束抽查"))
        district, bench = journey.owes("district", RECOMMEND)
        measured = follow(district, bench, "初审测评")
        done(measured, "数据有变化", "92.3")
        done(district.submit(measured, "保存测评"), "初审测评已保存")
    with on(8, 25):
        district, bench = journey.owes("district", RECOMMEND)
        page = follow(district, bench, "县区推荐")
        done(district.submit(page, "县区推荐", {"opinion": "同意推荐。", "order": "1"}), "已")
    assert Application.objects.get().state == "recommended"


def sheet_is_forwarded(journey: Journey) -> None:
    """附件2 out as workbook, edited, in again with its one difference; printed, sealed, forwarded under the letter's number."""
    with on(8, 28):
        district, sheet = journey.owes("district", FORWARD)
        done(sheet, PLATFORM, "示例翠湖服务平台")
        book = district.get(dict(sheet.every_link())["下载 Excel"]).body
        file = ContentFile(edited(book, {(1, "备注"): "园区重点平台"}), "附件2.xlsx")
        page = follow(district, sheet, "导入修改后的 Excel")
        page = done(district.submit(page, "上传并比较", workbook=file), "备注", "园区重点平台")
        sheet = done(district.submit(page, "写入勾选的修改"), "已写入1处修改", "园区重点平台")
        assert district.get(dict(sheet.every_link())["打印 PDF"]).body.startswith(b"%PDF-")
        page = follow(district, sheet, "上传盖章扫描件")
        sheet = done(district.submit(page, "上传", scan=drafts.upload("附件2盖章.pdf")), "与目前的内容一致")
        page = follow(district, sheet, "报送市局")
        done(
            district.submit(page, "报送市局", {"letter_number": "盘工信〔2026〕12号"}),
            "已报送市局",
            "盘工信〔2026〕12号",
        )
    assert set(Application.objects.values_list("state", flat=True)) == {"forwarded"}
