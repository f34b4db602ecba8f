"""The satisfaction sample: who is asked, who may know, how it ends, and that anybody can draw it again."""

from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.actors import Actor
from applications.models import Application, Call
from desk import agenda
from lifecycle import engine
from lifecycle.announcements import link_of
from lifecycle.errors import Blocked, NotAllowed, WrongStage
from lifecycle.models import Announcement, StepRecord
from review import invariants, links
from review.models import ContactAttempt, Sample, SampleUnit, SurveyAnswer
from review.selectors import sampling as samples
from review.selectors import summary
from review.services import district, sampling
from review.services.sampling import drawing
from tests import cast
from tests.pages import Visitor
from tests.review import build

pytestmark = pytest.mark.django_db


def drawn(officer: Actor, application: Application) -> Sample:
    district.accept(actor=officer, application=application)
    return sampling.draw(actor=officer, application=application)


def owed(officer: Actor) -> list[str]:
    return [task.duty.words for task in agenda.tasks(officer)]


def first(sample: Sample) -> SampleUnit:
    return samples.units(sample)[0]


def test_ten_percent_is_rounded_up(call: Call, officer: Actor) -> None:
    for name, count, required in (("示例甲", 100, 10), ("示例乙", 101, 11), ("示例丙", 1, 1)):
        sample = drawn(officer, build.submitted(call, name=name, count=count))
        assert (sample.frame_size, sample.required) == (count, required)


def test_the_frame_is_the_last_years_distinct_smes(call: Call, officer: Actor) -> None:
    year = 2025
    rows = build.served(20, year)
    extra = [
        rows[0],
        {**rows[1], "credit_code": rows[1]["credit_code"].lower()},
        {**build.served(21, year)[20], "size": "sole_trader"},
        {**build.served(22, year)[21], "size": "large"},
        {**build.served(23, year)[22], "year": year - 1},
    ]
    assert drawn(officer, build.submitted(call, rows=rows + extra)).frame_size == 20


def test_before_acceptance_nothing_is_drawn_and_never_twice(application: Application, officer: Actor) -> None:
    with pytest.raises(Blocked, match="受理后方可抽取"):
        sampling.draw(actor=officer, application=application)
    drawn(officer, application)
    with pytest.raises(Blocked, match="已抽取满意度样本"):
        sampling.draw(actor=officer, application=application)


def test_an_empty_list_cannot_be_sampled(call: Call, officer: Actor) -> None:
    application = build.submitted(call, rows=build.served(5, 2024))
    district.accept(actor=officer, application=application)
    with pytest.raises(ValidationError, match="无法抽查"):
        sampling.draw(actor=officer, application=application)


def test_the_record_commits_to_the_seed_without_telling_it(application: Application, officer: Actor) -> None:
    sample = drawn(officer, application)
    record = StepRecord.objects.get(step="draw")
    assert record.data["frame"] == sample.frame_hash
    assert sample.seed not in str(record.data)
    build.answer_all(sample)
    sampling.close(actor=officer, sample=sample)
    assert StepRecord.objects.get(step="close").data["seed"] == sample.seed


def test_the_draw_replays_and_a_changed_unit_is_found(application: Application, officer: Actor) -> None:
    sample = drawn(officer, application)
    assert samples.replay(sample).agrees is True
    assert list(invariants.check()) == []
    a, b = sample.units.filter(position__in=(1, 2))
    SampleUnit.objects.filter(pk=a.pk).update(credit_code="x")
    SampleUnit.objects.filter(pk=b.pk).update(credit_code=a.credit_code)
    assert samples.replay(sample).agrees is False
    assert len(list(invariants.check())) == 1


def test_two_draws_of_one_list_have_different_seeds(application: Application, officer: Actor, colleague: Actor) -> None:
    sample = drawn(officer, application)
    sampling.propose_redraw(actor=officer, sample=sample, reason="清单企业联系方式有误")
    sampling.approve_redraw(actor=colleague, sample=sample)
    again = sampling.draw(actor=officer, application=application)
    assert again.seed != sample.seed
    assert Sample.objects.filter(state="voided").count() == 1


def test_a_redraw_needs_a_reason_and_a_second_person(
    application: Application, officer: Actor, colleague: Actor, stranger: Actor
) -> None:
    sample = drawn(officer, application)
    with pytest.raises(ValidationError, match="请填写重新抽样的理由"):
        sampling.propose_redraw(actor=officer, sample=sample, reason="")
    sampling.propose_redraw(actor=officer, sample=sample, reason="名单有误")
    with pytest.raises(Blocked, match="另一名经办人"):
        sampling.approve_redraw(actor=officer, sample=sample)
    with pytest.raises(NotAllowed):
        sampling.approve_redraw(actor=stranger, sample=sample)
    with pytest.raises(WrongStage):
        sampling.answer(unit=first(sample), satisfaction="very")
    assert sampling.refuse_redraw(actor=colleague, sample=sample, reason="名单无误").state == "open"
    sampling.answer(unit=first(sample), satisfaction="very")


def closed_and_proposed_again(officer: Actor, application: Application) -> Sample:
    sample = drawn(officer, application)
    build.answer_all(sample)
    sampling.close(actor=officer, sample=sample)
    sampling.propose_redraw(actor=officer, sample=sample, reason="清单须更正")
    return sample


def test_a_closed_sample_is_drawn_again_only_by_two_persons_and_the_sheet_says_so(
    application: Application, officer: Actor, colleague: Actor
) -> None:
    sample = closed_and_proposed_again(officer, application)
    with pytest.raises(Blocked, match="另一名经办人"):
        sampling.refuse_redraw(actor=officer, sample=sample, reason="不同意")
    assert sampling.refuse_redraw(actor=colleague, sample=sample, reason="清单无误").state == "closed"
    assert StepRecord.objects.order_by("sequence").last().step == "keep_result"
    assert summary.row_of(application, opinion="同意")["remarks"] == ""

    sampling.propose_redraw(actor=officer, sample=sample, reason="清单须更正")
    assert sampling.approve_redraw(actor=colleague, sample=sample).state == "voided"
    assert sampling.draw(actor=officer, application=application).state == "open"
    assert summary.row_of(application, opinion="同意")["remarks"] == "抽查结束后重新抽样：清单须更正"
    assert list(invariants.check()) == []


def test_the_page_of_the_refusal_keeps_the_result_of_a_closed_sample(
    application: Application, officer: Actor, colleague: Actor
) -> None:
    sample = closed_and_proposed_again(officer, application)
    visitor = Visitor(colleague)
    page = visitor.get(sample.get_absolute_url())
    assert "不同意重新抽样" not in {words.strip() for words in page.links}
    refusal = visitor.get(page.links["不同意重新抽样，维持结果"])
    done = visitor.submit(refusal, "不同意重新抽样，维持结果", {"reason": "清单无误"})
    assert "样本继续有效。" in done.text
    assert Sample.objects.get().state == "closed"


def test_an_open_sample_refused_a_redraw_goes_on(application: Application, officer: Actor, colleague: Actor) -> None:
    sample = drawn(officer, application)
    sampling.propose_redraw(actor=officer, sample=sample, reason="名单有误")
    asked = Sample.objects.get()
    words = ["抽查尚未结束，没有结果；不同意重新抽样的，恢复答复"]
    assert list(engine.blockers(asked, "keep_result", colleague)) == words
    assert sampling.refuse_redraw(actor=colleague, sample=sample, reason="名单无误").state == "open"


def test_a_sample_in_good_order_is_not_void_by_one_person(application: Application, officer: Actor) -> None:
    sample = drawn(officer, application)
    with pytest.raises(Blocked, match="清单与抽样时一致，样本有效"):
        sampling.void(actor=officer, sample=sample)
    assert Sample.objects.get().state == "open"


def test_a_sample_of_another_list_is_void_and_drawn_again(application: Application, officer: Actor) -> None:
    sample = drawn(officer, application)
    build.answer_all(sample)
    sampling.close(actor=officer, sample=sample)
    build.changed(application)
    sample = Sample.objects.get()
    assert sampling.void(actor=officer, sample=sample, reason="已补正").state == "voided"
    assert StepRecord.objects.order_by("sequence").last().reason == "服务中小企业清单已更正；已补正"
    again = sampling.draw(actor=officer, application=Application.objects.get())
    assert (again.frame_size, again.frame_hash == sample.frame_hash) == (sample.frame_size, False)


def test_a_sample_stops_with_its_application(application: Application, officer: Actor) -> None:
    sample = drawn(officer, application)
    sampling.answer(unit=samples.units(sample)[0], satisfaction="very")
    assert "联系被抽查企业，结束抽查" in owed(officer)
    Application.objects.update(state="withdrawn")
    assert owed(officer) == ["申报已终止，将满意度样本作废"]
    sample = Sample.objects.get()
    with pytest.raises(WrongStage, match="已经结束"):
        sampling.answer(unit=samples.units(sample)[1], satisfaction="very")
    with pytest.raises(WrongStage, match="抽查不再进行"):
        sampling.note_attempt(actor=officer, unit=samples.units(sample)[1], outcome="no_answer")
    with pytest.raises(Blocked, match="抽查不再进行"):
        sampling.close(actor=officer, sample=sample, waiver="申报已撤回")
    client = Client()
    client.force_login(officer.user)
    shown = client.get(sample.get_absolute_url()).content.decode()
    assert ("抽查不再进行，答复链接已停用" in shown, "样本作废</a>" in shown) == (True, True)
    assert sampling.void(actor=officer, sample=sample).state == "voided"
    assert SurveyAnswer.objects.count() == 1


def test_shared_telephones_and_those_of_the_applicant_are_flagged(call: Call, officer: Actor) -> None:
    rows = build.served(3, 2025)
    rows[1]["phone"] = f" {rows[0]['phone'][:3]} {rows[0]['phone'][3:]}"
    rows[2]["phone"] = "138 0000 0001"
    rows += [{**build.served(4, 2025)[3], "phone": "", "email": ""}]
    with mock.patch.object(drawing, "staff_phones", return_value=frozenset({"13800000001"})):
        rows[0]["phone"] = rows[1]["phone"] = "13911112222"
        sample = drawn(officer, build.submitted(call, rows=rows))
    flags = dict(sample.units.values_list("name", "flags"))
    for row, expected in zip(rows, (["shared_phone"], ["shared_phone"], ["staff_phone"], ["no_contact"]), strict=True):
        assert flags.get(row["name"], expected) == expected


def test_the_applicants_own_telephones_come_from_accounts_and_form(application: Application) -> None:
    user = cast.actor_of(application).user
    user.phone = "139 8888 7777"
    user.save()
    assert {"13988887777", "13800000001", "0871-63135193"} <= drawing.staff_phones(application)


def test_a_non_respondent_is_replaced_by_the_next_ticket(application: Application, officer: Actor) -> None:
    sample = drawn(officer, application)
    unit = first(sample)
    with pytest.raises(ValidationError, match="请先联系该企业"):
        sampling.replace(actor=officer, unit=unit)
    sampling.note_attempt(actor=officer, unit=unit, outcome="no_answer", note="上午两次")
    following = sampling.replace(actor=officer, unit=unit)
    assert (following.position, following.is_reserve) == (sample.required + 1, True)
    assert ContactAttempt.objects.get(unit=unit).note == "上午两次"
    with pytest.raises(WrongStage):
        sampling.answer(unit=SampleUnit.objects.get(pk=unit.pk), satisfaction="very")


def test_one_who_answered_is_not_replaced_but_one_never_served_is(application: Application, officer: Actor) -> None:
    sample = drawn(officer, application)
    one, other = samples.units(sample)[:2]
    sampling.answer(unit=one, satisfaction="dissatisfied")
    with pytest.raises(ValidationError, match="已有有效答复"):
        sampling.replace(actor=officer, unit=one)
    sampling.answer(unit=other, satisfaction="not_served")
    assert sampling.replace(actor=officer, unit=other).position == 11
    assert samples.progress(sample).valid == 1


def test_when_the_reserve_is_used_up_the_same_draw_goes_on(call: Call, officer: Actor) -> None:
    sample = drawn(officer, build.submitted(call, count=25))
    assert (sample.required, sample.reserve) == (3, 3)
    for _ in range(22):
        unit = sample.units.filter(activated_at__isnull=False, replaced_at__isnull=True).last()
        sampling.note_attempt(actor=officer, unit=unit, outcome="refused")
        sampling.replace(actor=officer, unit=unit)
    sample.refresh_from_db()
    assert (sample.reserve, samples.replay(sample).agrees, samples.progress(sample).exhausted) == (22, True, True)
    last = sample.units.filter(replaced_at__isnull=True).last()
    sampling.note_attempt(actor=officer, unit=last, outcome="refused")
    with pytest.raises(ValidationError, match="已全部抽取"):
        sampling.replace(actor=officer, unit=last)


def test_below_ten_percent_of_valid_answers_the_sample_does_not_close(call: Call, officer: Actor) -> None:
    sample = drawn(officer, build.submitted(call, count=105))
    units = list(samples.units(sample))
    assert len(units) == 11
    for unit in units[:10]:
        sampling.answer(unit=unit, satisfaction="satisfied")
    with pytest.raises(Blocked, match="有效答复10份，不足11份"):
        sampling.close(actor=officer, sample=sample, waiver="联系不上")
    sampling.answer(unit=units[10], satisfaction="neutral")
    closed = sampling.close(actor=officer, sample=sample)
    assert (closed.reached, closed.satisfied, closed.floor_waiver) == (11, 10, "")


def test_the_floor_is_waived_with_a_reason_when_everybody_was_asked(call: Call, officer: Actor) -> None:
    sample = drawn(officer, build.submitted(call, count=2))
    unit = first(sample)
    sampling.note_attempt(actor=officer, unit=unit, outcome="no_answer")
    following = sampling.replace(actor=officer, unit=unit)
    with pytest.raises(Blocked, match="还有1家企业未联系"):
        sampling.close(actor=officer, sample=sample, waiver="全部联系不上")
    sampling.note_attempt(actor=officer, unit=following, outcome="refused")
    with pytest.raises(ValidationError, match="有效答复0份，不足1份，请说明理由"):
        sampling.close(actor=officer, sample=sample)
    assert sampling.close(actor=officer, sample=sample, waiver="全部联系不上").floor_waiver == "全部联系不上"


def test_answers_by_telephone_name_who_noted_them(application: Application, officer: Actor, stranger: Actor) -> None:
    unit = first(drawn(officer, application))
    with pytest.raises(NotAllowed):
        sampling.note_answer(actor=stranger, unit=unit, satisfaction="very")
    given = sampling.note_answer(actor=officer, unit=unit, satisfaction="very", comment="好")
    assert (given.noted_by, unit.attempts.get().outcome) == (officer.user, "reached")


def test_an_enterprise_answers_once_by_its_link(application: Application, officer: Actor) -> None:
    unit = first(drawn(officer, application))
    client, address = Client(), links.path_of(unit)
    shown = client.get(address).content.decode()
    assert unit.name in shown
    assert application.platform_name in shown
    assert unit.phone not in shown
    assert unit.credit_code not in shown
    assert client.post(address, {}).status_code == 422
    assert client.post(address, {"satisfaction": "very", "comment": "很好"}).status_code == 302
    assert "已收到贵企业的答复" in client.get(address).content.decode()
    client.post(address, {"satisfaction": "dissatisfied"})
    assert SurveyAnswer.objects.get().satisfaction == "very"


def test_a_forged_old_or_foreign_token_finds_nothing(application: Application, officer: Actor) -> None:
    sample = drawn(officer, application)
    one, other = samples.units(sample)[:2]
    reserve = sample.units.filter(activated_at__isnull=True).first()
    old, client = links.path_of(one), Client()
    for address in (
        f"/review/survey/{one.uuid}/{links.token_of(other)}/",
        f"/review/survey/{one.uuid}/{'0' * 32}/",
        links.path_of(reserve),
    ):
        assert client.get(address).status_code == 404
    renewed = sampling.renew_link(actor=officer, unit=one)
    assert client.get(old).status_code == 404
    assert client.get(links.path_of(renewed)).status_code == 200


def test_after_closing_the_link_says_so_and_takes_nothing(application: Application, officer: Actor) -> None:
    sample = drawn(officer, application)
    reserve = sample.units.filter(activated_at__isnull=True).first()
    units = list(samples.units(sample))
    sampling.note_attempt(actor=officer, unit=units[0], outcome="no_answer")
    sampling.replace(actor=officer, unit=units[0])
    build.answer_all(sample)
    sampling.close(actor=officer, sample=sample)
    client, address = Client(), links.path_of(units[0])
    assert "本次抽查已经结束" in client.get(address).content.decode()
    client.post(address, {"satisfaction": "very"})
    assert SurveyAnswer.objects.filter(unit=units[0]).exists() is False
    assert SurveyAnswer.objects.filter(unit=reserve).exists() is True


def test_links_are_mailed_once_and_never_stored(application: Application, officer: Actor) -> None:
    sample = drawn(officer, application)
    unit = first(sample)
    SampleUnit.objects.filter(pk=unit.pk).update(email="qy@example.com")
    for expected in (1, 0):
        assert sampling.send_links(actor=officer, sample=sample, units=samples.units(sample)) == expected
    told = Announcement.objects.get(kind="survey")
    token = links.token_of(unit)
    assert token not in f"{told.url}{told.body}{told.occasion}"
    assert link_of(told) == links.path_of(unit)
    sampling.renew_link(actor=officer, unit=unit)
    assert link_of(told) == ""


def test_who_may_see_a_sample(application: Application, officer: Actor, stranger: Actor, city: Actor) -> None:
    sample = drawn(officer, application)
    from accounts.models import Role

    seen = {
        actor: samples.visible_to(actor).filter(pk=sample.pk).exists()
        for actor in (officer, city, cast.person("auditor", Role.AUDITOR), stranger, cast.actor_of(application))
    }
    assert list(seen.values()) == [True, True, True, False, False]
