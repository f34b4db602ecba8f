"""Activities through the rendered pages: announcing, inviting, marking, asking for leave, reading (Art. 19)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from accounts.actors import Actor
from accounts.models import Role
from supervision.models import Activity, Invitation
from supervision.services import invitations
from tests import cast, drafts
from tests.pages import Visitor
from tests.supervision import oversight
from tests.supervision import reports as build
from timekeeping import clock

pytestmark = pytest.mark.django_db
TYPED = {
    "name": "惠企政策宣讲会", "level": "city", "starts_at": "2026-12-03T09:30", "place": "市级会议中心",
    "content": "每家平台一人参加。", "contact": "赵六 0871-63135193",
}  # fmt: skip


@pytest.fixture(autouse=True)
def november() -> Iterator[None]:
    """The days these tests name lie around 23 November 2026, whatever date the suite believes in."""
    with clock.frozen(clock.shanghai(2026, 11, 23, 9)):
        yield


@pytest.fixture
def city() -> Actor:
    with clock.frozen(build.GRANTED):
        return cast.city_officer("city2")


def test_the_city_announces_invites_marks_and_concludes_through_the_pages(city: Actor) -> None:
    names = ("甲平台", "乙平台", "丙平台")
    first, second, third = (build.titled(name, people=name != "丙平台") for name in names)
    visitor = Visitor(city)
    page = visitor.get("/supervision/activities/announce/")
    refused = visitor.submit(page, "发布活动", {**TYPED, "starts_at": "2026-11-20T09:30"})
    assert (refused.status, refused.errors) == (422, ["开始时间应晚于现在。"])
    invite = visitor.submit(refused, "发布活动", TYPED, document=drafts.upload("活动通知.pdf"))
    activity = Activity.objects.get()
    assert (activity.starts_at, activity.document.name) == (clock.shanghai(2026, 12, 3, 9, 30), "活动通知.pdf")
    none = visitor.submit(invite, "送达邀请")
    assert (none.status, none.errors) == (422, ["请至少选择一家示范平台。"])
    everybody = {"titles": [str(title.uuid) for title in (first, second, third)]}
    results = visitor.submit(none, "送达邀请", everybody)
    assert "共 3 家，已送达 2 家" in results.text
    assert "系统送达无人收到" in results.text
    with oversight.after(activity):
        marking = visitor.get(f"/supervision/activities/{activity.uuid}/attendance/")
        empty = visitor.submit(marking, "登记")
        assert (empty.status, empty.errors) == (422, ["请至少登记一家平台"])
        assert empty.soup.title.get_text().startswith("错误：登记出席情况")
        wrong = visitor.submit(marking, "登记", {"mark-0-step": "present", "mark-1-step": "excuse"})
        assert (wrong.status, wrong.errors) == (422, ["请在说明中写明准假的理由。"])
        done = visitor.submit(wrong, "登记", {"mark-1-step": "absent", "mark-1-note": "未到会。"})
        assert "共 2 家，已登记 2 家" in done.text
        ended = visitor.submit(visitor.get(f"/supervision/activities/{activity.uuid}/conclude/"), "办结")
        assert (ended.status, Activity.objects.get().state) == (200, "concluded")
    states = dict(Invitation.objects.values_list("title__platform_name", "state"))
    assert sorted(states.values()) == ["absent", "present"]


def test_paper_is_entered_with_day_and_proof(city: Actor) -> None:
    title = build.titled(people=False)
    activity = oversight.announced(city)
    visitor = Visitor(city)
    page = visitor.get(f"/supervision/activities/{activity.uuid}/invite/")
    typed = {"way": "paper", "titles": [str(title.uuid)]}
    refused = visitor.submit(page, "送达邀请", typed)
    assert (refused.status, len(refused.errors)) == (422, 2)
    assert str(title.uuid) in refused.soup.select_one("input[name=titles][checked]")["value"]
    visitor.submit(refused, "送达邀请", {**typed, "served_on": "2026-11-20", "proof": "张三签收"})
    assert Invitation.objects.get().proof == "张三签收"


def test_a_line_that_somebody_else_marked_meanwhile_is_refused_alone(city: Actor) -> None:
    activity = oversight.announced(city)
    served = [oversight.invited(city, activity, build.titled(f"平台{n}")) for n in (1, 2)]
    visitor = Visitor(city)
    with oversight.after(activity):
        page = visitor.get(f"/supervision/activities/{activity.uuid}/attendance/?all=present")
        invitations.refuse_leave(
            actor=city,
            reason="可派他人参加。",
            invitation=invitations.ask_leave(
                actor=build.person(served[0].title), invitation=served[0], leave_reason="出差。"
            ),
        )
        done = visitor.submit(page, "登记")
    assert "共 2 家，已登记 1 家" in done.text
    assert [Invitation.objects.get(pk=one.pk).state for one in served] == ["served", "present"]


def test_the_platform_asks_for_leave_and_the_city_judges_through_the_pages(city: Actor) -> None:
    title = build.titled("甲平台")
    invitation = oversight.invited(city, oversight.announced(city, name="对接会"), title)
    platform, officer = Visitor(build.person(title)), Visitor(city)
    listed = platform.get("/supervision/invitations/")
    assert "对接会" in listed.text
    page = platform.get(f"/supervision/invitations/{invitation.uuid}/leave/")
    refused = platform.submit(page, "提交请假", {"leave_reason": " "})
    assert (refused.status, refused.errors) == (422, ["请填写请假事由"])
    asked = platform.submit(page, "提交请假", {"leave_reason": "审计进场。"}, evidence=drafts.upload("证明.pdf"))
    assert (asked.status, "审计进场。" in asked.text) == (200, True)
    assert platform.get(f"/supervision/invitations/{invitation.uuid}/evidence/").status == 200
    judged = officer.submit(
        officer.get(f"/supervision/invitations/{invitation.uuid}/refuse-leave/"),
        "不予准假",
        {"reason": "可派他人参加。"},
    )
    assert "可派他人参加。" in judged.text
    excused = officer.submit(
        officer.get(f"/supervision/invitations/{invitation.uuid}/excuse/"), "准假", {"note": "情况属实。"}
    )
    assert (excused.status, Invitation.objects.get().state) == (200, "excused")
    back = officer.submit(
        officer.get(f"/supervision/invitations/{invitation.uuid}/correct/"), "撤回原登记", {"reason": "点错平台。"}
    )
    assert (back.status, Invitation.objects.get().state) == (200, "served")


@pytest.mark.parametrize(("step", "button"), [("present", "登记出席"), ("absent", "登记无故缺席")])
def test_one_platform_is_marked_on_its_own_page(city: Actor, step: str, button: str) -> None:
    invitation = oversight.invited(city, oversight.announced(city), build.titled())
    visitor = Visitor(city)
    address = f"/supervision/invitations/{invitation.uuid}/{step}/"
    locked = visitor.get(address)
    assert "开始后登记出席情况" in locked.text
    with oversight.after(invitation.activity):
        assert visitor.submit(visitor.get(address), button, {"note": "签到表"}).status == 200
    assert Invitation.objects.get().state == step


def test_an_activity_is_called_off_on_its_page(city: Actor) -> None:
    activity = oversight.announced(city)
    visitor = Visitor(city)
    page = visitor.get(f"/supervision/activities/{activity.uuid}/call-off/")
    visitor.submit(page, "取消活动", {"reason": "讲师因故不能到会。"})
    assert Activity.objects.get().state == "called_off"


def test_others_find_no_invitation_and_no_steps(city: Actor) -> None:
    title, other = build.titled("甲平台"), build.titled("乙平台", "wuhua")
    invitation = oversight.invited(city, oversight.announced(city), title)
    pages = [f"/supervision/invitations/{invitation.uuid}/", f"/supervision/activities/{invitation.activity.uuid}/"]
    readers = [
        (build.person(title), 200), (cast.district_officer(), 200), (cast.person("auditor", Role.AUDITOR), 200),
        (build.person(other), 404), (cast.district_officer("wuhua", "wuhua"), 404),
    ]  # fmt: skip
    for actor, status in readers:
        visitor = Visitor(actor)
        assert [visitor.get(page).status for page in pages] == [status, status]
        assert visitor.get(pages[0] + "excuse/").status == 403


def test_a_district_reads_only_its_platforms_of_an_activity(city: Actor) -> None:
    activity = oversight.announced(city)
    for name, slug in (("甲平台", "panlong"), ("乙平台", "wuhua")):
        oversight.invited(city, activity, build.titled(name, slug))
    page = Visitor(cast.district_officer()).get(f"/supervision/activities/{activity.uuid}/")
    assert ("甲平台" in page.text, "乙平台" in page.text) == (True, False)
    listed = Visitor(cast.district_officer("district2")).get("/supervision/activities/")
    assert [cell.get_text(strip=True) for cell in listed.soup.select("td[data-label=邀请]")] == ["1"]


def test_absences_add_up_on_the_pages_of_city_district_auditor_and_platform(city: Actor) -> None:
    title = build.titled("甲平台")
    oversight.missed(city, title, 2)
    with clock.frozen(clock.now() + timedelta(days=5)):
        for actor in (city, cast.district_officer(), cast.person("auditor", Role.AUDITOR)):
            page = Visitor(actor).get("/supervision/activities/absences/")
            assert ("甲平台" in page.text, "已达多次" in page.text) == (True, True)
        mine = Visitor(build.person(title)).get("/supervision/invitations/")
        assert "本有效期内无故缺席 2 次" in mine.text
        other = Visitor(cast.district_officer("wuhua", "wuhua")).get("/supervision/activities/absences/")
        assert "甲平台" not in other.text


def test_the_lists_cost_the_same_for_one_and_for_many(city: Actor) -> None:
    platform = build.titled("甲平台")
    activity = oversight.announced(city)
    oversight.invited(city, activity, platform)
    oversight.missed(city, platform)
    person = build.person(platform)
    looks = [
        (city, "/supervision/activities/"), (city, f"/supervision/activities/{activity.uuid}/"),
        (city, f"/supervision/activities/{activity.uuid}/invite/"), (city, "/supervision/activities/absences/"),
        (city, f"/supervision/activities/{activity.uuid}/attendance/"), (person, "/supervision/invitations/"),
    ]  # fmt: skip
    build.titled("待邀平台")
    before = [oversight.queries(actor, address) for actor, address in looks]
    for n in range(3):
        title = build.titled(f"平台{n}")
        oversight.invited(city, activity, title)
        oversight.missed(city, title, 2)
        oversight.invited(city, oversight.announced(city), platform)
        build.titled(f"待邀平台{n}")
    assert [oversight.queries(actor, address) for actor, address in looks] == before
