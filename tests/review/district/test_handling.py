"""Accepting, transferring, returning for correction, judging what was never corrected."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from accounts.actors import Actor
from applications import documents
from applications.models import Application, Call
from files import pdf, storage
from lifecycle import seals
from lifecycle.errors import Blocked, NotAllowed, WrongStage
from lifecycle.models import Announcement, StepRecord
from review import checklist
from review.selectors import checks
from review.services import district, sampling
from review.services.district.handling import Defect
from tests import cast
from tests.review import build
from timekeeping import clock

pytestmark = pytest.mark.django_db

FINANCE = Defect("section", "finance", "资产总额与报表不一致，请更正。")
STATEMENTS = Defect("material", "3", "请提交体现服务收支的上年度财务报表。")
SERVED = Defect("list", "served", "请核对重复的企业。")


def give_back(officer: Actor, application: Application, *defects: Defect, **kwargs: object):
    return district.return_for_correction(actor=officer, application=application, defects=defects, **kwargs)


def test_only_the_own_district_accepts(application: Application, officer: Actor, stranger: Actor, city: Actor) -> None:
    for actor in (stranger, city, cast.actor_of(application)):
        with pytest.raises(NotAllowed):
            district.accept(actor=actor, application=application)
    assert district.accept(actor=officer, application=application).state == "accepted"
    with pytest.raises(WrongStage):
        district.accept(actor=officer, application=application)


def test_open_defects_keep_a_case_from_being_accepted(application: Application, officer: Actor) -> None:
    district.save_checks(actor=officer, application=application, answers={"section-finance-assets": ("fix", "请更正")})
    with pytest.raises(Blocked, match="核对清单中有1项“需补正”"):
        district.accept(actor=officer, application=application)
    district.save_checks(actor=officer, application=application, answers={"section-finance-assets": ("ok", "")})
    assert district.accept(actor=officer, application=application).state == "accepted"


def test_a_wrongly_addressed_case_goes_to_its_district(
    application: Application, officer: Actor, stranger: Actor
) -> None:
    with pytest.raises(ValidationError, match="请填写移送理由"):
        district.transfer(actor=officer, application=application, to=cast.district("wuhua"), reason=" ")
    with pytest.raises(ValidationError, match="已在本县"):
        district.transfer(actor=officer, application=application, to=cast.district(), reason="误报")
    district.transfer(actor=officer, application=application, to=cast.district("wuhua"), reason="经营服务地在五华区")
    record = StepRecord.objects.get(step="transfer")
    assert record.data == {"from": "panlong", "to": "wuhua", seals.SEAL: seals.of(application)}
    with pytest.raises(NotAllowed):
        district.accept(actor=officer, application=application)
    assert district.accept(actor=stranger, application=application).state == "accepted"


def test_after_acceptance_a_case_is_not_transferred(application: Application, officer: Actor) -> None:
    district.accept(actor=officer, application=application)
    with pytest.raises(WrongStage):
        district.transfer(actor=officer, application=application, to=cast.district("wuhua"), reason="误报")


def test_all_defects_are_told_at_once_item_by_item_with_five_working_days(
    application: Application, officer: Actor
) -> None:
    assets = Defect.of(checklist.BY_KEY["section-finance-assets"], "资产总额与报表不一致，请更正。")
    income = Defect.of(checklist.BY_KEY["section-finance-income"], "请补充服务支出。", ["finance.good_credit"])
    made = give_back(officer, application, assets, STATEMENTS, income, note="谢谢配合")
    assert made.due_at == clock.shanghai(2026, 12, 1)
    assert [(one.item, one.part, one.key, one.fields, one.defect) for one in made.items.all()] == [
        ("section-finance-assets", "section", "finance",
         ["finance.total_assets", "finance.liabilities", "finance.net_assets"], "资产总额与报表不一致，请更正。"),
        ("", "material", "3", [], "请提交体现服务收支的上年度财务报表。"),
        ("section-finance-income", "section", "finance",
         ["finance.revenue", "finance.service_income", "finance.service_cost", "finance.net_profit",
          "finance.good_finances", "finance.good_credit"], "请补充服务支出。"),
    ]  # fmt: skip
    told = Announcement.objects.get(kind="return_for_correction", user=cast.actor_of(application).user)
    assert "请于2026年11月30日24:00前补正以下3项：1. 资产总额" in told.body


def test_an_item_twice_or_of_another_part_and_an_unknown_field_are_refused(
    application: Application, officer: Actor
) -> None:
    item = checklist.BY_KEY["section-finance-assets"]
    with pytest.raises(ValidationError, match="同一核对事项只能列一次"):
        give_back(officer, application, Defect.of(item, "一"), Defect.of(item, "二"))
    for wrong in (
        Defect("section", "service", "请更正", item.key),
        Defect("section", "finance", "请更正", "section-finance-nonsense"),
        Defect("section", "finance", "请更正", item.key, ("finance.nonsense",)),
    ):
        with pytest.raises(ValidationError, match="不正确，请重新核对"):
            give_back(officer, application, wrong)
    assert give_back(officer, application, Defect.of(item, "请更正")).items.count() == 1


def test_the_letter_says_what_the_officer_found(application: Application, officer: Actor) -> None:
    made = give_back(officer, application, FINANCE, STATEMENTS, due_on=date(2026, 12, 4))
    issued = documents.return_letter(made)
    text = "".join(pdf.text_of(storage.path_of(issued.file).read_bytes()).split())
    for words in (
        "资产与财务：资产总额与报表不一致，请更正。",
        "请提交体现服务收支的上年度财务报表。",
        "2026年12月4日24:00",
        "盘龙区科技和工业信息化局",
    ):
        assert words in text


def test_a_shorter_term_an_empty_text_and_no_defect_are_refused(application: Application, officer: Actor) -> None:
    with pytest.raises(ValidationError, match="补正期限不得少于5个工作日"):
        give_back(officer, application, FINANCE, due_on=date(2026, 11, 27))
    with pytest.raises(ValidationError, match="都须写明"):
        give_back(officer, application, Defect("section", "finance", " "))
    with pytest.raises(ValidationError, match="没有“需补正”的事项"):
        give_back(officer, application)
    assert give_back(officer, application, FINANCE, due_on=date(2026, 11, 30)).due_at == clock.shanghai(2026, 12, 1)


def test_an_unpublished_year_refuses_and_says_what_to_do(application: Application, officer: Actor) -> None:
    with (
        clock.frozen(clock.shanghai(2026, 12, 30, 9)),
        pytest.raises(ValidationError, match="2027年的节假日安排尚未录入"),
    ):
        give_back(officer, application, FINANCE)


def test_the_served_list_stays_shut_once_the_sample_is_drawn(
    application: Application, officer: Actor, colleague: Actor
) -> None:
    district.accept(actor=officer, application=application)
    sample = sampling.draw(actor=officer, application=application)
    with pytest.raises(ValidationError, match="该清单不能再退回补正"):
        give_back(officer, application, SERVED)
    sampling.propose_redraw(actor=officer, sample=sample, reason="清单有误")
    sampling.approve_redraw(actor=colleague, sample=sample)
    assert give_back(officer, application, SERVED).items.count() == 1


def test_other_parts_may_go_back_after_the_draw(application: Application, officer: Actor) -> None:
    district.accept(actor=officer, application=application)
    sampling.draw(actor=officer, application=application)
    assert give_back(officer, application, FINANCE).items.count() == 1


def test_a_missed_correction_is_judged_as_it_stands_only_after_its_end(
    application: Application, officer: Actor
) -> None:
    made = give_back(officer, application, FINANCE)
    with (
        clock.frozen(made.due_at - timedelta(microseconds=1)),
        pytest.raises(Blocked, match="期满未补正方可按原件审核"),
    ):
        district.judge_last_version(actor=officer, application=application)
    with clock.frozen(made.due_at):
        assert district.judge_last_version(actor=officer, application=application).state == "submitted"


def test_answers_on_unchanged_parts_are_carried_to_the_next_version(call: Call, officer: Actor) -> None:
    application = build.submitted(call)
    build.check_all(officer, application)
    said = dict(application.current_version.content)
    said["sections"] = {**said["sections"], "finance": {**said["sections"]["finance"], "total_assets": "500"}}
    build.freeze(application, said, cast.actor_of(application))
    standing = checks.standing(Application.objects.get(pk=application.pk))
    assert sorted(item.key for item in standing.open_items) == [
        "material-1-signed", "section-finance-assets", "section-finance-credit", "section-finance-income",
    ]  # fmt: skip
    assert standing.answers["section-identity-names"].carried is True


def test_an_unknown_item_or_verdict_is_refused(application: Application, officer: Actor) -> None:
    for answers in ({"section-finance-nonsense": ("ok", "")}, {"section-finance-assets": ("perhaps", "")}):
        with pytest.raises(ValidationError):
            district.save_checks(actor=officer, application=application, answers=answers)
    assert (
        district.save_checks(actor=officer, application=application, answers={"section-finance-assets": ("ok", "")})
        == 1
    )
