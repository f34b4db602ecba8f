"""Automatic flags: what they ask, of whom they tell whom, how they are answered, and how long an answer holds."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.actors import Actor
from accounts.models import Role
from applications.models import Application, Call
from applications.services import lists, materials
from lifecycle.errors import NotAllowed, WrongStage
from regulation.facts import Mismatch
from regulation.identifiers import make_credit_code, organisation_code_agrees, organisation_digit
from review import flags
from review.models import FlagAnswer, FlagCount
from review.scans import flags as scans
from review.selectors import flags as selectors
from review.services import district
from review.services.clashes import Clash
from review.services.flags import Noted, answer_flags
from tests import cast, drafts
from tests.pages import Visitor
from tests.review import build
from timekeeping import clock

pytestmark = pytest.mark.django_db


def code(n: int, registered: str = "91530100") -> str:
    organisation = f"MA{n:06d}"
    return make_credit_code(f"{registered}{organisation}{organisation_digit(organisation)}")


SME = {
    "name": "示例企业", "credit_code": code(1), "year": 2025, "size": "small", "served_on": "2025-05-06", "phone": "13900000001",
}  # fmt: skip
PERSON = {"name": "示例人员", "id_number": ""}
CONTRACT = {"name": "示例机构", "credit_code": code(2), "starts_on": "2025-01-01", "ends_on": "2027-12-31"}
ACTIVITY = {"name": "第1期", "held_on": "2025-03-15"}
MONEY = {"name": "示例企业", "credit_code": code(1), "arranged_on": "2025-03-15"}
VOLUME = {"service": "诊断", "year": 2025}
ORDINARY = {
    "served": [SME, {**SME, "credit_code": code(3), "phone": "13900000003"}],
    "staff": [PERSON, {**PERSON, "name": "另一人员"}], "institutions": [CONTRACT], "activities": [ACTIVITY],
    "financing": [MONEY], "services": [VOLUME],
}  # fmt: skip


def case(**changed: list[dict[str, Any]]) -> flags.Case:
    content = {"lists": {**ORDINARY, **changed}, "organisation": {"credit_code": code(9)}, "materials": []}
    return flags.Case(content, closes_on=date(2026, 12, 12), own_phones=frozenset({"13800000001"}))


def asked(**changed: list[dict[str, Any]]) -> list[tuple[str, str, tuple[int, ...]]]:
    return [(flag.kind, flag.of, flag.rows) for flag in flags.of_case(case(**changed))]


# fmt: off
ODD: tuple[tuple[str, str, dict[str, Any], dict[str, Any]], ...] = (
    ("credit_code",       "served",       SME,      {"credit_code": "91530100MA0000000X"}),
    ("organisation_code", "served",       SME,      {"credit_code": make_credit_code("91530100MA0000019")}),
    ("large",             "served",       SME,      {"size": "large"}),
    ("sole_trader",       "served",       SME,      {"credit_code": code(4, "92530100")}),
    ("self",              "served",       SME,      {"credit_code": code(9)}),
    ("own_phone",         "served",       SME,      {"phone": "138 0000 0001"}),
    ("served_elsewhere",  "served",       SME,      {"served_on": "2024-12-31"}),
    ("credit_code",       "institutions", CONTRACT, {"credit_code": "x"}),
    ("self",              "institutions", CONTRACT, {"credit_code": code(9)}),
    ("not_in_force",      "institutions", CONTRACT, {"ends_on": "2026-12-11"}),
    ("outside_year",      "activities",   ACTIVITY, {"held_on": "2026-01-01"}),
    ("outside_year",      "financing",    MONEY,    {"arranged_on": "2024-12-31"}),
    ("outside_year",      "services",     VOLUME,   {"year": 2024}),
)
# fmt: on


def test_nothing_is_asked_about_an_ordinary_case() -> None:
    assert asked() == []
    # At their boundaries: the last day of a contract, a sole trader called one, a namesake with identity numbers of both.
    assert asked(institutions=[{**CONTRACT, "ends_on": "2026-12-12"}, {**CONTRACT, "ends_on": None}]) == []
    assert asked(served=[{**SME, "credit_code": code(4, "92530100"), "size": "sole_trader"}]) == []
    assert asked(staff=[{**PERSON, "id_number": "1"}, {**PERSON, "id_number": "2"}]) == []
    assert asked(served=[SME, {**SME, "year": 2024, "served_on": "2024-05-06"}]) == []


@pytest.mark.parametrize(("kind", "of", "row", "odd"), ODD)
def test_each_oddity_is_asked_about_at_its_row(kind: str, of: str, row: dict[str, Any], odd: dict[str, Any]) -> None:
    assert organisation_code_agrees(code(1))
    assert asked(**{of: [{**row, "phone": ""}, {**row, **odd}]}) == [(kind, of, (1,))]


def test_the_same_person_and_the_same_telephone_are_asked_about_together() -> None:
    twice = [{**PERSON, "id_number": "53010219900101001x"}, {"name": "化名", "id_number": "53010219900101001X"}]
    assert asked(staff=twice) == [("staff_repeated", "staff", (0, 1))]
    assert asked(staff=[PERSON, {"name": "示例 人员", "id_number": "2"}]) == [("staff_namesake", "staff", (0, 1))]
    same = [SME, {**SME, "credit_code": code(3)}]
    assert asked(served=same) == [("repeated_phone", "served", (0, 1))]


def test_a_declared_figure_that_differs_is_asked_about_where_it_was_declared() -> None:
    one = Mismatch("full_time_staff", "专职服务人员数（人）", 20, 18)
    [flag] = flags.of_case(replace(case(), mismatches=(("management", one),)))
    assert (flag.slug, flag.question) == (
        "section-management", "专职服务人员数（人）填报 20，按清单为 18：以哪一个为准，差在哪里？"
    )  # fmt: skip


def test_a_key_holds_as_long_as_the_flagged_rows_do() -> None:
    large = {**SME, "size": "large"}
    [before] = flags.of_case(case(served=[SME, large]))
    [moved] = flags.of_case(case(served=[large, {**SME, "name": "改名"}]))
    [changed] = flags.of_case(case(served=[SME, {**large, "name": "改名"}]))
    assert before.key == moved.key != changed.key


@pytest.fixture
def pair(call: Call) -> Callable[..., tuple[Application, Application]]:
    """Two applications filed through the services that share an SME, a telephone, a person, an institution and a contract file."""

    def file(slug: str = "panlong", **kwargs: Any) -> tuple[Application, Application]:
        first = cast.organisation("示例甲")
        second = cast.organisation("示例乙", slug)
        clerks = [cast.filer(first, "first filer"), cast.filer(second, "second filer")]
        signers = [cast.signatory(first, "first signer"), cast.signatory(second, "second signer")]
        made = [
            cast.complete_draft(call, clerk.organisation, clerk, f"{clerk.organisation.name}平台") for clerk in clerks
        ]
        shared = drafts.lists(call, first)
        served = drafts.lists(call, second)["served"]
        served[0] |= {name: shared["served"][0][name] for name in ("name", "credit_code", "phone")}
        served[1] |= {"phone": shared["served"][5]["phone"]}
        # The same SME in another year is nobody's question.
        served[200] |= {"credit_code": shared["served"][114]["credit_code"]}
        lists.write_rows(actor=clerks[1], application=made[1], kind="served", rows=served)
        for clerk, one in zip(clerks, made, strict=True):
            staff = [
                {**row, "id_number": "530102199001010017"} if n == 0 else row for n, row in enumerate(shared["staff"])
            ]
            lists.write_rows(actor=clerk, application=one, kind="staff", rows=staff)
        lists.write_rows(actor=clerks[1], application=made[1], kind="institutions", rows=shared["institutions"][:3])
        submitted = [
            cast.submit(signer, cast.request_signature(clerk, one))
            for clerk, signer, one in zip(clerks, signers, made, strict=True)
        ]
        return submitted[0], submitted[1]

    return file


def shared(actor: Actor, application: Application) -> dict[str, tuple[int, str]]:
    """Kind → rows or files and the words, of what is shared with others; files of every class together."""
    found: dict[str, tuple[int, str]] = {}
    for one in selectors.told_to(actor, application):
        if one.flag.kind.startswith("shared_"):
            number = len(one.flag.rows or one.flag.files) + found.get(one.flag.kind, (0, ""))[0]
            found[one.flag.kind] = (number, one.question)
    return found


def test_what_two_applications_share_is_asked_of_both(pair: Callable, officer: Actor) -> None:
    first, second = pair()
    mine, theirs = shared(officer, first), shared(officer, second)
    # The papers of the tests are all the same file.
    files = len(first.current_version.content["materials"])
    assert {kind: number for kind, (number, _) in mine.items()} == {
        "shared_enterprise": 1, "shared_phone": 3, "shared_person": 1, "shared_institution": 3, "shared_file": files,
    }  # fmt: skip
    assert {kind: number for kind, (number, _) in theirs.items()} == {
        "shared_enterprise": 1, "shared_phone": 1, "shared_person": 1, "shared_institution": 3, "shared_file": files,
    }  # fmt: skip
    assert mine["shared_enterprise"][1] == "1 行服务企业同年也列在“示例乙平台”的清单里：是否都提供了服务？"
    page = Visitor(officer).get(f"/review/applications/{first.uuid}/?part=flags-all")
    assert page.links["打开“示例乙平台”"] == f"/review/applications/{second.uuid}/"
    [enterprise] = [one for one in selectors.told_to(officer, first) if one.flag.kind == "shared_enterprise"]
    rows = Visitor(officer).get(f"/review/applications/{first.uuid}/?part=list-served&flag={enterprise.flag.key}")
    assert len(rows.soup.select(".marked tbody tr")) == 1


def test_of_another_district_no_more_than_its_name_is_told(
    pair: Callable, officer: Actor, stranger: Actor, city: Actor
) -> None:
    first, second = pair("wuhua")
    pages = [
        Visitor(officer).get(f"/review/applications/{first.uuid}/?part={part}") for part in ("flags-all", "list-served")
    ]
    assert "1 行服务企业同年也列在五华区的一家申报平台的清单里" in pages[0].text
    for page in pages:
        for secret in (second.platform_name, second.organisation.name, second.receipt_number, str(second.uuid)):
            assert secret not in page.body.decode()
    assert "盘龙区的一家申报平台" in shared(stranger, second)["shared_enterprise"][1]
    assert "“示例乙平台”" in shared(city, first)["shared_enterprise"][1]


def test_drafts_withdrawn_applications_and_former_versions_are_left_out(
    pair: Callable, call: Call, officer: Actor
) -> None:
    first, second = pair()
    third = cast.filer(cast.organisation("示例丙"), "third")
    draft = cast.complete_draft(call, third.organisation, third)
    rows = drafts.lists(call, first.organisation)
    lists.write_rows(actor=third, application=draft, kind="served", rows=rows["served"])
    assert len({one.other.pk for one in selectors.found_in(first) if one.other}) == 1
    removed = second.materials.get(document="institution_contracts")
    district.return_for_correction(
        actor=officer, application=second, defects=[district.handling.Defect("material", "7", "请更换。")]
    )
    before = shared(officer, first)["shared_file"][0]
    materials.remove(actor=cast.actor_of(second), material=removed)
    assert shared(officer, first)["shared_file"][0] == before  # what is being corrected still stands as filed
    from applications.services import submission

    submission.withdraw(actor=cast.actor_of(second, Role.SIGNATORY), application=second, reason="不再申报。")
    assert shared(officer, first) == {}


def large_rows(count: int = 100) -> list[dict[str, Any]]:
    rows = [{**row, "credit_code": code(n)} for n, row in enumerate(build.served(count, 2025), 1)]
    return [{**rows[0], "size": "large"}, {**rows[1], "served_on": "2024-05-06"}, *rows[2:]]


@pytest.fixture
def flagged(call: Call) -> Application:
    """A case with three flags: a large enterprise, a date outside its year, a telephone like the applicant's."""
    return build.submitted(call, rows=large_rows())


def keys(application: Application, actor: Actor) -> dict[str, str]:
    return {one.flag.kind: one.flag.key for one in selectors.told_to(actor, application)}


def test_an_answer_holds_for_the_next_version_while_its_rows_do(flagged: Application, officer: Actor) -> None:
    known = keys(flagged, officer)
    assert set(known) == {"large", "served_elsewhere", "own_phone"}
    notes = {known["large"]: Noted("已核对，确属大型。"), known["served_elsewhere"]: Noted("已电话核实。")}
    assert len(answer_flags(actor=officer, application=flagged, notes=notes)) == 2
    assert (flagged.flag_count.open, flagged.flag_count.total) == (1, 3)
    content = deepcopy(flagged.current_version.content)
    content["lists"]["served"][1]["name"] = "改名企业"
    build.freeze(flagged, content, officer)
    again = {one.flag.kind: one for one in selectors.told_to(officer, flagged)}
    assert again["large"].answer and (again["large"].answer.note, again["large"].carried) == (
        "已核对，确属大型。",
        True,
    )
    assert again["served_elsewhere"].answer is None


def test_an_answer_put_right_leaves_the_first_one_on_record(flagged: Application, officer: Actor) -> None:
    key = keys(flagged, officer)["large"]
    [first] = answer_flags(actor=officer, application=flagged, notes={key: Noted("是大型。")})
    answer_flags(actor=officer, application=flagged, notes={key: Noted("是中型。", seen=str(first.pk))})
    kept = [(one.note, bool(one.replaced_at)) for one in FlagAnswer.objects.order_by("pk")]
    assert kept == [("是大型。", True), ("是中型。", False)]


def test_the_later_of_two_officers_sees_both_answers(flagged: Application, officer: Actor, colleague: Actor) -> None:
    key, address = keys(flagged, officer)["large"], f"/review/applications/{flagged.uuid}/?part=flags-all"
    first, second = Visitor(officer), Visitor(colleague)
    page, other = first.get(address), second.get(address)
    assert first.submit(page, "保存", {f"f-{key}": "确属大型。"}).status == 200
    refused = second.submit(other, "保存", {f"f-{key}": "属中型。"})
    assert refused.status == 409
    assert "district 于 2026-11-23 09:00 写的是： 确属大型。" in refused.text
    assert refused.soup.find("textarea", {"name": f"f-{key}"}).text.strip() == "属中型。"
    assert FlagAnswer.objects.get().note == "确属大型。"
    assert second.submit(refused, "保存").status == 200  # knowing both
    assert selectors.answers_of(flagged)[key].note == "属中型。"


def test_only_the_district_answers_and_only_while_it_is_its_turn(
    flagged: Application, officer: Actor, stranger: Actor, city: Actor
) -> None:
    notes = {keys(flagged, officer)["large"]: Noted("x")}
    for other in (stranger, city, cast.actor_of(flagged)):
        with pytest.raises(NotAllowed):
            answer_flags(actor=other, application=flagged, notes=notes)
    assert answer_flags(actor=officer, application=flagged, notes=notes)
    district.accept(actor=officer, application=flagged)
    district.not_recommend(actor=officer, application=flagged, reason="不符合条件。")
    with pytest.raises(WrongStage):
        answer_flags(actor=officer, application=flagged, notes={keys(flagged, officer)["own_phone"]: Noted("y")})


def test_flags_are_read_by_officers_and_auditors_never_by_the_applicant(
    flagged: Application, officer: Actor, stranger: Actor, city: Actor
) -> None:
    address, words = f"/review/applications/{flagged.uuid}/?part=flags-all", "行填为大型企业，不计入"
    answer_flags(actor=officer, application=flagged, notes={keys(flagged, officer)["large"]: Noted("涉密的核实情况")})
    for reader in (officer, city, cast.person("auditor", Role.AUDITOR)):
        page = Visitor(reader).get(address)
        assert words in page.text and "涉密的核实情况" in page.text
    clerk = Visitor(cast.actor_of(flagged))
    assert clerk.get(address).status == 403
    assert Visitor(stranger).get(address).status == 404
    assert Visitor().get(address).heading == "登录"
    for own in (flagged.get_absolute_url(), f"/applications/{flagged.uuid}/versions/1/"):
        text = clerk.get(own).body.decode()
        assert words not in text and "涉密的核实情况" not in text


def test_open_flags_warn_and_do_not_block(flagged: Application, officer: Actor) -> None:
    build.ready(officer, flagged)
    visitor = Visitor(officer)
    assert "还有 3 条系统提示 待核实" in visitor.get(f"/review/applications/{flagged.uuid}/").text
    page = visitor.get(f"/review/applications/{flagged.uuid}/recommend/")
    assert "3 条系统提示" in page.text
    assert district.recommend(actor=officer, application=flagged, opinion="同意推荐。", order=1).recommended


def test_counts_follow_new_versions_and_those_who_share(pair: Callable, officer: Actor) -> None:
    first, second = pair()
    scans.scan(clock.now())
    counts = dict(FlagCount.objects.values_list("application", "total"))
    assert counts[first.pk] == len(selectors.found_in(first))
    assert FlagCount.objects.get(application=first).shared_with == [second.pk]
    from applications.services import submission

    submission.withdraw(actor=cast.actor_of(second, Role.SIGNATORY), application=second, reason="不再申报。")
    scans.scan(clock.now())
    assert dict(FlagCount.objects.values_list("application", "total")) == {first.pk: len(selectors.found_in(first))}
    scans.scan(clock.now())  # nothing left to do
    assert FlagCount.objects.get().shared_with == []


def test_a_clash_tells_who_wrote(flagged: Application, officer: Actor, colleague: Actor) -> None:
    key = keys(flagged, officer)["large"]
    answer_flags(actor=officer, application=flagged, notes={key: Noted("甲")})
    with pytest.raises(Clash, match="district更改了其中 1 项"):
        answer_flags(actor=colleague, application=flagged, notes={key: Noted("乙")})


def test_one_or_two_hundred_flagged_rows_cost_the_same_queries(call: Call, officer: Actor) -> None:
    visitor, found = Visitor(officer), []
    for count, name in ((3, "示例甲"), (200, "示例乙")):
        rows = [{**row, "size": "large"} for row in large_rows(count)]
        one = build.submitted(call, name=name, rows=rows)
        for part in ("flags-all", "list-served"):
            visitor.get(f"/review/applications/{one.uuid}/?part={part}")
            with CaptureQueriesContext(connection) as queries:
                visitor.get(f"/review/applications/{one.uuid}/?part={part}")
            found.append(len(queries))
    assert found[:2] == found[2:]
