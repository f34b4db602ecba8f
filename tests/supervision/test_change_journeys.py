"""Changes of a platform as its people and officers file and handle them: every step through the forms of rendered pages (Art. 20)."""

from typing import Any

import pytest
from django.urls import reverse

from accounts.actors import Actor
from files.pdf import text_of
from supervision.models import Change, Resolution
from tests import cast, drafts
from tests.pages import Page, Visitor
from tests.supervision.changes import FILED, LATE, Town
from timekeeping import clock

pytestmark = pytest.mark.django_db
LIST = "/supervision/changes/"


@pytest.fixture
def town() -> Town:
    return Town()


def file_by_form(town: Town, link: str, **typed: Any) -> Page:
    """The filer goes from the list to the matter, fills its form in and sends it."""
    visitor = Visitor(town.filer)
    page = visitor.get(visitor.get(LIST).links["报备变更"])
    page = visitor.get(page.links[link])
    typed = {"completed_on": "2026-07-01", "truthful": "on", **typed}
    return visitor.submit(page, "同时报备县区和市局", typed, proof_1=drafts.upload("证明.pdf", "evidence"))


def take(actor: Actor, change: Change, step: str, button: str, **typed: Any) -> Page:
    """An officer opens the filing, follows the button of the step and sends its form."""
    visitor = Visitor(actor)
    page = visitor.get(change.get_absolute_url())
    address = reverse("supervision:change_step", args=[change.uuid, step])
    assert address in page.links.values(), f"{step} is not offered: {page.text}"
    return visitor.submit(visitor.get(address), button, typed)


def test_a_change_of_name_on_time_from_the_form_to_the_register(town: Town) -> None:
    with clock.frozen(FILED):
        page = file_by_form(town, "报备平台名称变更", platform_name="新示例平台")
        change = Change.objects.get()
        assert "县区回执 BGQ-2026-0001，市局回执 BGS-2026-0001" in page.text
        assert ("按期报备" in page.text, "最后一日为2026年7月15日" in page.text) == (True, True)
        receipt = text_of(Visitor(town.filer).get(page.links["下载回执（PDF）"]).body)
        assert ("BGQ-2026-0001" in receipt, "BGS-2026-0001" in receipt, "示例平台 → 新示例平台" in receipt) == (
            True, True, True,
        )  # fmt: skip
    with clock.frozen(LATE):
        assert "核对变更备案" in Visitor(town.old).get("/desk/").text
        assert "已核对" in take(town.old, change, "examine", "县区核对", opinion="材料齐全，情况属实。").text
        assert "备案并更新名录" in Visitor(town.city).get("/desk/").text
        done = take(town.city, change, "register", "备案并更新名录", conclusion="同意备案。")
        assert "已备案，名录已更新。" in done.text
        public = Visitor().get("/register/")
    assert ("新示例平台" in public.text, "原名：示例平台" in public.text) == (True, True)


def test_a_change_of_name_late_is_accepted_and_marked_for_officers_only(town: Town) -> None:
    with clock.frozen(LATE):
        page = file_by_form(town, "报备平台名称变更", platform_name="新示例平台", explanation="经办人离职，交接延误。")
        assert ("逾期报备" in page.text, "照常受理并标注" in page.text) == (True, True)
        change = Change.objects.get()
        assert "逾期报备" in Visitor(town.old).get(f"{LIST}?tab=filed").text
        take(town.old, change, "examine", "县区核对", opinion="属实")
        take(town.city, change, "register", "备案并更新名录")
        public = Visitor().get(town.fresh().public_url())
    assert ("新示例平台" in public.text, "逾期" in public.text) == (True, False)


def test_what_is_wrong_stays_on_the_form_with_everything_typed(town: Town) -> None:
    with clock.frozen(LATE):
        page = file_by_form(town, "报备平台名称变更", platform_name="示例平台", completed_on="2026-08-01")
    assert (page.status, Change.objects.count()) == (422, 0)
    assert page.errors == ["更改完成日期：变更应在完成后报备，完成日期不能晚于今天。"]
    assert page.soup.select_one("#id_platform_name")["value"] == "示例平台"


def test_everything_that_is_wrong_is_said_at_once(town: Town) -> None:
    with clock.frozen(LATE):
        page = file_by_form(town, "报备平台名称变更", platform_name="", completed_on="2026-08-01", truthful="")
    assert page.errors == [
        "请填写新的平台名称", "更改完成日期：变更应在完成后报备，完成日期不能晚于今天。", "请确认材料真实后报备。",
    ]  # fmt: skip


def test_a_returned_filing_is_completed_by_the_platform_and_goes_on(town: Town) -> None:
    with clock.frozen(FILED):
        file_by_form(town, "报备法定代表人变更", legal_representative="新任法人")
    change = Change.objects.get()
    with clock.frozen(LATE):
        take(town.old, change, "return_for_correction", "退回补正", reason="请补充变更后的执照副本。")
        visitor = Visitor(town.signatory)
        assert "补正后重新报备变更" in visitor.get("/desk/").text
        said = visitor.get(change.get_absolute_url()).soup.select_one("header + .note").get_text(" ", strip=True)
        assert said == f"{town.old.user.name}退回，请补正： 请补充变更后的执照副本。"
        page = visitor.get(reverse("supervision:change_refile", args=[change.uuid]))
        assert "请补充变更后的执照副本。" in page.text
        again = visitor.submit(page, "重新报备", {"truthful": "on"}, proof_1=drafts.upload("副本.pdf", "evidence"))
        assert ("已重新报备" in again.text, "按期报备" in again.text) == (True, True)
        take(town.old, change, "examine", "县区核对", opinion="属实")
        take(town.city, change, "register", "备案并更新名录")
    assert town.fresh().platform.organisation.legal_representative == "新任法人"


def test_a_move_leaves_the_history_to_the_old_district_and_the_duties_to_the_new(town: Town) -> None:
    with clock.frozen(FILED):
        file_by_form(town, "报备迁移到其他县(市)区", district="wuhua", service_address="五华区新路1号")
    change = Change.objects.get()
    with clock.frozen(LATE):
        assert Visitor(town.new).get(change.get_absolute_url()).status == 404
        take(town.old, change, "examine", "县区核对", opinion="属实")
        take(town.city, change, "register", "备案并更新名录")
        old, new = (Visitor(actor).get("/register/titles/") for actor in (town.old, town.new))
        assert ("已迁出本区，仅供查阅" in old.text, "已迁出本区" in new.text, "示例平台" in new.text) == (
            True,
            False,
            True,
        )
        assert "盘龙区" in Visitor(town.old).get(town.fresh().get_absolute_url()).text
        file_by_form(town, "报备平台名称变更", platform_name="迁后平台")
        later = Change.objects.get(kind="platform_name")
        assert Visitor(town.old).get(later.get_absolute_url()).status == 404
        assert "已核对" in take(town.new, later, "examine", "县区核对", opinion="属实").text


def test_another_operator_takes_over_by_verification_and_collective_decision(town: Town) -> None:
    with clock.frozen(FILED):
        file_by_form(town, "报备运营单位变更", **town.another_operator())
    change = Change.objects.get()
    with clock.frozen(LATE):
        take(town.old, change, "examine", "县区核对", opinion="属实")
        page = Visitor(town.city).get(reverse("supervision:change_step", args=[change.uuid, "register"]))
        assert "变更运营单位须经重新核验和集体决策" in page.text
        refer = Visitor(town.city)
        form = refer.get(reverse("supervision:change_step", args=[change.uuid, "refer"]))
        done = refer.submit(
            form,
            "提请集体决策",
            {"findings": "场所、人员和制度均能承接。"},
            paper_1=drafts.upload("核验.pdf", "evidence"),
        )
        assert "已提请集体决策。" in done.text
        decided = decide(town, change)
        assert decided.status == 200
        public = Visitor().get(town.fresh().public_url())
    title = town.fresh()
    assert (title.operator_name, title.number, title.valid_to) == (
        "承接示例有限公司",
        town.title.number,
        town.title.valid_to,
    )
    assert ("承接示例有限公司" in public.text, "示例创新服务有限公司" in public.text) == (True, True)


def decide(town: Town, change: Change) -> Page:
    """The second officer enters the minutes, a third one confirms them."""
    second, third = Visitor(town.second), Visitor(cast.city_officer("third"))
    page = second.get("/supervision/resolutions/enter/")
    typed = {
        "kind": "party_group", "held_on": "2026-07-16", "minutes_number": "2026-20", "attendance": "示例局长",
        f"r-{change.uuid}-outcome": "approve", f"r-{change.uuid}-reason": "具备承接条件。",
    }  # fmt: skip
    entered = second.submit(page, "录入，送另一人复核", typed, minutes=drafts.upload("纪要.pdf", "minutes"))
    assert entered.status == 200, entered.errors
    form = third.get(Resolution.objects.get().get_absolute_url())
    return third.submit(form, "确认与会议纪要一致，使决定生效", {"same_meeting": "on", "same_rulings": "on"})
