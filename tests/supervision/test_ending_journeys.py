"""Titles on their way out, from page to page by the forms that the pages hold (Art. 16, 19)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.actors import Actor
from accounts.models import Role
from applications.models import Application
from lifecycle import invariants
from registry import standing
from registry.models import Ban, Plaque, Title
from supervision.models import Ending
from tests import cast, drafts
from tests.pages import Page, Visitor
from tests.review import stage
from tests.supervision.endings import Bench, failed_rectification
from timekeeping import clock

pytestmark = pytest.mark.django_db

GRANTED = clock.shanghai(2025, 6, 20, 9)
MINUTES = {
    "kind": "party_group", "held_on": "2026-05-18", "minutes_number": "监督2026-3", "attendance": "示例局长、示例副局长",
}  # fmt: skip

MISSING = "2025年度总结和2026年度计划至2026年2月2日未报送"


@pytest.fixture
def bench() -> Iterator[Bench]:
    """A title of June 2025 whose plaque the platform signed for; the report on 2025 never came."""
    made = Bench(granted_at=GRANTED)
    with clock.frozen(GRANTED):
        [plaque] = Plaque.objects.all()
        sign_for(made, plaque)
    return made


def sign_for(bench: Bench, plaque: Plaque) -> None:
    city, signer = Visitor(bench.clerk), Visitor(bench.person())
    if plaque.state == "allotted":
        page = city.get(reverse("review:plaque_issue", args=[plaque.uuid]))
        city.submit(page, "登记颁发", {"issued_on": str(clock.today())})
    page = signer.get(reverse("review:plaque_receive", args=[plaque.uuid]))
    signer.submit(page, "签收", {"received_on": str(clock.today()), "received_by": "张某"})
    assert stage.fresh(plaque).state == "received"


def pdf(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, drafts.pdf(), "application/pdf")


def at(month: int, day: int, year: int = 2026) -> Any:
    return clock.frozen(clock.shanghai(year, month, day, 9))


def step(actor: Actor, case: Page, button: str, typed: dict[str, str] | None = None, **files: Any) -> Page:
    """Follow the link of a step from the page of the case, fill its form in and send it."""
    visitor = Visitor(actor)
    form = visitor.get(visitor.get(case.url).links[button])
    done = visitor.submit(form, button, typed, **files)
    assert (done.status, done.errors) == (200, []), done.errors
    return done


def heard(bench: Bench, case: Page) -> None:
    """Notice on 6 May, the platform's reply on 8 May, the referral on 11 May 2026."""
    with at(5, 6):
        step(bench.proposer, case, "送达事先告知书")
    with at(5, 8):
        person = Visitor(bench.person(Role.FILER))
        mine = person.get(reverse("desk:home"))
        assert "对拟取消（撤销）称号的告知，可以陈述申辩" in mine.text
        step(bench.person(Role.FILER), case, "陈述申辩", {"statement": "情况属实，正在整改。"}, file=pdf("整改.pdf"))
    with at(5, 11):
        step(bench.proposer, case, "提请集体决策", {"reason": "事实清楚，证据确凿。"})


def decided(bench: Bench, ruling: dict[str, str]) -> Page:
    """The minutes of 18 May entered by one officer on 19 May, compared and confirmed by another on 20 May."""
    [ending] = Ending.objects.filter(state="referred")
    typed = {**MINUTES, **{f"r-{ending.uuid}-{name}": value for name, value in ruling.items()}}
    with at(5, 19):
        clerk = Visitor(bench.clerk)
        form = clerk.get(clerk.get(reverse("supervision:resolutions")).links["录入监督事项集体决策"])
        entered = clerk.submit(form, "录入，送另一人复核", typed, minutes=pdf("纪要.pdf"))
        assert entered.errors == [] and "录入人不能复核自己录入的集体决策" in entered.text
    with at(5, 20):
        second = Visitor(bench.second)
        page = second.get(entered.url)
        compared = {"same_meeting": "on", "same_rulings": "on"}
        return second.submit(page, "确认与会议纪要一致，使决定生效", compared)


def announced(bench: Bench, case: Page) -> Page:
    typed = {
        "document_number": "昆工信通〔2026〕35号", "issued_on": "2026-05-21", "portal_url": "https://gxj.km.gov.cn/35.html",
        "looked_through": "on",
    }  # fmt: skip
    with at(5, 21):
        return step(bench.clerk, case, "公告取消（撤销）决定", typed, signed_document=pdf("决定书.pdf"))


def opened_from_the_list(bench: Bench, ground: str, words: str) -> Page:
    """The list proposes the title on 30 April 2026 with ``words``; the officer opens the procedure with what it lists."""
    with at(4, 30):
        city = Visitor(bench.proposer)
        listed = city.get(city.get(reverse("supervision:endings")).links["符合第十九条情形的平台"])
        assert words in listed.text
        [address] = {link for _, link in listed.every_link() if f"ground={ground}" in link}
        return city.submit(city.get(address), "启动程序")


def opened_by_hand(bench: Bench) -> Page:
    """Unlawful conduct, proved, found on 30 April 2026."""
    with at(4, 30):
        city = Visitor(bench.proposer)
        form = city.get(city.get(bench.title.get_absolute_url()).links["启动取消（撤销）程序"])
        typed = {"ground": "unlawful", "facts_on": "2026-03-02", "findings": "虚开服务发票，经税务机关查实。"}
        return city.submit(form, "启动程序", typed, evidence=pdf("处罚决定.pdf"))


def where(title: Title, moment: datetime) -> str:
    return standing.standing(stage.fresh(title), moment.date()).key


def test_from_a_missing_report_to_the_ban_and_the_day_after_it(bench: Bench) -> None:
    case = opened_from_the_list(bench, "no_report", MISSING)
    heard(bench, case)
    confirmed = decided(bench, {"outcome": "end", "reason": "未按要求报送年度总结材料。"})
    assert "决定已经生效" in confirmed.all_text
    done = announced(bench, case)
    assert "2026年5月18日至2029年5月18日（含当日）" in done.text
    public = Visitor().get(Ending.objects.get().public_url())
    assert "关于取消甲平台“昆明市中小企业公共服务示范平台”称号的公告" in public.heading
    assert "昆工信通〔2026〕35号" in Visitor().get(reverse("desk:announcements")).text
    with at(5, 25):
        keeper = Visitor(bench.district)
        home = keeper.get(reverse("desk:home"))
        assert "收回责令交回的牌匾" in home.text
        form = keeper.get(keeper.get(bench.title.get_absolute_url()).links["登记收回"])
        assert keeper.submit(form, "收回牌匾", {"recovered_on": "2026-05-25", "recovered_from": "张某"}).status == 200
    assert (stage.fresh(bench.title).state, Plaque.objects.get().state) == ("cancelled", "recovered")
    assert "已取消" in Visitor().get(bench.title.public_url()).text
    within, after = clock.shanghai(2029, 5, 18, 23, 59), clock.shanghai(2029, 5, 19)
    with clock.frozen(clock.shanghai(2029, 5, 10, 9)):
        call = cast.open_call(cast.city_officer("later"))
    with clock.frozen(within):
        refused = begin(bench, call)
        assert "2029年5月18日（含当日）前不得再次申报（第十九条）" in refused.text
        assert Application.objects.count() == 0
    with clock.frozen(after):
        begin(bench, call)
        assert Application.objects.get().organisation == bench.title.platform.organisation
    assert list(invariants.check()) == []


def begin(bench: Bench, call: Any) -> Page:
    """The filer at the page that begins an application: its form sent where there is one."""
    filer = Visitor(bench.person(Role.FILER))
    page = filer.get(reverse("applications:new", args=[call.uuid]))
    if page.soup.select("main form[method=post] button:not([disabled])"):
        return filer.submit(page, "开始填报", {"platform_name": "甲平台"})
    return page


def test_from_a_failed_evaluation_over_a_rectification_in_vain_to_the_cancellation(bench: Bench) -> None:
    with clock.frozen(clock.shanghai(2025, 9, 1, 9)):
        failed_rectification(bench.title, cast.city_officer("judge"))
    case = opened_from_the_list(bench, "failed_rectification", "2025年10月18日复查仍不达标")
    heard(bench, case)
    decided(bench, {"outcome": "end", "reason": "测评不合格，限期整改仍不达标。"})
    announced(bench, case)
    assert (stage.fresh(bench.title).state, Plaque.objects.get().state) == ("cancelled", "recalled")
    assert str(Ban.objects.get().ends_on) == "2029-05-18"
    assert list(invariants.check()) == []


def test_a_revocation_ends_the_title_and_nothing_else(bench: Bench) -> None:
    case = opened_by_hand(bench)
    heard(bench, case)
    decided(bench, {"outcome": "end", "reason": "违法行为经查实。"})
    announced(bench, case)
    with at(5, 22):
        public = Visitor().get(Ending.objects.get().public_url())
        assert "第十六条" in public.text and "撤销" in public.heading
        assert "已撤销" in Visitor().get(bench.title.public_url()).text
        call = cast.open_call(cast.city_officer("later"))
        begin(bench, call)
    assert (stage.fresh(bench.title).state, Plaque.objects.get().state, Ban.objects.count()) == (
        "revoked",
        "received",
        0,
    )
    assert Application.objects.count() == 1


def test_a_decision_that_is_stayed_and_overturned_leaves_title_plaque_and_way_to_apply(bench: Bench) -> None:
    case = opened_from_the_list(bench, "no_report", MISSING)
    heard(bench, case)
    decided(bench, {"outcome": "end", "reason": "未按要求报送年度总结材料。"})
    announced(bench, case)
    order = {"authority": "昆明铁路运输法院", "reference": "（2026）云71行初1号"}
    with at(6, 1):
        step(bench.clerk, case, "决定停止执行", {**order, "made_on": "2026-06-01"}, file=pdf("裁定.pdf"))
        assert "停止执行" in Visitor().get(bench.title.public_url()).text
    assert (where(bench.title, clock.shanghai(2026, 6, 1)), Ban.objects.get().stayed_at is None) == ("stayed", False)
    with at(9, 1):
        step(bench.clerk, case, "决定被撤销，恢复称号", {**order, "made_on": "2026-08-31"}, file=pdf("判决.pdf"))
        [plaque] = Plaque.objects.all()
        assert (where(bench.title, clock.shanghai(2026, 9, 1)), plaque.state) == ("valid", "issued")
        sign_for(bench, plaque)
        assert "该决定已被撤销" in Visitor().get(Ending.objects.get().public_url()).text
    title = stage.fresh(bench.title)
    assert (title.state, title.valid_from, title.valid_to) == ("granted", bench.title.valid_from, bench.title.valid_to)
    assert not Ban.objects.running(title.credit_code, clock.shanghai(2027, 1, 1).date()).exists()
    assert list(invariants.check()) == []
