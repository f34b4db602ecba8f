"""The city at the pages of expert review: form, assign, start, conclude; and who may look."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actors import Actor
from accounts.models import Role
from applications.models import Application, Call
from review.models import Panel, ScoreSheet
from review.services import panels, scoring
from tests import cast
from tests.pages import Visitor
from tests.review import making

pytestmark = pytest.mark.django_db


def test_the_city_takes_two_cases_from_the_pool_of_experts_to_the_recommended_list(call: Call, city: Actor) -> None:
    members = making.experts(4)
    rival = making.expert("rival", employer_code="91530100000000000X")
    first, second = (making.admitted(call, city) for _ in range(2))
    rival.user.expert_profile.employer_code = first.organisation.credit_code
    rival.user.expert_profile.save()
    officer = Visitor(city)
    page = officer.get("/review/panels/")
    assert "2 件申报已受理" in page.text
    page = officer.get(page.links["组建专家组"])
    assert "rival：工作单位是本批申报单位" in page.text
    page = officer.submit(
        page, "抽取并组建专家组",
        {"name": "第一组", "declare_due_on": "2026-06-05", "score_due_on": "2026-06-12", "draw": "3"},
    )  # fmt: skip
    panel = Panel.objects.get()
    assert (page.heading, panel.members.count()) == ("第一组 组建中", 3)
    assert rival.user not in [member.expert for member in panel.members.all()]
    page = officer.submit(page, "自动分派所选申报", {"application": [str(first.uuid), str(second.uuid)]})
    assert page.text.count("已办理") == 2
    page = officer.get(page.links["返回第一组"])
    page = officer.submit(officer.get(f"{panel.get_absolute_url()}start/"), "启动评审")
    assert page.heading == "第一组 评审中"
    drawn = [member.expert_id for member in panel.members.all()]
    seated = [member for member in members if member.user.pk in drawn]
    making.score_all(panel, seated, {first: "0.9", second: "0.7"})
    page = officer.get(f"{panel.get_absolute_url()}conclude/")
    assert page.soup.select("svg.strip circle.dot")
    typed = {f"selected-{first.uuid}": "on", "cut_reason": "按名次择优"}
    refused = officer.submit(page, "确定推荐认定名单", typed)
    assert (refused.status, refused.errors) == (422, [e for e in refused.errors if "未列入的申报须写明理由" in e])
    page = officer.submit(refused, "确定推荐认定名单", {**typed, f"reason-{second.uuid}": "名次在后"})
    assert page.heading == "第一组 已结束"
    assert [Application.objects.get(pk=a.pk).state for a in (first, second)] == ["shortlisted", "not_shortlisted"]
    assert "重演一致" in page.text


def test_nobody_sees_a_score_before_all_sheets_are_in(call: Call, city: Actor) -> None:
    members, application = making.experts(), making.admitted(call, city)
    panel = making.started(call, city, members, [application])
    sheet = making.score(members[0], making.sheet_of(panel, application, members[0]), "0.9", basics="12.5")
    auditor = cast.person("auditor", Role.AUDITOR)
    for reader in (Visitor(city), Visitor(auditor)):
        for address in (sheet.get_absolute_url(), panel.get_absolute_url()):
            text = reader.get(address).text
            assert str(sheet.total) not in text
            assert "12.50" not in text
    for member in members[1:]:
        making.score(member, making.sheet_of(panel, application, member))
    assert "12.50" in Visitor(city).get(sheet.get_absolute_url()).text


def test_the_conclusion_page_says_what_is_missing(call: Call, city: Actor) -> None:
    members, application = making.experts(), making.admitted(call, city)
    panel = making.started(call, city, members, [application])
    page = Visitor(city).get(f"/review/panels/{panel.uuid}/conclude/")
    assert (page.status, "3份评分未提交" in page.text) == (200, True)


@pytest.mark.parametrize("role", [Role.EXPERT, Role.INSPECTOR])
def test_other_roles_are_kept_out(call: Call, city: Actor, role: Role) -> None:
    panel = making.formed(call, city, making.experts())
    stranger = Visitor(cast.person("stranger", role))
    assert [stranger.get(a).status for a in ("/review/panels/", f"/review/panels/{panel.uuid}/")] == [403, 403]


def test_a_district_reads_only_its_own_results_and_no_scores(call: Call, city: Actor) -> None:
    members = making.experts()
    own = making.admitted(call, city, cast.organisation("本区单位", "panlong"))
    other = making.admitted(call, city, cast.organisation("外区单位", "guandu"))
    panel = making.started(call, city, members, [own, other])
    making.score_all(panel, members, {own: "0.9", other: "0.7"})
    officer = Visitor(cast.district_officer("reader", "panlong"))
    assert officer.get(panel.get_absolute_url()).status == 404
    panels.conclude(
        actor=city, panel=panel, cut_reason="按名次",
        choices=[panels.Choice(own.uuid, selected=True), panels.Choice(other.uuid, selected=False, reason="名次在后")],
    )  # fmt: skip
    page = officer.get(panel.get_absolute_url())
    mean = str(own.panel_case.mean)
    assert (page.status, own.platform_name in page.text, other.platform_name in page.text) == (200, True, False)
    assert mean not in page.text


def test_a_recused_expert_is_replaced_from_the_pool(call: Call, city: Actor) -> None:
    members, application = making.experts(), making.admitted(call, city)
    making.expert("spare")
    panel = making.started(call, city, members, [application])
    sheet = making.sheet_of(panel, application, members[0])
    scoring.recuse(actor=members[0], sheet=sheet, reason="所在单位与申报单位有合作")
    officer = Visitor(city)
    page = officer.get(panel.get_absolute_url())
    page = officer.submit(officer.get(page.links["接替expert1"]), "分派接替的专家")
    live = ScoreSheet.objects.filter(state="assigned").values_list("expert__username", flat=True)
    assert sorted(live) == ["expert2", "expert3", "spare"]


def test_a_client_of_the_applicant_is_not_assigned(call: Call, city: Actor) -> None:
    conflicted = making.expert("client", employer="示例客户有限公司", employer_code="91530102MA6K000000")
    members = [*making.experts(3), conflicted]
    row = {"year": 2025, "name": "示例客户有限公司", "credit_code": "91530102MA6K000000"}
    application = making.admitted(call, city, served=[row])
    panel = making.formed(call, city, members)
    page = Visitor(city).get(f"/review/panels/{panel.uuid}/cases/{application.uuid}/")
    assert "client：工作单位是申报单位的服务对象" in page.text
    assert panels.distribute(actor=city, panel=panel, applications=[application])[0].problem == ""
    assert not ScoreSheet.objects.filter(expert=conflicted.user).exists()


def test_a_relation_that_ended_long_ago_and_a_shared_name_do_not_exclude(call: Call, city: Actor) -> None:
    former = making.expert("former", employer="旧签约机构", employer_code="91530102MA6K111111")
    members = [*making.experts(2), former]
    row = {
        "name": "旧签约机构",
        "credit_code": "91530102MA6K111111",
        "starts_on": "2019-01-01",
        "ends_on": "2022-12-31",
    }
    application = making.admitted(call, city, institutions=[row], staff=[{"name": "expert1", "is_mentor": True}])
    panel = making.formed(call, city, members)
    outcome = panels.distribute(actor=city, panel=panel, applications=[application])[0]
    assert outcome.problem == "无利益关系的专家只有2名，还缺1名"
    officer = Visitor(city)
    page = officer.get(f"/review/panels/{panel.uuid}/cases/{application.uuid}/")
    assert "expert1（与申报单位创业导师同名）" in page.text
    chosen = [str(member.user.uuid) for member in members]
    refused = officer.submit(page, "分派所选专家", {"assignees": chosen})
    assert (refused.status, len(refused.errors)) == (422, 1)
    done = officer.submit(page, "分派所选专家", {"assignees": chosen, "reason": "已核实，同名不同人"})
    assert (done.status, ScoreSheet.objects.count()) == (200, 3)


def test_the_pages_of_panels_need_the_same_number_of_queries_for_one_case_and_for_many(call: Call, city: Actor) -> None:
    members = making.experts()
    panel = making.started(call, city, members, [making.admitted(call, city)])
    many = making.started(
        call, city, [making.expert(f"m{n}") for n in range(3)], [making.admitted(call, city) for _ in range(3)]
    )
    officer = Visitor(city)
    officer.get("/review/panels/")
    counts = []
    for address in (panel.get_absolute_url(), many.get_absolute_url()):
        with CaptureQueriesContext(connection) as queries:
            officer.get(address)
        counts.append(len(queries))
    assert counts[0] == counts[1]
