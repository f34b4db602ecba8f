"""The proposed list, the public notice with its portal record, and an objection that holds only its platform (Art. 14)."""

from bs4 import Tag
from django.core.files.uploadedfile import SimpleUploadedFile

from applications.models import Application
from tests import drafts
from tests.journey.experts import SECOND, values
from tests.journey.filing import PLATFORM
from tests.journey.people import Journey, done, follow, on
from tests.pages import Page, Visitor

PHONE = "13911112222"


def list_is_proposed(journey: Journey) -> None:
    """Both are proposed with their reasons, from the desk through the case to the list."""
    with on(9, 21):
        city, bench = journey.owes("city", "确定拟认定名单")
        page = follow(city, bench, "确定拟认定名单")
        [form] = [one for one in page.soup.select("main form[method=get]") if one.select("[name=applications]")]
        chosen = "&".join(f"applications={value}" for value in values(page, "applications"))
        proposal = city.get(f"{form['action']}?{chosen}&do=propose")
        done(
            city.submit(proposal, "列入拟认定名单（2）", {"applications": values(proposal, "applications")}),
            "2家平台已列入",
        )
    assert states() == {PLATFORM: "proposed", SECOND: "proposed"}


def states() -> dict[str, str]:
    """The platforms and where they stand."""
    return dict(Application.objects.values_list("platform_name", "state"))


def notice_is_published(journey: Journey) -> None:
    """The draft computes its period over the holidays; the publication on the portal is recorded with its capture."""
    with on(9, 21, 14):
        city, bench = journey.owes("city", "拟定并发布公示")
        page = follow(city, bench, "拟定并发布公示", "拟定公示（2家）")
        typed = {
            "applications": values(page, "applications"), "planned_on": "2026-09-21", "phone": "0871-63135193",
            "supervision_phone": "0871-63130000", "address": "昆明市呈贡区锦绣大街1号 650500",
        }  # fmt: skip
        dated = city.submit(page, "按发布日期计算公示期", typed)
        assert (_value(dated, "starts_on"), _value(dated, "ends_on")) == ("2026-09-22", "2026-10-12")
        notice = done(city.submit(dated, "保存公示稿", {"applications": typed["applications"]}), "2026年10月12日")
    with on(9, 21, 16):
        city, bench = journey.owes("city", "拟定并发布公示")
        page = follow(city, bench, "拟定并发布公示", notice.heading, "登记发布")
        record = {"portal_url": "https://gxj.km.gov.cn/1.html", "published_at": "2026-09-21T15:30"}
        capture = SimpleUploadedFile("页面.pdf", drafts.pdf("portal"))
        done(city.submit(page, "登记发布，开始公示", record, capture=capture), "名单上的平台进入公示")
    assert states() == {PLATFORM: "on_notice", SECOND: "on_notice"}


def _value(page: Page, name: str) -> str:
    field = page.soup.find(attrs={"name": name})
    assert isinstance(field, Tag)
    return str(field["value"])


def objection_is_filed(journey: Journey) -> None:
    """Somebody reads the notice on the home page and objects to the first platform under his real name."""
    with on(9, 28):
        reader = Visitor()
        home = reader.get("/")
        notice = follow(reader, home, next(words for words in home.links if words.endswith("的公示")))
        done(notice, PLATFORM, SECOND, "还剩 6 个工作日")
        page = follow(reader, notice, "提出异议")
        said = {
            "platform": _option(page, PLATFORM), "content": "服务企业数与实际不符。", "signed": "person", "name": "张某某",
            "phone": PHONE, "email": "zhang@example.org", "consent": "on",
        }  # fmt: skip
        receipt = done(reader.submit(page, "提交异议，领取回执", said), "异议已提交")
        assert reader.get(receipt.links["下载回执（PDF）"]).body.startswith(b"%PDF-")
        journey.told["receipt"] = receipt.soup.select_one(".note .num").text.strip()


def _option(page: Page, words: str) -> str:
    for one in page.soup.select("[name=platform] option, input[name=platform]"):
        label = one.text if one.name == "option" else page.soup.find("label", {"for": one.get("id")}).text
        if words in label:
            return str(one["value"])
    raise AssertionError(f"{words} cannot be chosen")


def objection_is_investigated(journey: Journey) -> None:
    """An officer who stays away from the decision investigates: the named platform is held, the other goes on."""
    with on(9, 29):
        handler, objection = journey.owes("handler", "判断是否受理异议")
        done(handler.submit(follow(handler, objection, "受理并调查"), "受理并调查"))
    assert states() == {PLATFORM: "held", SECOND: "on_notice"}
    with on(10, 9):
        handler, objection = journey.owes("handler", "调查核实并答复异议人")
        evidence = SimpleUploadedFile("台账.pdf", drafts.pdf("ledger"))
        done(handler.submit(objection, "添加调查证据", {"note": "服务台账"}, file=evidence), "服务台账")
        found = {
            "findings": "查阅台账并走访5家企业。", "conclusion": "台账与申报一致。", "answer_text": "经核实，您反映的情况不属实。",
        }  # fmt: skip
        done(handler.submit(follow(handler, objection, "异议不成立"), "异议不成立", found), "经核实")
    assert states() == {PLATFORM: "on_notice", SECOND: "on_notice"}
    with on(10, 10):
        objector = Visitor()
        page = follow(objector, objector.get("/"), "异议办理查询")
        answer = objector.submit(page, "查询", {"number": journey.told["receipt"], "phone": PHONE})
        done(answer, "经核实，您反映的情况不属实。")
