"""Change filings (Art. 20): two receipts, ten working days, what the book says afterwards, who sees and acts."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import Organisation
from lifecycle import engine
from lifecycle.errors import Blocked, NotAllowed, Stale, WrongStage
from lifecycle.models import Announcement, StepRecord
from registry import selectors as registry
from registry.models import Amendment, Ban
from registry.wording import former_names
from supervision import scans
from supervision.invariants import changes as invariants
from supervision.models import Change, ChangeVersion
from supervision.selectors import changes as selectors
from supervision.services import changes, operators
from supervision.services.changes import Filing
from tests import cast
from tests.supervision.changes import COMPLETED, FILED, LAST_DAY, LATE, Town
from timekeeping import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Iterator[Town]:
    town = Town()
    with clock.frozen(LATE):
        yield town


def told(change: Change, kind: str) -> set[str]:
    rows = Announcement.objects.filter(subject_type="change", subject_id=change.uuid, kind=kind)
    return {row.user.username for row in rows.select_related("user")}


def test_one_filing_gives_a_receipt_of_the_district_and_one_of_the_city_at_the_same_moment(town: Town) -> None:
    change = town.filed()
    assert (change.district_receipt, change.city_receipt) == ("BGQ-2026-0001", "BGS-2026-0001")
    assert (change.filed_at, change.district.slug, change.state) == (FILED, "panlong", "filed")
    assert told(change, "file") == {"district", "city", "second"}


def test_the_last_second_of_the_tenth_working_day_is_in_time_and_the_next_moment_is_late(town: Town) -> None:
    in_time, late = (selectors.timeliness(COMPLETED, at) for at in (FILED, LATE))
    assert (in_time.last_day, in_time.late, in_time.label) == (LAST_DAY, False, "按期报备")
    assert (late.last_day, late.late, late.label) == (LAST_DAY, True, "逾期报备")


def test_a_late_filing_is_accepted_and_changes_the_book_like_any_other(town: Town) -> None:
    change = town.filed(at=LATE)
    assert selectors.timeliness(change.completed_on, change.filed_at).late is True
    changes.examine(actor=town.old, change=change, opinion="属实")
    changes.register(actor=town.city, change=change)
    assert town.fresh().platform_name == "新示例平台"


def test_an_unpublished_year_and_the_old_regulation_give_no_verdict(town: Town) -> None:
    unpublished = selectors.timeliness(date(2029, 12, 28), clock.shanghai(2030, 1, 4))
    old = selectors.timeliness(date(2021, 3, 1), LATE)
    assert [(one.last_day, one.late) for one in (unpublished, old)] == [(None, None), (None, None)]
    assert "放假安排未公布" in unpublished.words and "原办法" in old.words


@pytest.mark.parametrize(
    ("says", "field"),
    [
        ({"completed_on": date(2026, 7, 17)}, "completed_on"),
        ({"values": {"platform_name": " "}}, "platform_name"),
        ({"values": {"platform_name": "示例平台"}}, "platform_name"),
        ({"proofs": ()}, "proof_1"),
    ],
)
def test_what_is_not_completed_missing_unchanged_or_unproved_is_refused_at_its_field(
    town: Town, says: dict[str, object], field: str
) -> None:
    given = {"completed_on": COMPLETED, "values": {"platform_name": "新示例平台"}, "proofs": (cast.stored_file(),)}
    with pytest.raises(ValidationError) as refused:
        changes.file(actor=town.filer, title=town.title, kind="platform_name", says=Filing(**{**given, **says}))
    assert set(refused.value.error_dict) == {field}
    assert Change.objects.count() == 0


def test_the_same_matter_is_filed_once_at_a_time_and_another_one_beside_it(town: Town) -> None:
    town.filed()
    with pytest.raises(Blocked, match="未办结"):
        town.filed(platform_name="又一新名称")
    assert town.filed("representative", legal_representative="新法人").city_receipt == "BGS-2026-0002"


def test_a_new_name_stands_in_the_book_with_the_old_one_as_history(town: Town) -> None:
    change = town.registered()
    title = town.fresh()
    assert (title.platform_name, title.platform.name, former_names(title)) == ("新示例平台", "新示例平台", ["示例平台"])
    entry = title.amendments.get()
    assert (entry.kind, entry.before, entry.after, entry.completed_on, entry.change) == (
        "platform_name", "示例平台", "新示例平台", COMPLETED, change.uuid,
    )  # fmt: skip
    assert list(StepRecord.objects.filter(subject_id=title.uuid).values_list("step", flat=True)) == ["grant", "amend"]
    assert told(change, "register") == {"filer", "signatory", "district"}


def test_a_new_name_of_the_operator_address_and_legal_representative_are_carried_out(town: Town) -> None:
    town.registered("operator_name", operator_name="改名后的公司")
    town.registered("representative", legal_representative="新任法人")
    town.registered("address", service_address="盘龙区新址3号")
    body, title = Organisation.objects.get(pk=town.body.pk), town.fresh()
    assert (body.name, body.legal_representative, body.service_address, title.operator_name) == (
        "改名后的公司", "新任法人", "盘龙区新址3号", "改名后的公司",
    )  # fmt: skip
    assert body.registered_address == town.body.registered_address
    assert [entry.kind for entry in title.amendments.all()] == ["operator_name", "representative", "address"]


def test_the_public_reads_former_names_and_neither_addresses_nor_persons(town: Town) -> None:
    town.registered()
    town.registered("representative", legal_representative="新任法人")
    town.registered("address", service_address="盘龙区新址3号")
    client = Client()
    check = client.get(town.fresh().public_url()).content.decode()
    register = client.get("/register/?q=示例平台").content.decode()
    assert "原名：示例平台" in check and "原名：示例平台" in register
    assert [w for w in ("新任法人", "新址3号", "示例法人") if w in check + register] == []


def test_a_move_gives_the_platform_to_the_new_district_and_leaves_its_history_to_the_old(town: Town) -> None:
    change = town.registered("district", district="wuhua", service_address="五华区新路1号")
    title = town.fresh()
    assert (title.district.slug, title.platform.district.slug, title.platform.organisation.district.slug) == (
        "wuhua", "wuhua", "wuhua",
    )  # fmt: skip
    assert [(e.kind, e.before, e.after) for e in title.amendments.all()] == [
        ("district", "盘龙区", "五华区"), ("address", "盘龙区示例路1号", "五华区新路1号"),
    ]  # fmt: skip
    for actor in (town.old, town.new):
        assert registry.visible_to(actor).filter(pk=title.pk).exists()
        assert selectors.visible_to(actor).filter(pk=change.pk).exists()
    assert (title.concerned_district.slug, told(change, "moved_in")) == ("wuhua", {"wuhua"})


def test_after_a_move_the_new_district_acts_and_the_old_one_does_not(town: Town) -> None:
    town.registered("district", district="wuhua", service_address="五华区新路1号")
    town.title = town.fresh()
    change = town.filed(at=LATE)
    with pytest.raises(NotAllowed):
        changes.examine(actor=town.old, change=change, opinion="属实")
    assert changes.examine(actor=town.new, change=change, opinion="属实").state == "checked"


def test_leaving_kunming_is_settled_by_people_and_changes_no_district(town: Town) -> None:
    change = town.filed("district", district="outside", service_address="曲靖市某路1号")
    changes.examine(actor=town.old, change=change, opinion="已迁出")
    with pytest.raises(ValidationError) as refused:
        changes.register(actor=town.city, change=change)
    assert set(refused.value.error_dict) == {"conclusion"}
    changes.register(actor=town.city, change=change, conclusion="不再具备属地条件，另行办理。")
    assert (town.fresh().district.slug, town.fresh().amendments.first().after) == ("panlong", "迁出昆明市")


def test_the_city_waits_for_the_district_only_as_long_as_its_term_runs(town: Town) -> None:
    change = town.filed()
    with pytest.raises(Blocked, match="县区核对期限至2026年7月22日"):
        changes.register(actor=town.city, change=change)
    with clock.frozen(clock.shanghai(2026, 7, 23)):
        assert changes.register(actor=town.city, change=change).state == "registered"


def test_what_comes_back_is_filed_again_as_a_new_version_and_keeps_its_first_receipt(town: Town) -> None:
    change = changes.return_for_correction(actor=town.old, change=town.filed(), reason="缺执照副本")
    assert told(change, "return_for_correction") == {"filer", "signatory"}
    says = Filing(COMPLETED, {"platform_name": "最终名称"}, "", (cast.stored_file("副本.pdf"),))
    change = changes.refile(actor=town.signatory, change=change, says=says)
    assert (change.filed_at, change.city_receipt, change.values) == (
        FILED,
        "BGS-2026-0001",
        {"platform_name": "最终名称"},
    )
    assert [v.content["values"]["platform_name"] for v in change.versions.all()] == ["新示例平台", "最终名称"]


def test_a_withdrawn_or_refused_filing_leaves_the_book_alone_and_frees_the_matter(town: Town) -> None:
    changes.withdraw(actor=town.filer, change=town.filed(), reason="填错")
    change = town.filed(at=LATE)
    changes.refuse(actor=town.city, change=change, reason="不属于变更")
    assert town.fresh().platform_name == "示例平台"
    assert town.filed(at=LATE).state == "filed"


@pytest.mark.parametrize("name", ["stranger", "new", "auditor"])
def test_others_neither_see_nor_check(town: Town, name: str) -> None:
    change, actor = town.filed(), getattr(town, name)
    assert selectors.visible_to(actor).exists() is (name == "auditor")
    with pytest.raises(NotAllowed):
        changes.examine(actor=actor, change=change, opinion="属实")
    client = Client()
    client.force_login(actor.user)
    assert client.get(change.get_absolute_url()).status_code == (200 if name == "auditor" else 404)


def test_two_officers_on_one_filing_have_one_effect_and_the_other_is_told(town: Town) -> None:
    change = town.filed()
    version = change.version
    changes.examine(actor=town.old, change=change, opinion="属实", version=version)
    with pytest.raises(Stale):
        changes.return_for_correction(actor=town.city, change=change, reason="缺材料", version=version)
    with pytest.raises(WrongStage):
        changes.examine(actor=town.old, change=change, opinion="再核")


def referred(town: Town) -> Change:
    change = town.filed("operator", **town.another_operator())
    changes.examine(actor=town.old, change=change, opinion="属实")
    return operators.refer(actor=town.city, change=change, findings="具备条件", papers=[cast.stored_file("核验.pdf")])


def test_another_operator_is_not_registered_but_verified_and_referred(town: Town) -> None:
    change = town.filed("operator", **town.another_operator())
    changes.examine(actor=town.old, change=change, opinion="属实")
    with pytest.raises(Blocked, match="集体决策"):
        changes.register(actor=town.city, change=change)
    with pytest.raises(ValidationError) as refused:
        operators.refer(actor=town.city, change=change, findings=" ", papers=[])
    assert set(refused.value.error_dict) == {"findings", "paper_1"}
    change = operators.refer(actor=town.city, change=change, findings="具备条件", papers=[cast.stored_file()])
    assert (change.state, change.new_organisation.name, town.fresh().operator_name) == (
        "referred", "承接示例有限公司", "示例创新服务有限公司",
    )  # fmt: skip


def test_the_decision_hands_the_platform_over_and_leaves_number_and_term(town: Town) -> None:
    change, before = referred(town), town.fresh()
    with engine.act(actor=town.second) as act:
        change, title = act.lock(change, before)
        operators.approve(act=act, change=change, title=title, reason="会议同意")
    title = town.fresh()
    assert (title.operator_name, title.platform.organisation_id) == ("承接示例有限公司", change.new_organisation_id)
    assert (title.number, title.valid_from, title.valid_to) == (before.number, before.valid_from, before.valid_to)
    assert title.amendments.get().before.startswith("示例创新服务有限公司")
    assert selectors.visible_to(town.filer).filter(pk=change.pk).exists()
    assert list(invariants.check()) == []


def test_a_banned_body_cannot_take_a_title_over(town: Town) -> None:
    new = town.another_operator()
    Ban.objects.create(
        credit_code=new["credit_code"], operator_name="承接示例有限公司", starts_on=date(2025, 1, 1),
        ends_on=date(2028, 1, 1), reason="取消",
    )  # fmt: skip
    change = town.filed("operator", **new)
    changes.examine(actor=town.old, change=change, opinion="属实")
    with pytest.raises(Blocked, match="2028年1月1日前不得申报"):
        operators.refer(actor=town.city, change=change, findings="具备条件", papers=[cast.stored_file()])


def test_the_district_is_reminded_once_and_the_city_told_once_when_it_is_overdue(town: Town) -> None:
    change = town.filed()
    for at in (clock.shanghai(2026, 7, 20, 8), clock.shanghai(2026, 7, 20, 9), clock.shanghai(2026, 7, 23, 8)):
        with clock.frozen(at):
            scans.scan(at)
            scans.scan(at)
    rows = Announcement.objects.filter(subject_id=change.uuid, kind__startswith="change_")
    assert sorted((row.kind, row.user.username) for row in rows) == [
        ("change_due", "district"), ("change_overdue", "city"), ("change_overdue", "district"),
        ("change_overdue", "second"),
    ]  # fmt: skip


def test_the_invariants_hold_of_a_whole_story(town: Town) -> None:
    town.registered()
    town.registered("operator_name", operator_name="改名后的公司")
    town.filed("other", matter="经营范围", before="甲", after="乙")
    assert list(invariants.check()) == []


@pytest.mark.parametrize(
    ("break_it", "words"),
    [
        (lambda: Change.objects.update(city_sequence=7), "编号不连续"),
        (lambda: Change.objects.update(district_sequence=7), "编号不连续"),
        (lambda: ChangeVersion.objects.update(content={"values": {}}), "指纹不符"),
        (lambda: ChangeVersion.objects.all().delete(), "没有报备版本"),
        (lambda: Amendment.objects.all().delete(), "名录没有变更记录"),
        (lambda: Amendment.objects.update(change="00000000-0000-4000-8000-000000000000"), "没有已备案的变更"),
        (lambda: Amendment.objects.update(after="别的名称"), "与最近一次变更登记不符"),
    ],
)
def test_each_invariant_turns_red(town: Town, break_it: Callable[[], object], words: str) -> None:
    town.registered()
    break_it()
    assert [line for line in invariants.check() if words in line] != []


def test_the_list_costs_the_same_with_one_filing_and_with_many(
    town: Town, django_assert_max_num_queries: Callable[..., object]
) -> None:
    client, address = Client(), reverse("supervision:changes") + "?tab=filed"
    client.force_login(town.city.user)
    town.filed()
    with django_assert_max_num_queries(40) as one:
        client.get(address)
    town.filed("representative", legal_representative="新法人")
    town.filed("address", service_address="新址")
    town.filed("other", matter="经营范围", before="甲", after="乙")
    with django_assert_max_num_queries(len(one)):
        assert client.get(address).content.decode().count("BGS-2026-") == 4
