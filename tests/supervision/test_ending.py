"""Ending a title: heard first, decided together, with the effects of its own article and no others (Art. 16, 19)."""

from collections.abc import Iterator
from datetime import date
from functools import partial

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Role
from applications.standing import obstacles
from lifecycle import invariants
from lifecycle.errors import Blocked, NotAllowed, WrongStage
from lifecycle.models import Announcement, StepRecord
from registry import standing
from registry.models import Ban, Plaque, Title
from supervision.models import Ending, Resolution
from supervision.services import endings, plaques, resolutions
from supervision.services.endings import Delivery
from supervision.services.resolutions import Ruling
from tests import cast
from tests.review import stage
from tests.supervision.endings import AFTER_REPLY, OPENING, Bench, findings, order
from timekeeping import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def bench() -> Iterator[Bench]:
    """A certified title; the clock stands on Monday 6 July 2026."""
    made = Bench()
    with clock.frozen(OPENING):
        yield made


def errors_of(refused: pytest.ExceptionInfo[ValidationError]) -> dict[str, list[str]]:
    return dict(refused.value.message_dict)


def where(title: Title) -> str:
    return standing.standing(stage.fresh(title), clock.today()).key


def test_a_cancellation_takes_the_title_calls_in_the_plaque_and_bans_for_three_years(bench: Bench) -> None:
    ending = bench.decided("absences")
    title, plaque, ban = stage.fresh(bench.title), Plaque.objects.get(), Ban.objects.get()
    assert (ending.state, title.state, title.ended_on, plaque.state) == (
        "decided",
        "cancelled",
        date(2026, 7, 6),
        "recalled",
    )
    assert (ban.credit_code, ban.starts_on, ban.ends_on) == (title.credit_code, date(2026, 7, 6), date(2029, 7, 6))
    assert plaque.return_due_at == clock.shanghai(2026, 7, 21)
    assert where(title) == "cancelled"
    assert list(invariants.check()) == []


def test_a_revocation_takes_the_title_and_neither_plaque_nor_years(bench: Bench) -> None:
    ending = bench.decided("unlawful")
    assert (ending.state, stage.fresh(bench.title).state, Plaque.objects.get().state) == (
        "decided",
        "revoked",
        "allotted",
    )
    assert (Ban.objects.count(), where(bench.title)) == (0, "revoked")


def test_a_revocation_calls_the_plaque_in_only_when_the_meeting_ordered_it(bench: Bench) -> None:
    bench.decided("unlawful", recall=True)
    assert (Plaque.objects.get().state, Ban.objects.count()) == ("recalled", 0)
    assert StepRecord.objects.get(subject_type="plaque", to_state="recalled").article == "default"


def test_all_effects_of_a_decision_are_one_act(bench: Bench) -> None:
    bench.decided("absences")
    act = StepRecord.objects.get(subject_type="resolution", step="confirm").act_id
    steps = StepRecord.objects.filter(act_id=act).values_list("subject_type", "step", "article")
    assert sorted(steps) == [
        ("ending", "decide_cancellation", "19"), ("plaque", "recall", "19"), ("resolution", "confirm", "default"), ("title", "cancel", "19"),
    ]  # fmt: skip


def test_a_meeting_may_also_decide_to_keep_the_title(bench: Bench) -> None:
    ending = bench.decided("absences", outcome="keep")
    assert (ending.state, stage.fresh(bench.title).state, Ban.objects.count()) == ("kept", "granted", 0)
    assert bench.opened("absences").state == "opened"


def test_without_a_reply_the_case_waits_for_the_end_of_its_term(bench: Bench) -> None:
    ending = bench.notified()
    refer = partial(endings.refer, actor=bench.proposer, ending=ending, reason="没有提出申辩。")
    assert ending.reply_due_at == clock.shanghai(2026, 7, 14)
    with clock.frozen(clock.shanghai(2026, 7, 13, 23, 59, 59)), pytest.raises(Blocked) as refused:
        refer()
    assert refused.value.reasons == ["陈述申辩期限至2026年7月13日24:00，期满或者收到陈述申辩后才能提请集体决策"]
    with clock.frozen(clock.shanghai(2026, 7, 14)):
        assert refer().state == "referred"


def test_a_late_reply_is_read_and_marked_until_the_case_is_referred(bench: Bench) -> None:
    in_time, ending = bench.replied(), None
    assert in_time.reply_late is False
    endings.drop(actor=bench.proposer, ending=in_time, reason="事实不清。")
    ending = bench.notified()
    with clock.frozen(AFTER_REPLY.replace(day=15)):
        late = endings.reply(actor=bench.person(), ending=ending, statement="有异议。")
        assert (late.state, late.reply_late) == ("replied", True)


def test_strangers_do_not_reply_and_the_platform_does(bench: Bench) -> None:
    ending = bench.notified()
    other = cast.signatory(cast.organisation("旁人单位"), "stranger")
    with pytest.raises(NotAllowed):
        endings.reply(actor=other, ending=ending, statement="我来说。")
    assert endings.reply(actor=bench.person(Role.FILER), ending=ending, statement="有异议。").state == "replied"


def test_paper_delivery_needs_its_proof_and_counts_from_its_day(bench: Bench) -> None:
    ending = bench.opened()
    notify = partial(endings.notify, actor=bench.proposer, ending=ending)
    with clock.frozen(clock.shanghai(2026, 7, 9, 9)):
        with pytest.raises(ValidationError) as refused:
            notify(delivery=Delivery("mail", date(2026, 7, 7)))
        assert errors_of(refused) == {"proof": ["请上传送达回证、邮寄凭证等送达凭证。"]}
        served = notify(delivery=Delivery("mail", date(2026, 7, 7), cast.stored_file("回证.pdf")))
    assert served.reply_due_at == clock.shanghai(2026, 7, 15)


def test_findings_need_words_evidence_and_a_day_in_the_term(bench: Bench) -> None:
    with pytest.raises(ValidationError) as refused:
        bench.opened(words=" ", files=[], facts_on=date(2026, 6, 1))
    assert sorted(errors_of(refused)) == ["evidence", "facts_on", "findings"]
    assert bench.opened().state == "opened"


def test_a_title_has_one_open_procedure_at_a_time(bench: Bench) -> None:
    first = bench.opened()
    with pytest.raises(Blocked) as refused:
        bench.opened("absences")
    assert refused.value.reasons == ["该称号已有正在办理的取消（撤销）程序"]
    endings.drop(actor=bench.proposer, ending=first, reason="事实不清。")
    assert bench.opened("absences").state == "opened"


def test_a_procedure_once_opened_survives_expiry(bench: Bench) -> None:
    ending = bench.referred("absences")
    with clock.frozen(clock.shanghai(2029, 8, 1, 9)):
        assert where(bench.title) == "expired"
        with pytest.raises(Blocked):
            endings.open(actor=cast.city_officer("later"), title=bench.title, findings=findings("absences"))
        # The calendar of 2029 is not published: the plaque is called in without a day, and nothing is refused.
        bench.confirmed(Ruling(ending, "end", "经集体研究决定。"))
        assert (where(bench.title), Plaque.objects.get().return_due_at) == ("cancelled", None)
        assert Ban.objects.get().ends_on == date(2032, 8, 1)


def test_a_procedure_once_opened_survives_renunciation(bench: Bench) -> None:
    from registry.services import titles

    ending = bench.referred("absences")
    titles.renounce(actor=bench.person(), title=bench.title, reason="不再提供服务。")
    assert where(bench.title) == "renounced"
    bench.confirmed(Ruling(ending, "end", "经集体研究决定。"))
    assert (stage.fresh(bench.title).state, Ban.objects.count()) == ("cancelled", 1)


def test_nobody_opens_a_cancellation_of_a_title_given_up_but_a_revocation_is_possible(bench: Bench) -> None:
    from registry.services import titles

    titles.renounce(actor=bench.person(), title=bench.title, reason="不再提供服务。")
    with clock.frozen(clock.shanghai(2026, 7, 8, 9)):
        with pytest.raises(Blocked) as refused:
            bench.opened("absences")
        assert refused.value.reasons == ["该称号已放弃，不在有效期内，不能启动取消程序（第十九条适用于市级示范平台）"]
        assert bench.opened("unlawful").state == "opened"


def test_a_procedure_once_opened_survives_the_dissolution_of_the_operator(bench: Bench) -> None:
    from registry.services import titles

    ending = bench.referred("unlawful")
    titles.dissolve(
        actor=bench.clerk,
        title=bench.title,
        ended_on=clock.today(),
        reason="已注销。",
        evidence=cast.stored_file("注销.pdf"),
    )
    bench.confirmed(Ruling(ending, "end", "经集体研究决定。"))
    assert where(bench.title) == "revoked"


def test_who_found_the_facts_neither_enters_nor_confirms(bench: Bench) -> None:
    ending = bench.referred("absences")
    ruling = Ruling(ending, "end", "经集体研究决定。")
    words = "您曾任“甲平台”一案的提出人，不能录入或复核其集体决策"
    with pytest.raises(ValidationError) as refused:
        resolutions.enter(actor=bench.proposer, minutes=bench.minutes(), rulings=[ruling])
    entered = bench.entered(ruling)
    with pytest.raises(Blocked) as blocked:
        resolutions.confirm(actor=bench.proposer, resolution=entered)
    with pytest.raises(Blocked) as twice:
        resolutions.confirm(actor=bench.clerk, resolution=entered)
    assert (errors_of(refused), blocked.value.reasons) == ({"rulings": [words]}, [words])
    assert twice.value.reasons == ["录入人不能复核自己录入的集体决策，请由另一名市局经办人复核"]
    assert resolutions.confirm(actor=bench.second, resolution=entered).state == "confirmed"


def test_minutes_that_do_not_hold_together_are_refused(bench: Bench) -> None:
    ending = bench.referred("absences")
    ruling = Ruling(ending, "end", "经集体研究决定。")
    with pytest.raises(ValidationError) as early:
        bench.entered(ruling, held_on=date(2026, 7, 5))
    with pytest.raises(ValidationError) as empty:
        bench.entered()
    with pytest.raises(ValidationError) as silent:
        bench.entered(Ruling(ending, "keep", " "))
    bench.entered(ruling, number="监督-1")
    with pytest.raises(ValidationError) as again:
        bench.entered(ruling, number="监督-1")
    assert errors_of(early) == {"rulings": ["“甲平台”于2026年7月6日提请集体决策，会议不能早于该日"]}
    assert errors_of(empty) == {"rulings": ["请至少录入一件的决定。"]}
    assert errors_of(silent) == {"rulings": ["请写明对“甲平台”作出决定的理由"]}
    assert errors_of(again) == {
        "minutes_number": ["这份会议纪要已经录入。"],
        "rulings": ["“甲平台”已录入待复核的会议（监督-1）"],
    }


def test_what_is_sent_back_is_entered_anew(bench: Bench) -> None:
    ending = bench.referred("absences")
    entered = bench.entered(Ruling(ending, "end", "经集体研究决定。"), number="监督-1")
    resolutions.reject(actor=bench.second, resolution=entered, reason="漏列回避人员。")
    again = bench.entered(Ruling(ending, "keep", "经集体研究决定。"), number="监督-1")
    assert (Resolution.objects.get(pk=entered.pk).state, again.state) == ("rejected", "entered")


def test_an_announcement_gives_its_number_to_title_and_ban(bench: Bench) -> None:
    ending = bench.decided("absences")
    announced = endings.announce(
        actor=bench.clerk, ending=ending, announcement=bench.announcement("昆工信通[2026]88号")
    )
    assert (announced.state, stage.fresh(bench.title).ended_document) == ("announced", "昆工信通〔2026〕88号")
    assert Ban.objects.get().document_number == "昆工信通〔2026〕88号"
    told = Announcement.objects.filter(kind="announce", subject_type="ending").values_list("user__username", flat=True)
    assert sorted(told) == ["district_panlong", "甲平台签字人", "甲平台经办人"]


def test_a_document_number_is_borne_by_one_decision_whatever_its_life() -> None:
    from tests.review import chamber
    from tests.supervision.endings import PORTAL, decision_copy

    with clock.frozen(stage.MORNING):
        title = chamber.Chamber().certified("甲平台")
    with clock.frozen(OPENING):
        ending = endings.open(actor=cast.city_officer("proposer"), title=title, findings=findings())
        taken = endings.Announcement(title.document_number, clock.today(), PORTAL, decision_copy())
        with pytest.raises(ValidationError) as refused:
            endings.announce(actor=cast.city_officer("clerk"), ending=ending, announcement=taken)
    assert errors_of(refused) == {"document_number": [f"{title.document_number} 已用于另一次决定。"]}


def test_a_stay_lets_the_title_count_and_suspends_ban_and_plaque_until_the_decision_goes_on(bench: Bench) -> None:
    ending = bench.announced("absences")
    body = bench.title.platform.organisation
    day = date(2027, 3, 1)
    assert any("第十九条" in words for words in obstacles(body, day))
    stayed = endings.stay(actor=bench.clerk, ending=ending, order=order())
    assert (stayed.state, where(bench.title), Plaque.objects.get().return_due_at) == ("stayed", "stayed", None)
    assert not any("第十九条" in words for words in obstacles(body, day))
    with clock.frozen(clock.shanghai(2026, 8, 3, 9)):
        resumed = endings.resume(actor=bench.clerk, ending=stayed, order=order())
    assert (resumed.state, stage.fresh(bench.title).state) == ("announced", "cancelled")
    assert (Ban.objects.get().ends_on, Plaque.objects.get().return_due_at) == (
        date(2029, 7, 6),
        clock.shanghai(2026, 8, 18),
    )


def test_a_decision_stayed_before_its_announcement_is_announced_after_it_goes_on(bench: Bench) -> None:
    ending = bench.decided("unlawful")
    resumed = endings.resume(
        actor=bench.clerk, ending=endings.stay(actor=bench.clerk, ending=ending, order=order()), order=order()
    )
    assert (resumed.state, stage.fresh(bench.title).state) == ("decided", "revoked")


def test_an_overturned_cancellation_leaves_everything_as_it_was(bench: Bench) -> None:
    before = stage.fresh(bench.title)
    ending = bench.announced("absences")
    [plaque] = Plaque.objects.all()
    plaques.recover(actor=bench.clerk, plaque=plaque, recovered_on=clock.today(), recovered_from="甲平台办公室")
    overturned = endings.overturn(actor=bench.clerk, ending=ending, order=order("昆明市人民政府"))
    after = stage.fresh(bench.title)
    assert (overturned.state, after.state, Plaque.objects.get().state) == ("overturned", "granted", "issued")
    assert (after.valid_from, after.valid_to, after.ended_on, after.ended_document) == (
        before.valid_from,
        before.valid_to,
        None,
        "",
    )
    assert where(after) == "valid"
    assert not Ban.objects.running(after.credit_code, clock.today()).exists()
    assert list(invariants.check()) == []


def test_an_overturned_decision_does_not_revive_what_was_given_up_before_it(bench: Bench) -> None:
    from registry.services import titles

    ending = bench.referred("absences")
    titles.renounce(actor=bench.person(), title=bench.title, reason="不再提供服务。")
    bench.confirmed(Ruling(ending, "end", "经集体研究决定。"))
    endings.overturn(actor=bench.clerk, ending=stage.fresh(ending), order=order())
    assert where(bench.title) == "renounced"


def test_a_plaque_is_handed_in_at_its_district_or_declared_void_after_its_term(bench: Bench) -> None:
    bench.announced("absences")
    [plaque] = Plaque.objects.all()
    void = partial(
        plaques.declare_void,
        actor=bench.clerk,
        plaque=plaque,
        reason="多次催告未交回。",
        portal_url="https://gxj.km.gov.cn/v",
    )
    with pytest.raises(Blocked) as refused:
        void()
    assert refused.value.reasons == ["交回期限还没有届满，期满未交回的才能公告作废"]
    with clock.frozen(clock.shanghai(2026, 7, 21)):
        assert void().state == "void"


def test_another_district_does_not_recover_a_plaque_and_its_own_does(bench: Bench) -> None:
    bench.announced("absences")
    [plaque] = Plaque.objects.all()
    recover = partial(plaques.recover, plaque=plaque, recovered_on=clock.today(), recovered_from="张某")
    with pytest.raises(NotAllowed):
        recover(actor=cast.district_officer("wuhua", "wuhua"))
    assert recover(actor=bench.district).state == "recovered"


def test_two_officers_on_one_case_have_one_effect_and_the_other_is_told(bench: Bench) -> None:
    ending = bench.replied("absences")
    endings.refer(actor=bench.proposer, ending=ending, reason="事实清楚。")
    with pytest.raises(WrongStage) as refused:
        endings.drop(actor=bench.clerk, ending=ending, reason="事实不清。")
    assert "该事项已由proposer于" in refused.value.message
    assert Ending.objects.get().state == "referred"
