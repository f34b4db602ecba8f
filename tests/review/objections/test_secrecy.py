"""Nothing about the objector reaches anybody but the handler; opening the identity leaves a record (Art. 14, 21)."""

import json

import pytest
from django.core import serializers
from django.test import Client

from accounts.actors import Actor
from accounts.models import Role
from lifecycle.models import Announcement, StepRecord
from review.models import IdentityOpening, Objection
from review.services import objections
from tests import cast
from tests.review.stage import CONCLUSION, City

SECRETS = ("张某某", "13911112222", "五华区示例巷3号", "zhang@example.org", "张某某的证据")


@pytest.fixture
def objection(city: City) -> Objection:
    """An objection with everything that could leak, concluded as unfounded."""
    application = city.proposed()
    found = city.objection(city.published(application), evidence=(cast.stored_file("张某某的证据.pdf"),))
    objections.investigate(actor=city.officer, objection=found)
    objections.find_unfounded(actor=city.officer, objection=found, **CONCLUSION)
    return found


def seen_by(actor: Actor | None, address: str) -> tuple[int, list[str]]:
    client = Client()
    if actor:
        client.force_login(actor.user)
    answer = client.get(address, follow=True)
    body = answer.getvalue().decode(errors="replace")
    return answer.status_code, [secret for secret in SECRETS if secret in body]


def personas(city: City, objection: Objection) -> dict[str, Actor | None]:
    return {
        "public": None,
        "applicant": cast.actor_of(objection.application),
        "signatory": cast.actor_of(objection.application, Role.SIGNATORY),
        "district": city.district_panlong,
        "other district": cast.district_officer("wuhua", "wuhua"),
        "handler": city.officer,
        "other city officer": city.second,
        "auditor": cast.person("auditor", Role.AUDITOR),
        "expert": cast.person("expert", Role.EXPERT),
    }


def test_no_page_shows_who_objected(city: City, objection: Objection) -> None:
    notice = objection.notice
    addresses = [
        "/review/notices/", notice.public_url(), f"/review/notices/{notice.uuid}/object/", "/review/desk/notices/",
        notice.get_absolute_url(), "/review/desk/objections/?tab=all", objection.get_absolute_url(),
        objection.application.get_absolute_url(), "/review/objections/follow/",
    ]  # fmt: skip
    leaks = {
        (name, address): found
        for name, actor in personas(city, objection).items()
        for address in addresses
        if (found := seen_by(actor, address)[1])
    }
    assert leaks == {}


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("applicant", 403),
        ("district", 200),
        ("other district", 404),
        ("handler", 200),
        ("auditor", 200),
        ("expert", 403),
    ],
)
def test_the_page_of_an_objection_opens_for_those_concerned(
    city: City, objection: Objection, name: str, status: int
) -> None:
    assert seen_by(personas(city, objection)[name], objection.get_absolute_url())[0] == status


def test_a_district_reads_the_conclusion_and_neither_content_nor_findings(city: City, objection: Objection) -> None:
    client = Client()
    client.force_login(city.district_panlong.user)
    page = client.get(objection.get_absolute_url()).content.decode()
    assert CONCLUSION["conclusion"] in page
    assert (
        objection.content not in page and CONCLUSION["findings"] not in page and CONCLUSION["answer_text"] not in page
    )


def test_record_and_messages_hold_no_identity_but_the_address_they_go_to(city: City, objection: Objection) -> None:
    records = serializers.serialize("json", StepRecord.objects.all(), ensure_ascii=False)
    told = Announcement.objects.values_list("title", "body", "url")
    texts = records + json.dumps(list(told), ensure_ascii=False)
    assert [secret for secret in SECRETS if secret in texts] == []
    assert set(Announcement.objects.exclude(email="").filter(user=None).values_list("email", flat=True)) == {
        "zhang@example.org"
    }
    assert Announcement.objects.filter(recipient="mail:zhang@example.org").first().url == "/review/objections/follow/"


def test_the_handler_opens_the_identity_and_the_opening_is_recorded(city: City, objection: Objection) -> None:
    answer = opened(city.officer, objection)
    assert answer.status_code == 200 and "张某某" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert list(IdentityOpening.objects.values_list("opened_by", "role", "reason")) == [
        (city.officer.user_id, "city_officer", "经办")
    ]


def test_nobody_else_opens_it_and_a_refusal_shows_and_records_nothing(city: City, objection: Objection) -> None:
    for actor, status in (
        (city.second, 403),
        (city.district_panlong, 403),
        (cast.actor_of(objection.application), 403),
    ):
        answer = opened(actor, objection, reason="想知道是谁")
        assert answer.status_code == status and "张某某" not in answer.content.decode()
    assert IdentityOpening.objects.count() == 0


def test_an_auditor_needs_a_reason(city: City, objection: Objection) -> None:
    auditor = cast.person("auditor", Role.AUDITOR)
    without = opened(auditor, objection)
    assert without.status_code == 422 and "张某某" not in without.content.decode()
    assert IdentityOpening.objects.count() == 0
    assert "张某某" in opened(auditor, objection, reason="核查异议办理").content.decode()
    assert IdentityOpening.objects.get().reason == "核查异议办理"


def test_before_there_is_a_handler_a_city_officer_opens_it_with_a_reason(city: City) -> None:
    waiting = city.objection(city.published())
    assert opened(city.second, waiting).status_code == 422
    assert "张某某" in opened(city.second, waiting, reason="判断是否受理").content.decode()
    objections.investigate(actor=city.officer, objection=waiting)
    assert opened(city.second, waiting, reason="再看一次").status_code == 403


def test_the_objectors_files_open_only_after_the_identity(city: City, objection: Objection) -> None:
    file = objection.evidence.get()
    address = f"{objection.get_absolute_url()}evidence/{file.uuid}/"
    client = Client()
    client.force_login(city.officer.user)
    assert client.get(address).status_code == 302
    opened(city.officer, objection)
    served = client.get(address)
    assert served.status_code == 200 and served.getvalue().startswith(b"%PDF")
    other = Client()
    other.force_login(city.second.user)
    assert other.get(address).status_code == 302


def opened(actor: Actor, objection: Objection, **typed: str) -> object:
    client = Client()
    client.force_login(actor.user)
    return client.post(f"{objection.get_absolute_url()}identity/", typed)


def test_the_public_list_names_only_what_may_be_public(city: City) -> None:
    application = city.proposed()
    notice = city.published(application)
    objections.investigate(actor=city.officer, objection=city.objection(notice))
    body = application.organisation
    page = Client().get(notice.public_url()).content.decode()
    assert application.platform_name in page and body.name in page and "盘龙区" in page
    hidden = (body.credit_code, body.legal_representative, body.registered_address, "异议核查", str(application.uuid))
    assert [word for word in hidden if word in page] == []
