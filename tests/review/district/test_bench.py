"""The workbench: what changed marked where it stands, the way from case to case, common phrases, two officers on one file."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actors import Actor
from accounts.models import Role
from applications.models import Application, Call
from review import checklist
from review.models import CheckItem, Phrase
from review.selectors import checks
from review.services import district, phrases
from tests import cast
from tests.pages import Page, Visitor
from tests.review import build

pytestmark = pytest.mark.django_db
ASSETS = "section-finance-assets"


def bench(application: Application, part: str = "overview", **query: str) -> str:
    more = "".join(f"&{name}={value}" for name, value in query.items())
    return f"/review/applications/{application.uuid}/?part={part}{more}"


def marked(page: Page) -> list[tuple[str, str]]:
    """(old, new) of every change marked in the middle column."""
    found = []
    for cell in page.soup.select(".col-view dd, .col-view td > span"):
        old, new = cell.select_one(":scope > del"), cell.select_one(":scope > ins")
        if old or new:
            found.append(tuple(mark.get_text(strip=True)[2:] if mark else "" for mark in (old, new)))
    return found


def test_the_officer_sees_exactly_what_changed_where_it_stands(application: Application, officer: Actor) -> None:
    build.changed(application)
    visitor = Visitor(officer)
    section = visitor.get(bench(application, "section-finance"))
    assert marked(section) == [("486.20 万元", "520.00 万元")]
    rows = visitor.get(bench(application, "list-served", only="changed")).soup.select(".marked tbody tr")
    assert [row.get("class") for row in rows] == [["is-changed"], ["is-changed"], ["is-added"], ["is-removed"]]
    page = visitor.get(bench(application, "list-served", only="changed"))
    assert marked(page)[0] == ("示例企业001有限公司", "示例更名有限公司")
    assert "联系电话：138****0002 → 139****9999" in rows[1].get_text()
    assert "示例新增有限公司" in rows[2].get_text() and "示例企业100有限公司" in rows[3].get_text()
    files = visitor.get(bench(application, "material-3")).soup.select(".filetabs a")
    assert [" ".join(file.get_text(" ", strip=True).split()[-2:]) for file in files] == [
        "新增 更正报表.pdf",
        "已移除 材料.pdf",
    ]
    contents = visitor.get(bench(application)).soup.select(".toc li")
    assert [line.get_text(strip=True)[:6] for line in contents if "有改动" in line.get_text()] == [
        "资产与财务有", "服务中小企业", "3 上一年度",
    ]  # fmt: skip


def test_a_first_version_marks_nothing(application: Application, officer: Actor) -> None:
    visitor = Visitor(officer)
    for part in ("section-identity", "list-served", "material-3"):
        page = visitor.get(bench(application, part))
        assert marked(page) == [] and "有改动" not in page.text


def test_answers_on_unchanged_parts_last_over_several_versions(application: Application, officer: Actor) -> None:
    build.check_all(officer, application)
    for _ in range(2):
        build.changed(application)
    standing = checks.standing(Application.objects.get(pk=application.pk))
    assert standing.answers["section-premises-place"].carried
    assert ASSETS not in standing.answers


def test_one_goes_through_the_filtered_list_and_saves_on_the_way(call: Call, officer: Actor) -> None:
    first, second, third = (build.submitted(call, name=name) for name in ("示例甲", "示例乙", "示例丙"))
    district.accept(actor=officer, application=second)
    visitor = Visitor(officer)
    page = visitor.get(bench(first, "section-finance", tab="mine", state="submitted"))
    assert "第 1 件，共 2 件" in page.body.decode()
    after = visitor.submit(page, "保存并下一件", {f"v-{ASSETS}": "ok"})
    assert after.heading == third.platform_name
    assert CheckItem.objects.get().application == first
    last = visitor.get(bench(third, "section-finance", tab="mine", state="submitted"))
    assert "保存并下一件" not in last.text and "上一件" in last.body.decode()


def test_a_phrase_of_the_district_is_written_into_the_note_without_javascript(
    application: Application, officer: Actor, stranger: Actor
) -> None:
    own = phrases.add(actor=officer, item=ASSETS, text="请附资产负债表。")
    anywhere = phrases.add(actor=officer, text="请逐页盖章。")
    foreign = phrases.add(actor=stranger, text="五华区的话。")
    visitor = Visitor(officer)
    page = visitor.get(bench(application, "section-finance"))
    offered = {str(option["value"]) for option in page.soup.select(f"#p-{ASSETS} option")}
    assert offered == {"", str(own.uuid), str(anywhere.uuid)}
    assert str(own.uuid) not in str(page.soup.select_one("#p-section-finance-income"))
    typed = {f"n-{ASSETS}": "金额不一致。", f"p-{ASSETS}": str(own.uuid)}
    target = page.form("保存")["action"]
    body = {
        "csrfmiddlewaretoken": page.soup.find("input", {"name": "csrfmiddlewaretoken"})["value"],
        "do": f"insert-{ASSETS}", **typed,
    }  # fmt: skip
    assert visitor.client.post(str(target), body).status_code == 302
    saved = CheckItem.objects.get()
    assert (saved.key, saved.verdict, saved.note) == (ASSETS, "fix", "金额不一致。\n请附资产负债表。")
    # A foreign phrase, or a retired one, is not written.
    phrases.retire(actor=officer, phrase=own)
    for other in (foreign, own):
        body |= {
            f"p-{ASSETS}": str(other.uuid),
            f"s-{ASSETS}": saved.token,
            f"v-{ASSETS}": "fix",
            f"n-{ASSETS}": saved.note,
        }
        visitor.client.post(str(target), body)
        assert CheckItem.objects.get().note == "金额不一致。\n请附资产负债表。"


def test_phrases_are_kept_by_the_officers_of_their_district(officer: Actor, stranger: Actor, city: Actor) -> None:
    visitor, other = Visitor(officer), Visitor(stranger)
    page = visitor.get("/review/phrases/")
    assert visitor.submit(page, "添加", {"text": " "}).errors == ["请填写常用语"]
    done = visitor.submit(page, "添加", {"text": "请逐页盖章。", "item": ASSETS})
    assert "请逐页盖章。" in done.text and done.status == 200
    twice = visitor.submit(done, "添加", {"text": "请逐页盖章。", "item": ASSETS})
    assert (twice.status, "该事项下已有同样的常用语" in twice.errors[0]) == (422, True)
    phrase = Phrase.objects.get()
    assert "请逐页盖章" not in other.get("/review/phrases/").text
    retire = f"/review/phrases/{phrase.uuid}/retire/"
    other.client.handler.enforce_csrf_checks = visitor.client.handler.enforce_csrf_checks = False
    assert other.client.post(retire).status_code == 404
    assert {Visitor(one).get("/review/phrases/").status for one in (city, cast.person("auditor", Role.AUDITOR))} == {
        403
    }
    assert Visitor().get("/review/phrases/").heading == "登录"
    assert visitor.client.post(retire).status_code == 302
    assert "还没有常用语" in visitor.get("/review/phrases/").text
    with pytest.raises(ValidationError, match="不超过500字"):
        phrases.add(actor=officer, text="长" * 501)


def test_the_later_of_two_officers_sees_both_texts_and_nothing_is_lost(
    application: Application, officer: Actor, colleague: Actor
) -> None:
    first, second = Visitor(officer), Visitor(colleague)
    mine, theirs = first.get(bench(application, "section-finance")), second.get(bench(application, "section-finance"))
    first.submit(mine, "保存", {f"v-{ASSETS}": "fix", f"n-{ASSETS}": "甲的说明"})
    refused = second.submit(
        theirs, "保存", {f"v-{ASSETS}": "fix", f"n-{ASSETS}": "乙的说明", "v-section-finance-credit": "ok"}
    )
    assert refused.status == 409
    assert "district更改了其中 1 项" in refused.body.decode()
    assert "district 于 2026-11-23 09:00 写的是： 需补正：甲的说明" in refused.text
    assert refused.soup.find("textarea", {"name": f"n-{ASSETS}"}).text.strip() == "乙的说明"
    assert refused.soup.select_one('[name="v-section-finance-credit"][value="ok"]').has_attr("checked")
    assert list(CheckItem.objects.values_list("key", "note")) == [(ASSETS, "甲的说明")]
    second.submit(refused, "保存")  # knowing both, the second one decides
    assert dict(CheckItem.objects.values_list("key", "note")) == {ASSETS: "乙的说明", "section-finance-credit": ""}
    assert CheckItem.objects.get(key=ASSETS).revision == 2


def test_officers_on_different_items_of_one_page_do_not_disturb_each_other(
    application: Application, officer: Actor, colleague: Actor
) -> None:
    first, second = Visitor(officer), Visitor(colleague)
    mine, theirs = first.get(bench(application, "section-finance")), second.get(bench(application, "section-finance"))
    first.submit(mine, "保存", {f"v-{ASSETS}": "fix", f"n-{ASSETS}": "甲的说明"})
    assert second.submit(theirs, "其余全部符合并保存", {"v-section-finance-credit": "na"}).status == 200
    kept = dict(CheckItem.objects.values_list("key", "verdict"))
    assert kept == {ASSETS: "fix", "section-finance-income": "ok", "section-finance-credit": "na"}


def test_an_autosave_goes_on_from_its_own_last_one_and_tells_of_a_colleague(
    application: Application, officer: Actor, colleague: Actor
) -> None:
    visitor = Visitor(officer)
    visitor.client.handler.enforce_csrf_checks = False
    address, quietly = bench(application, "section-finance"), {"X-Autosave": "1"}
    body = {f"v-{ASSETS}": "fix", f"n-{ASSETS}": "一"}
    for note in ("一", "一二", "一二三"):
        body[f"n-{ASSETS}"] = note
        answer = visitor.client.post(address, body, headers=quietly)
        assert answer.status_code == 200
        body |= answer.json()["fields"]
    assert CheckItem.objects.get().note == "一二三"
    district.save_checks(actor=colleague, application=application, answers={ASSETS: ("ok", "")})
    answer = visitor.client.post(address, {**body, f"n-{ASSETS}": "四"}, headers=quietly)
    assert (answer.status_code, CheckItem.objects.get().verdict) == (409, "ok")
    assert "colleague更改了其中 1 项" in answer.json()["message"]
    assert "按“保存”可并列看到两份内容" in answer.json()["message"]


def test_what_was_typed_is_kept_when_it_cannot_be_saved(
    application: Application, officer: Actor, colleague: Actor
) -> None:
    visitor = Visitor(officer)
    page = visitor.get(bench(application, "section-finance"))
    wrong = visitor.submit(page, "保存", {f"v-{ASSETS}": "fix", f"n-{ASSETS}": "长" * 501})
    assert (wrong.status, len(wrong.soup.find("textarea", {"name": f"n-{ASSETS}"}).text.strip())) == (422, 501)
    assert "告知申报单位" in wrong.errors[0]
    district.accept(actor=colleague, application=application)
    late = visitor.submit(page, "保存", {f"v-{ASSETS}": "fix", f"n-{ASSETS}": "我写的说明"})
    assert late.status == 409
    assert "办理“受理”" in late.body.decode()
    assert late.soup.find("textarea", {"name": f"n-{ASSETS}"}).text.strip() == "我写的说明"
    assert visitor.submit(late, "保存").status == 200
    assert CheckItem.objects.get().note == "我写的说明"


def test_long_lists_and_many_versions_cost_no_more_queries(call: Call, officer: Actor) -> None:
    visitor, found = Visitor(officer), []
    for count, name in ((3, "示例甲"), (200, "示例乙")):
        one = build.submitted(call, name=name, rows=build.served(count, 2025))
        build.changed(one)
        for part in ("overview", "list-served", "section-finance"):
            visitor.get(bench(one, part))
            with CaptureQueriesContext(connection) as queries:
                visitor.get(bench(one, part))
            found.append(len(queries))
    assert found[:3] == found[3:]
    assert max(found) < 60, found


def test_every_item_of_the_checklist_has_a_token_of_its_answer() -> None:
    assert checklist.token_of("", "x") == ""
    assert (
        checklist.token_of("fix", "一\r\n二 ")
        == checklist.token_of("fix", "一\n二")
        != checklist.token_of("ok", "一\n二")
    )
