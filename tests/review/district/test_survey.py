"""Asking: the private link, its one answer, its replacement; the officers' live page; who may look."""

import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.actors import Actor
from accounts.models import Role
from applications.models import Application
from lifecycle.errors import NotAllowed
from review import links
from review.models import Sample, SampleUnit, SurveyAnswer
from review.selectors import sampling as samples
from review.services import district, sampling
from tests import cast
from tests.pages import Visitor
from tests.review import build

pytestmark = pytest.mark.django_db


@pytest.fixture
def sample(application: Application, officer: Actor) -> Sample:
    district.accept(actor=officer, application=application)
    return sampling.draw(actor=officer, application=application)


def units(sample: Sample) -> list[SampleUnit]:
    return list(samples.units(sample))


def page(address: str) -> Any:
    return Visitor().get(address)


def test_an_answer_is_confirmed_in_words_and_stays_as_it_is(sample: Sample) -> None:
    unit = units(sample)[0]
    address, visitor = links.path_of(unit), Visitor()
    missing = visitor.submit(visitor.get(address), "提交答复", {"comment": "服务及时"})
    assert (missing.status, missing.errors, missing.soup.textarea.get_text(strip=True)) == (
        422, ["请选择贵企业对该平台提供的服务是否满意。"], "服务及时",
    )  # fmt: skip
    done = visitor.submit(missing, "提交答复", {"satisfaction": "very"})
    assert "已收到贵企业的答复" in done.text
    assert "收到时间：2026年11月23日 09:00" in done.text
    assert Client().post(address, {"satisfaction": "dissatisfied"}).status_code == 200
    assert list(SurveyAnswer.objects.values_list("satisfaction", "comment")) == [("very", "服务及时")]


def test_wrong_old_and_unused_links_get_one_page_and_guessing_is_slowed_down(sample: Sample, officer: Actor) -> None:
    one, other = units(sample)[:2]
    reserve = sample.units.filter(activated_at__isnull=True).first()
    old = links.path_of(one)
    sampling.renew_link(actor=officer, unit=one)
    wrong = (
        old,
        links.path_of(reserve),
        reverse("review:survey", args=[one.uuid, links.token_of(other)]),
        reverse("review:survey", args=[reserve.sample.uuid, "0" * 32]),
    )
    found = [page(address) for address in wrong]
    assert {(one.status, one.heading) for one in found} == {(404, "服务满意度抽查")}
    assert {re.sub(r"csrf\w+", "", one.text) for one in found} == {found[0].text}
    assert "这个链接不能使用" in found[0].text
    for _ in range(16):
        page(old)
    assert page(old).status == 429
    assert page(links.path_of(SampleUnit.objects.get(pk=one.pk))).status == 200  # the right link costs nothing


def test_while_a_redraw_is_decided_on_the_link_asks_for_patience(sample: Sample, officer: Actor) -> None:
    sampling.propose_redraw(actor=officer, sample=sample, reason="清单联系方式有误")
    shown = page(links.path_of(units(sample)[0]))
    assert "暂停答复" in shown.text
    assert "提交答复" not in shown.text


def test_an_answer_by_telephone_closes_the_link_too(sample: Sample, officer: Actor) -> None:
    unit = units(sample)[0]
    sampling.note_answer(actor=officer, unit=unit, satisfaction="satisfied")
    assert "电话答复，经办人代录" in page(links.path_of(unit)).text
    with pytest.raises(ValidationError, match="只答复一次"):
        sampling.note_answer(actor=officer, unit=unit, satisfaction="very")


def test_the_live_part_shows_a_new_answer_and_does_not_keep_the_session_awake(sample: Sample, officer: Actor) -> None:
    client = Client()
    client.force_login(officer.user)
    address = reverse("review:sample_progress", args=[sample.uuid])
    assert "还没有有效答复" in client.get(address).content.decode()
    sampling.answer(unit=units(sample)[0], satisfaction="very")
    before = dict(client.session)
    shown = client.get(address).content.decode()
    assert "1/1（100%）" in shown
    assert f'hx-get="{address}"' in shown
    assert dict(client.session) == before
    build.answer_all(sample)
    sampling.close(actor=officer, sample=sample)
    assert "hx-get" not in client.get(address).content.decode()


def test_the_enterprises_are_read_by_city_and_auditor_and_worked_on_by_the_district_alone(
    sample: Sample, officer: Actor, city: Actor, stranger: Actor
) -> None:
    unit, auditor = units(sample)[0], cast.person("auditor", Role.AUDITOR)
    address = reverse("review:sample_unit", args=[sample.uuid, unit.uuid])
    assert "登记联系结果" in Visitor(officer).get(address).text
    for reader in (city, auditor):
        shown = Visitor(reader).get(address)
        assert (shown.status, "登记联系结果" in shown.text) == (200, False)
    assert Visitor(stranger).get(address).status == 404
    with pytest.raises(NotAllowed):
        sampling.note_attempt(actor=city, unit=unit, outcome="refused")


def test_each_slip_carries_its_own_link_as_a_code(sample: Sample, officer: Actor, stranger: Actor) -> None:
    address = reverse("review:sample_links", args=[sample.uuid])
    shown = Visitor(officer).get(address)
    slips = shown.soup.select(".slip")
    assert [slip.h2.get_text() for slip in slips] == [unit.name for unit in units(sample)]
    assert len({slip.img["src"] for slip in slips}) == sample.required
    assert all(
        slip.select_one(".num").get_text().endswith(links.path_of(unit))
        for slip, unit in zip(slips, units(sample), strict=True)
    )
    sampling.answer(unit=units(sample)[0], satisfaction="very")
    assert len(Visitor(officer).get(address).soup.select(".slip")) == sample.required - 1
    assert Visitor(stranger).get(address).status == 404
