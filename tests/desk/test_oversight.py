"""The auditor reads the whole story of a platform, who may do what, what was issued, and how the record stood each day."""

import pytest
from django.test import Client

from accounts.models import Role
from desk import oversight, stories
from lifecycle import steps
from lifecycle.models import ChainHead, StepRecord
from review.documents.complaints import receipt_pdf
from supervision.documents.changes import receipt_pdf as change_receipt
from tests import cast
from tests.review import chamber, stage
from tests.review.chamber import Chamber
from tests.review.complaints.test_complaints import filed
from tests.supervision.changes import LATE, Town
from timekeeping import clock

pytestmark = pytest.mark.django_db


def reading(role: Role = Role.AUDITOR) -> Client:
    client = Client()
    client.force_login(cast.person(f"reader-{role}", role).user)
    return client


def test_every_life_of_the_table_is_told() -> None:
    assert set(steps.subjects()) - set(stories.TOLD) == set()


def test_a_story_runs_from_the_application_over_the_decision_to_what_came_after() -> None:
    with stage.at(stage.MORNING):
        town = Chamber()
    with stage.at(chamber.ON):
        title = town.certified("甲平台")
        other = town.noticed("乙平台")
    with clock.frozen(LATE):
        page = reading().get(f"/desk/records/story/title/{title.uuid}/").content.decode()
    told = [chapter.line.label for chapter in stories.of_title(title)]
    for label in (
        "发布申报通知",
        "新建申报",
        "确认并提交申报",
        "县区推荐",
        "发布公示",
        "录入集体决策",
        "认定",
        "授予称号",
        "编制牌匾",
    ):
        assert label in told and label in page
    assert [chapter.line.sequence for chapter in stories.of_title(title)] == sorted(
        chapter.line.sequence for chapter in stories.of_title(title)
    )
    assert other.platform_name not in page


def test_changes_complaints_and_openings_are_part_of_the_story_and_no_identity_is() -> None:
    town = Town()
    with clock.frozen(LATE):
        town.registered()
        complaint = filed()
        complaint.title = town.title
        complaint.save(update_fields=["title"])
        client = reading()
        client.post(f"{complaint.get_absolute_url()}identity/", {"reason": "核查投诉办理"})
        page = client.get(f"/desk/records/story/title/{town.title.uuid}/").content.decode()
        only = client.get(f"/desk/records/story/title/{town.title.uuid}/?life=变更备案").content.decode()
    for words in (
        "变更备案",
        "县区核对",
        "备案并更新名录",
        "变更登记",
        "投诉举报",
        "审计监察查看来件人信息",
        "核查投诉办理",
    ):
        assert words in page
    assert ("县区核对" in only, "审计监察查看来件人信息" in only, "李某某" in page) == (True, False, False)


def test_the_story_costs_the_same_however_much_happened(django_assert_max_num_queries) -> None:
    town, client = Town(), reading()
    address = f"/desk/records/story/title/{town.title.uuid}/"
    with clock.frozen(LATE):
        town.registered()
        with django_assert_max_num_queries(90) as one:
            client.get(address)
        town.registered("representative", legal_representative="新法人")
        town.registered("address", service_address="新址")
        with django_assert_max_num_queries(len(one)):
            client.get(address)


@pytest.mark.parametrize("role", [Role.CITY_OFFICER, Role.SYSADMIN, Role.EXPERT])
def test_others_do_not_read_the_auditors_pages(role: Role) -> None:
    title, client = Town().title, reading(role) if role != Role.CITY_OFFICER else reading(Role.INSPECTOR)
    pages = ("/desk/grants/", "/desk/issued/", "/desk/records/heads/", f"/desk/records/story/title/{title.uuid}/")
    assert [client.get(at).status_code for at in pages] == [403, 403, 403, 403]


def test_capacities_in_force_and_ended_stand_apart() -> None:
    town = Town()
    town.old.capacity.ended_at = clock.now()
    town.old.capacity.save()
    client = reading()
    active, ended = (client.get(at).content.decode() for at in ("/desk/grants/", "/desk/grants/?tab=ended"))
    assert ("wuhua" in active, "盘龙区" in ended, '<th scope="row">district<' in active) == (True, True, False)


def test_issued_documents_are_listed_with_their_hash_and_open() -> None:
    with clock.frozen(LATE):
        document = change_receipt(Town().filed())
        receipt_pdf(filed())
        client = reading()
        page = client.get("/desk/issued/").content.decode()
        file = client.get(f"/desk/issued/{document.uuid}/")
    assert document.file.sha256 in page and "投诉举报回执" in page
    assert (file.status_code, file.getvalue()[:4]) == (200, b"%PDF")


def test_the_heads_of_the_days_end_in_the_head_of_the_chain() -> None:
    town = Town()
    with clock.frozen(LATE):
        town.registered()
    heads = oversight.heads()
    assert (heads[0].sequence, heads[0].hash) == (StepRecord.objects.count(), ChainHead.objects.get().hash)
    assert [str(head.day) for head in heads] == ["2026-07-16", "2026-07-15", "2026-06-18"]
    assert heads[0].hash in reading().get("/desk/records/heads/").content.decode()
