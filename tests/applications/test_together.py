"""Several people, or one person in two windows, at one draft: nothing is lost, the later one chooses, everybody sees who is there."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.actors import Actor
from applications import presence
from applications.merging import Merge, base_of, merge
from applications.models import Application, SectionVisit
from applications.schema import BY_KEY
from applications.services import filing, sections
from applications.services import presence as coming
from applications.services.sections import StaleSection
from tests import cast, drafts
from tests.pages import Page, Visitor
from timekeeping import clock

pytestmark = pytest.mark.django_db

FINANCE = BY_KEY["finance"]


@pytest.fixture
def filer() -> Actor:
    return cast.filer(cast.organisation())


@pytest.fixture
def colleague(filer: Actor) -> Actor:
    return cast.filer(filer.organisation, "王芳")


@pytest.fixture
def draft(filer: Actor) -> Application:
    return filing.create(actor=filer, call=cast.open_call(cast.city_officer()), platform_name="示例平台")


def at(draft: Application, *more: str) -> str:
    return draft.get_absolute_url() + "/".join([*more, ""])


@pytest.mark.parametrize(
    ("was", "yours", "theirs", "outcome"),
    [
        ({}, {"revenue": "1"}, {"liabilities": "2"}, ({"revenue": "1", "liabilities": "2"}, ("liabilities",), ())),
        ({"revenue": "1"}, {"revenue": ""}, {"revenue": "1"}, ({}, (), ())),
        ({"revenue": "1"}, {"revenue": "1"}, {"revenue": ""}, ({}, ("revenue",), ())),
        ({"revenue": "1"}, {"revenue": "2"}, {"revenue": "2"}, ({"revenue": "2"}, (), ())),
        ({"revenue": "1"}, {"revenue": "2"}, {"revenue": "3"}, ({"revenue": "2"}, (), ("revenue",))),
    ],
    ids=["different fields", "only yours", "only theirs", "the same change", "both"],
)
def test_each_field_comes_from_whoever_changed_it(was: Any, yours: Any, theirs: Any, outcome: Any) -> None:
    merged = merge(FINANCE, yours=yours, theirs=theirs, base=base_of(FINANCE, was))
    assert ({key: text for key, text in merged.data.items() if text}, merged.taken, merged.conflicts) == outcome


@pytest.mark.parametrize("base", ["", "0" * 11, "x" * 12 * len(FINANCE.fields)])
def test_without_a_base_every_difference_is_for_people(base: str) -> None:
    merged = merge(FINANCE, yours={"revenue": "1"}, theirs={"liabilities": "2"}, base=base)
    assert merged == Merge(merged.data, (), ("liabilities", "revenue"))


def test_a_conflict_names_the_fields_and_changes_nothing(draft: Application, filer: Actor, colleague: Actor) -> None:
    base = base_of(FINANCE, {})

    def save(actor: Actor, **data: str) -> None:
        sections.save(actor=actor, application=draft, key="finance", data=data, revision=0, base=base)

    save(colleague, total_assets="300", liabilities="20")
    with pytest.raises(StaleSection, match="王芳于") as stale:
        save(filer, total_assets="486.20", revenue="820")
    assert (stale.value.both.taken, stale.value.both.conflicts) == (("liabilities",), ("total_assets",))
    assert draft.sections.get().data["revenue"] == ""
    save(filer, total_assets="", revenue="820")
    kept = draft.sections.get()
    assert (kept.data["total_assets"], kept.data["liabilities"], kept.data["revenue"]) == ("300", "20", "820")
    assert (kept.revision, kept.saved_by) == (2, filer.user)


def test_changes_to_different_fields_meet_without_bothering_anybody(
    draft: Application, filer: Actor, colleague: Actor
) -> None:
    first, second = Visitor(filer), Visitor(colleague)
    mine, theirs = (visitor.get(at(draft, "section", "finance")) for visitor in (first, second))
    second.submit(theirs, "保存，稍后再填", {"total_assets": "300"})

    done = first.submit(mine, "保存，稍后再填", {"revenue": "820"})

    assert "同事同时修改的“上年末资产总额”已一并保留" in done.text
    data = draft.sections.get().data
    assert (data["total_assets"], data["revenue"]) == ("300", "820")


@pytest.mark.parametrize(("choice", "kept"), [("yours", "486.20"), ("theirs", "300")])
def test_without_javascript_the_later_one_chooses_field_by_field(
    draft: Application, filer: Actor, colleague: Actor, choice: str, kept: str
) -> None:
    first, second = Visitor(filer), Visitor(colleague)
    mine, theirs = (visitor.get(at(draft, "section", "finance")) for visitor in (first, second))
    second.submit(theirs, "保存，稍后再填", {"total_assets": "300", "liabilities": "20"})

    both = first.submit(mine, "保存并继续", {"total_assets": "486.20", "revenue": "820"})
    assert (both.status, [panel.get_text(strip=True) for panel in both.soup.select("main form h2")]) == (
        409, ["上年末资产总额"],
    )  # fmt: skip
    assert first.submit(both, "按所选内容保存", {"take-total_assets": choice}).status == 200

    data = draft.sections.get().data
    assert (data["total_assets"], data["liabilities"], data["revenue"]) == (kept, "20", "820")


def autosave(person: Actor, page: Page, **typed: str) -> Any:
    client = Client()
    assert person.user
    client.force_login(person.user, backend="django.contrib.auth.backends.ModelBackend")
    fields = {name: page.soup.find("input", {"name": name})["value"] for name in ("revision", "base")}
    return client.post(page.url, fields | typed, headers={"X-Autosave": "1"})


def test_a_page_that_saves_by_itself_learns_what_was_merged_and_what_to_choose(
    draft: Application, filer: Actor, colleague: Actor
) -> None:
    page = Visitor(filer).get(at(draft, "section", "finance"))
    autosave(colleague, page, total_assets="300")

    merged = autosave(filer, page, revenue="820").json()
    assert (merged["taken"], merged["note"]) == ({"total_assets": "300"}, "同事修改的“上年末资产总额”已一并保留。")
    assert (merged["revision"], merged["others"]) == (2, "王芳 正在填写（09:00）")
    refused = autosave(filer, page, total_assets="486.20", revenue="820")
    said = refused.json()
    assert refused.status_code == 409
    assert said["conflicts"] == [{"key": "total_assets", "label": "上年末资产总额", "shown": "300 万元"}]
    assert (said["theirs"], said["revision"], said["by"]) == ({"total_assets": "300"}, 2, "您在另一页面 09:00 填写")
    data = {"total_assets": "486.20", "revenue": "820", "revision": str(said["revision"]), "base": said["base"]}
    assert autosave(filer, page, **data).status_code == 200
    assert draft.sections.get().data["total_assets"] == "486.20"


def test_a_text_beyond_all_bounds_is_refused_and_kept_on_the_page(draft: Application, filer: Actor) -> None:
    visitor = Visitor(filer)
    page = visitor.get(at(draft, "section", "narrative"))
    refused = visitor.submit(page, "保存并继续", {"basics": "长" * 20_001, "plan": "三年规划"})
    assert (refused.status, "内容过长（20001字）" in refused.text) == (422, True)
    assert "三年规划" in refused.soup.find("textarea", {"name": "plan"}).get_text()
    assert not draft.sections.exists()


def test_colleagues_are_seen_at_their_section_until_they_leave(
    draft: Application, filer: Actor, colleague: Actor
) -> None:
    own, other = Visitor(filer), Visitor(colleague)
    page = other.get(at(draft, "section", "finance"))
    words = "王芳 正在填写（09:00）"

    assert words in own.get(at(draft)).text
    assert words in own.get(at(draft, "section", "finance")).text
    assert words not in own.get(at(draft, "section", "identity")).text
    assert words not in other.get(at(draft)).text
    other.submit(page, "保存，稍后再填", {"revenue": "820"})
    assert words not in own.get(at(draft)).text


def test_a_sign_of_life_keeps_a_colleague_in_sight_and_silence_does_not(
    draft: Application, filer: Actor, colleague: Actor
) -> None:
    now = clock.now()
    coming.here(actor=colleague, application=draft, key="finance")
    visitor = Visitor(colleague, client=Client())
    with clock.frozen(now + timedelta(minutes=9)):
        assert visitor.client.post(at(draft, "section", "finance", "presence")).json() == {"others": ""}
    for minutes, seen in ((18, ["finance"]), (19, [])):
        with clock.frozen(now + timedelta(minutes=minutes)):
            assert list(presence.elsewhere(draft, filer)) == seen
    assert SectionVisit.objects.count() == 1


def test_nobody_outside_leaves_a_trace_and_a_closed_section_has_no_visitors(draft: Application, filer: Actor) -> None:
    outsider = cast.filer(cast.organisation("另一单位"), "outsider")
    coming.here(actor=outsider, application=draft, key="finance")
    assert (
        Visitor(outsider, client=Client()).client.post(at(draft, "section", "finance", "presence")).status_code == 404
    )
    cast.put_into(draft, "awaiting_signature")
    draft.refresh_from_db()
    coming.here(actor=filer, application=draft, key="finance")
    assert not SectionVisit.objects.exists()


def test_one_part_is_checked_field_by_field_beside_its_list(filer: Actor) -> None:
    call = cast.open_call(cast.city_officer())
    draft = cast.complete_draft(call, filer.organisation, filer)
    service = drafts.sections(call)["service"]
    wrong = service | {"smes_last_year": "120", "satisfaction": "", "specialised_smes": "千"}
    sections.save(actor=filer, application=draft, key="service", data=wrong, revision=1)
    visitor = Visitor(filer)

    page = visitor.get(at(draft, "check", "service"))

    assert page.heading == "核对：服务规模与满意度"
    assert "还有 2 处需要填写或者更正" in page.text
    for words in (
        "120 家 服务中小企业清单 计算： 130家 不一致",
        "110 家 服务中小企业清单 计算： 110家 一致",
        "请填写数字，不含文字和单位。",
    ):
        assert words in page.text
    assert page.links["请填写。 用户满意度（自评）"] == at(draft, "section", "service") + "#id_satisfaction"
    assert "不一致" in visitor.get(at(draft, "check")).text
    saved = visitor.submit(visitor.get(at(draft, "section", "service")), "保存并核对本部分", service)
    assert (saved.heading, "没有需要改正的地方" in saved.text) == ("核对：服务规模与满意度", True)


def test_the_pages_ask_the_same_number_of_queries_however_many_are_there(draft: Application, filer: Actor) -> None:
    visitor = Visitor(filer)
    addresses = [at(draft), at(draft, "section", "finance"), at(draft, "check", "finance")]
    counts: list[int] = []
    for _ in range(2):
        for address in addresses:
            visitor.get(address)
            with CaptureQueriesContext(connection) as seen:
                visitor.get(address)
            counts.append(len(seen))
        for n in range(5):
            person = cast.filer(filer.organisation, f"同事{len(counts)}-{n}")
            for key in ("finance", "identity"):
                coming.here(actor=person, application=draft, key=key)
    assert counts[:3] == counts[3:]


def test_where_the_year_is_unpublished_the_task_list_says_so_beside_the_date() -> None:
    with clock.frozen(clock.shanghai(2026, 12, 20, 9)):
        filer = cast.filer(cast.organisation())
        draft = filing.create(actor=filer, call=cast.open_call(cast.city_officer()), platform_name="示例平台")
        page = Visitor(filer).get(at(draft))
        assert "放假安排未公布" in page.all_text
        assert "2027年1月9日09:00前，本单位填报，签字人确认并提交" in page.text
