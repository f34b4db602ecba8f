"""Drafting, publishing with the portal's record, extending, correcting (Art. 14)."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from files import pdf, storage
from lifecycle import engine
from lifecycle.errors import Blocked, Stale
from lifecycle.models import StepRecord
from review.documents.notices import notice_pdf
from review.models import NoticeItem
from review.selectors import notices as selectors
from review.selectors import public_notices
from review.services import notices
from tests import cast
from tests.review import stage
from tests.review.stage import City, fresh
from timekeeping import clock


def test_publishing_moves_every_platform_of_the_list_in_one_act(city: City) -> None:
    first, second = city.proposed(), city.proposed(slug="wuhua")
    notice = city.published(first, second)
    assert [fresh(a).state for a in (first, second)] == ["on_notice", "on_notice"]
    taken = StepRecord.objects.filter(step="publish").exclude(subject_type="call")
    assert len({record.act_id for record in taken}) == 1 and taken.count() == 3
    assert (notice.portal_url, notice.capture.name) == ("https://gxj.km.gov.cn/1.html", "页面.pdf")


@pytest.mark.parametrize(
    ("field", "wrong", "words"),
    [
        ("url", "", {"portal_url": ["请填写门户网站公示页面的完整网址。"]}),
        ("url", "javascript:alert(1)", {"portal_url": ["请填写门户网站公示页面的完整网址。"]}),
        ("published_at", stage.MORNING + timedelta(minutes=1), {"published_at": ["发布时间不能晚于现在，请在门户网站发布后再登记。"]}),
    ],
)  # fmt: skip
def test_the_portal_record_is_complete_or_nothing_is_published(
    city: City, field: str, wrong: object, words: object
) -> None:
    notice = city.drafted()
    with pytest.raises(ValidationError) as refused:
        city.publish(notice, portal=city.portal(**{field: wrong}))
    assert refused.value.message_dict == words
    assert fresh(notice).state == "draft"


def test_personal_data_in_the_notice_blocks_until_a_named_officer_answers_for_it(city: City) -> None:
    notice = city.drafted(phone="13800000002")
    with pytest.raises(ValidationError) as blocked:
        city.publish(notice)
    assert list(blocked.value.message_dict) == ["override_reason"]
    assert "手机号码共 1 处（138****0002）" in blocked.value.message_dict["override_reason"][0]
    published = city.publish(notice, override_reason="该号码为值班公务手机。")
    assert (published.overridden_by, published.override_reason) == (city.officer.user, "该号码为值班公务手机。")
    without = city.publish(city.drafted(city.proposed()), override_reason="多余的理由")
    assert (without.overridden_by, without.override_reason) == (None, "")


def test_a_platform_that_left_the_list_must_leave_the_draft_first(city: City) -> None:
    gone, stays = city.proposed(), city.proposed()
    notice = city.drafted(gone, stays)
    cast.put_into(gone, "withdrawn")
    with pytest.raises(Blocked) as blocked:
        city.publish(notice)
    assert blocked.value.reasons == [f"“{gone.platform_name}”已不在拟认定名单（已撤回），请先修改公示稿"]
    assert engine.option(notice, "publish", city.officer).blockers == tuple(blocked.value.reasons)
    notices.revise(actor=city.officer, notice=notice, applications=[stays], says=city.says())
    assert city.publish(fresh(notice)).state == "published"


def test_a_proposed_platform_stands_on_one_draft_only_and_a_newcomer_gets_its_own_notice(city: City) -> None:
    first, newcomer = city.proposed(), city.proposed()
    notice = city.drafted(first)
    with pytest.raises(ValidationError) as twice:
        city.drafted(first)
    assert list(twice.value.message_dict) == ["applications"]
    city.publish(notice)
    with stage.at(clock.shanghai(2026, 6, 8, 9)):
        own = city.published_with(
            newcomer, planned_on=date(2026, 6, 8), starts_on=date(2026, 6, 9), ends_on=date(2026, 6, 23)
        )
    assert selectors.standing_items([newcomer])[newcomer.pk].ends_on == date(2026, 6, 23)
    assert own.pk != notice.pk and selectors.standing_items([first])[first.pk].ends_on == stage.LAST


def test_a_stale_page_publishes_nothing(city: City) -> None:
    notice = city.drafted()
    seen = notice.version
    notices.revise(actor=city.second, notice=notice, applications=[notice.items.get().application], says=city.says())
    with pytest.raises(Stale):
        city.publish(notice, version=seen)
    assert city.publish(notice, version=seen + 1).state == "published"


def test_an_outage_extends_and_nothing_shortens(city: City) -> None:
    notice = city.published()
    for day in (date(2026, 6, 12), stage.LAST):
        with pytest.raises(ValidationError) as shorter:
            notices.extend(actor=city.officer, notice=notice, ends_on=day, reason="门户网站故障一天")
        assert list(shorter.value.message_dict) == ["ends_on"]
    notices.extend(actor=city.officer, notice=notice, ends_on=date(2026, 6, 16), reason="门户网站故障一天")
    assert (fresh(notice).ends_on, notice.items.get().ends_on) == (date(2026, 6, 16), date(2026, 6, 16))
    [change] = public_notices.changes(fresh(notice))
    assert (change.label, change.reason) == ("延长公示", "门户网站故障一天")
    assert change.changes == [{"label": "公示止", "old": "2026年6月15日", "new": "2026年6月16日"}]


def test_an_extension_leaves_decided_platforms_alone_and_ends_with_the_last_of_them(city: City) -> None:
    decided, waiting = city.proposed(), city.proposed()
    notice = city.published(decided, waiting)
    cast.put_into(decided, "certified")
    notices.extend(actor=city.officer, notice=notice, ends_on=date(2026, 6, 16), reason="门户网站故障")
    assert dict(notice.items.values_list("application", "ends_on")) == {
        decided.pk: stage.LAST, waiting.pk: date(2026, 6, 16)
    }  # fmt: skip
    cast.put_into(waiting, "certified")
    with pytest.raises(Blocked):
        notices.extend(actor=city.officer, notice=fresh(notice), ends_on=date(2026, 6, 17), reason="门户网站故障")


def test_a_material_correction_restarts_the_period_of_its_item_only(city: City) -> None:
    wrong, other = city.proposed("示例错名平台"), city.proposed()
    notice = city.published(wrong, other)
    with stage.at(clock.shanghai(2026, 6, 10, 9)):
        item = notice.items.get(application=wrong)
        correct(city, notice, item, platform_name="示例正名平台", material=True)
    assert dict(notice.items.values_list("application", "ends_on")) == {
        wrong.pk: date(2026, 6, 25),
        other.pk: stage.LAST,
    }
    assert (fresh(notice).starts_on, fresh(notice).ends_on) == (stage.FIRST, stage.LAST)
    assert fresh(wrong).platform_name == "示例正名平台"
    [change] = public_notices.changes(notice)
    assert {"label": "平台名称", "old": "示例错名平台", "new": "示例正名平台"} in change.changes


def test_a_misprint_is_logged_without_a_new_period(city: City) -> None:
    notice = city.published(city.proposed("示例平抬"))
    correct(city, notice, notice.items.get(), platform_name="示例平台", material=False)
    item = notice.items.get()
    assert (item.platform_name, item.starts_on, item.ends_on) == ("示例平台", stage.FIRST, stage.LAST)
    assert notice.changes.get().material is False


def test_a_correction_shows_no_personal_data_and_changes_something(city: City) -> None:
    notice = city.published()
    item = notice.items.get()
    with pytest.raises(ValidationError) as private:
        correct(city, notice, item, platform_name="示例平台 13800000003", material=False)
    assert private.value.message_dict == {"platform_name": ["此处会公开，请删去手机号码（138****0003）。"]}
    with pytest.raises(ValidationError) as same:
        correct(city, notice, item, platform_name=item.platform_name, material=False)
    assert list(same.value.message_dict) == ["platform_name"]


def test_the_pdf_prints_text_list_and_both_dates_with_fonts_embedded(city: City) -> None:
    notice = city.published(city.proposed("{{ x }}<b>平台"))
    document = notice_pdf(fresh(notice))
    data = storage.path_of(document.file).read_bytes()
    text = pdf.text_of(data).replace("\n", "").replace(" ", "")
    for words in (
        "2026年6月2日至2026年6月15日（10个工作日）",
        "{{x}}<b>平台",
        "盘龙区",
        "0871-63130000",
    ):
        assert words in text
    assert set(pdf.fonts_of(data).values()) == {True}
    assert notice_pdf(fresh(notice)) == document


def test_a_withdrawn_platform_is_shown_as_removed(city: City) -> None:
    gone = city.proposed()
    notice = city.published(gone, city.proposed())
    with stage.without_rules(), engine.act(actor=cast.actor_of(gone)) as act:
        [locked] = act.lock(gone)
        act.take(locked, "withdraw")
    assert [item.removed for item in public_notices.items(notice)] == ["申报单位撤回申报", ""]
    assert [(c.label, c.platform) for c in public_notices.changes(notice)] == [("移出名单", gone.platform_name)]


def correct(city: City, notice: object, item: NoticeItem, **changes: object) -> None:
    given = {"platform_name": item.platform_name, "operator_name": item.operator_name, "reason": "名称有误", **changes}
    notices.correct(actor=city.officer, notice=notice, item=item, **given)
