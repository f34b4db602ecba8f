"""The collective decision, its announcement, title, proof, plaque and register (Art. 10 and 15)."""

from django.core.files.uploadedfile import SimpleUploadedFile

from notifications.services import delivering
from registry.models import Title
from tests import drafts
from tests.journey.experts import SECOND, values
from tests.journey.filing import CODE, OPERATOR, PLATFORM
from tests.journey.notice import states
from tests.journey.people import Journey, done, follow, on
from tests.pages import Visitor

NUMBER = "昆工信通〔2026〕58号"


def decision_is_entered(journey: Journey) -> None:
    """Not before the notice has ended; then one officer enters what the minutes say."""
    with on(10, 12):
        city, desk = journey.desk("city")
        done(follow(city, desk, "集体决策", "录入2026年度集体决策"), "目前没有可以提交集体决策的平台")
    with on(10, 14):
        city, bench = journey.owes("city", "公示期满后提交集体决策")
        page = follow(city, bench, "集体决策", "录入2026年度集体决策")
        said = {
            "kind": "party_group", "held_on": "2026-10-13", "minutes_number": "2026-15", "attendance": "示例局长、示例副局长",
        }  # fmt: skip
        rulings = {str(one["name"]): "certify" for one in page.soup.select("input[name$=-outcome]")}
        assert len(rulings) == 2
        minutes = SimpleUploadedFile("会议纪要.pdf", drafts.pdf("minutes"))
        done(city.submit(page, "录入，送另一人复核", said | rulings, minutes=minutes), "已录入")
        city, desk = journey.desk("city")
        assert "对照会议纪要复核（由另一人办理）" not in desk.links
        assert "由市局另一名经办人办理" in desk.text
        again = follow(city, desk, "2026年度集体决策（局党组会 2026-10-13）")
        assert "确认与会议纪要一致，使决定生效" not in [one.text for one in again.soup.select("button")]


def decision_is_confirmed(journey: Journey) -> None:
    """Another officer compares with the minutes; titles and plaques get their numbers; the result is announced."""
    with on(10, 15):
        second, meeting = journey.owes("second", "对照会议纪要复核（由另一人办理）")
        assert second.get(meeting.links[next(w for w in meeting.links if w.startswith("会议纪要.pdf"))]).status == 200
        checked = {"same_meeting": "on", "same_rulings": "on"}
        done(second.submit(meeting, "确认与会议纪要一致，使决定生效", checked), "决定已经生效")
    assert states() == {PLATFORM: "certified", SECOND: "certified"}
    done(Visitor().get("/register/"), "名录中还没有示范平台")
    with on(10, 16):
        city, meeting = journey.owes("city", "印发认定文件并公告")
        assert city.get(dict(meeting.every_link())["PDF 文稿"]).body.startswith(b"%PDF-")
        said = {"document_number": NUMBER, "issued_on": "2026-10-16", "portal_url": "https://gxj.km.gov.cn/2.html"}
        done(city.submit(meeting, "公告认定结果", said), "示范平台已列入公开名录")
        public = Visitor()
        home = public.get("/")
        done(follow(public, home, next(words for words in home.links if NUMBER in words or "认定" in words)))


def plaque_is_received(journey: Journey) -> None:
    """The city issues both plaques, the platform signs for its own and loads the proof down."""
    with on(10, 19):
        city, title = journey.owes("city", "制作并颁发牌匾")
        plaques = follow(city, city.get("/desk/"), "称号牌匾", "颁发牌匾")
        typed = {"plaque": values(plaques, "plaque"), "issued_on": "2026-10-19"}
        done(city.submit(plaques, "颁发所选牌匾", typed), "已登记颁发 2 块")
    with on(10, 20):
        filer, title = journey.owes("filer", "签收牌匾")
        page = follow(filer, title, "签收牌匾")
        done(filer.submit(page, "签收", {"received_on": "2026-10-20", "received_by": "李敏"}), "李敏")
        assert filer.get(dict(title.every_link())["下载凭证（PDF）"]).body.startswith(b"%PDF-")
        assert "目前没有待办事项" in journey.desk("filer")[1].heading


def register_shows_it(journey: Journey) -> None:
    """Anybody finds the title in the register, opens its live page, and checks it by number and credit code."""
    with on(10, 21):
        public = Visitor()
        register = done(follow(public, public.get("/"), "示范平台名录"), PLATFORM, SECOND, OPERATOR)
        check = done(follow(public, register, PLATFORM), "有效", NUMBER, CODE)
        assert public.get(dict(check.every_link())["下载认定信息查询凭证（PDF）"]).body.startswith(b"%PDF-")
        number = Title.objects.get(credit_code=CODE).number
        lookup = follow(public, register, "核验一个称号")
        done(public.submit(lookup, "核验", {"number": number, "credit_code": CODE}), "有效", PLATFORM)


def everybody_was_told(journey: Journey) -> None:
    """Every announcement of the road is handed over once and lies in the inbox; the newest tell of the plaque."""
    with on(10, 22):
        assert delivering.deliver()["failed"] == 0
        assert delivering.deliver() == {"handed_over": 0, "sent": 0, "failed": 0}
        filer, desk = journey.desk("filer")
        inbox = follow(filer, desk, next(words for words, _ in desk.every_link() if words.startswith("通知")))
        done(inbox, "认定", "退回补正")
