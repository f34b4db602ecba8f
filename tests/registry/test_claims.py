"""The first account of an organisation from before the system: claimed by its people, given by its own district."""

from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.test import RequestFactory

from accounts import actors
from accounts.actors import Actor
from accounts.models import Capacity, Organisation, User
from accounts.services import registration
from files.models import StoredFile
from lifecycle.errors import Blocked, NotAllowed, TooMany, WrongStage
from lifecycle.models import Announcement, AnsweredForm
from registry import invariants, selectors
from registry.models import Claim
from registry.services import claims
from registry.services.claims import Claimant
from regulation import parameters
from regulation.identifiers import make_credit_code
from tests import cast, drafts
from tests.pages import Visitor
from timekeeping import clock

pytestmark = pytest.mark.django_db
PASSWORD = "Panlong-2026-claim"


@pytest.fixture
def body() -> Organisation:
    return cast.organisation("旧平台运营有限公司")


@pytest.fixture
def officer() -> Actor:
    return cast.district_officer()


def filed(body: Organisation, email: str = "claim@example.com", **changes: Any) -> Claim:
    asked = Claimant("认领人", "13800000009", email, changes.pop("role", "filer"), PASSWORD)
    given = {"credit_code": body.credit_code, "letter": cast.stored_file(), "address": "203.0.113.9", **changes}
    return claims.file(actor=actors.public, claimant=asked, **given)


def test_an_approved_claim_signs_in_with_the_password_chosen_when_it_was_filed(
    body: Organisation, officer: Actor
) -> None:
    claim = claims.approve(actor=officer, claim=filed(body))
    capacity = Capacity.objects.get(organisation=body)
    request = RequestFactory().post("/login/")
    assert authenticate(request, username=claim.account.username, password=PASSWORD) == claim.account
    assert (capacity.user, capacity.role, claim.state, claim.password) == (claim.account, "filer", "approved", "")
    told = Announcement.objects.get(kind="account")
    assert (told.email, claim.account.username in told.body) == ("claim@example.com", True)
    assert list(invariants.check()) == []


def test_a_signatory_may_claim_too(body: Organisation, officer: Actor) -> None:
    claims.approve(actor=officer, claim=filed(body, role="signatory"))
    assert Capacity.objects.get(organisation=body).role == "signatory"


def test_unknown_and_inhabited_organisations_get_the_same_answer(body: Organisation) -> None:
    inhabited = cast.organisation("有人单位")
    cast.filer(inhabited)
    words = []
    for code in (inhabited.credit_code, "91530100MA6K000000"):
        with pytest.raises(ValidationError) as refused:
            filed(body, credit_code=code)
        words.append(refused.value.message_dict)
    assert words == [{"credit_code": [claims.NOT_CLAIMABLE]}] * 2
    assert filed(body).receipt_number.endswith("-0001")


def test_only_the_own_district_decides(body: Organisation, officer: Actor) -> None:
    claim = filed(body)
    for stranger in (
        cast.district_officer("wuhua", "wuhua"),
        cast.city_officer(),
        cast.filer(cast.organisation("别家")),
    ):
        with pytest.raises(NotAllowed):
            claims.approve(actor=stranger, claim=claim)
    assert claims.approve(actor=officer, claim=claim).state == "approved"


def test_claims_are_seen_by_the_own_district_the_city_and_auditors(body: Organisation, officer: Actor) -> None:
    from accounts.models import Role

    claim = filed(body)
    filed(cast.organisation("五华单位", "wuhua"), email="other@example.com")
    auditor = cast.person("auditor", Role.AUDITOR)
    seen = [selectors.claims_visible_to(who).count() for who in (officer, cast.city_officer(), auditor)]
    assert (seen, selectors.claims_visible_to(officer).get()) == ([1, 2, 2], claim)
    assert selectors.claims_visible_to(cast.filer(cast.organisation("别家"))).count() == 0


def test_the_second_claim_of_an_organisation_cannot_be_approved(body: Organisation, officer: Actor) -> None:
    first, second = filed(body), filed(body, email="second@example.com")
    claims.approve(actor=officer, claim=first)
    with pytest.raises(Blocked, match="已有人员使用账号"):
        claims.approve(actor=officer, claim=second)
    refused = claims.refuse(actor=officer, claim=second, reason="请联系本单位同事")
    assert (refused.state, refused.password, User.objects.filter(claim__isnull=False).count()) == ("refused", "", 1)
    assert Announcement.objects.filter(kind="refuse", email="second@example.com").count() == 1


def test_a_decided_claim_is_not_decided_again(body: Organisation, officer: Actor) -> None:
    claim = filed(body)
    with pytest.raises(ValidationError):
        claims.refuse(actor=officer, claim=claim, reason="")
    claims.refuse(actor=officer, claim=claim, reason="公章不清")
    with pytest.raises(WrongStage, match="不予核准认领"):
        claims.approve(actor=officer, claim=claim)


def test_one_address_files_only_so_many_claims_a_day(body: Organisation) -> None:
    for number in range(5):
        filed(body, email=f"claim{number}@example.com")
    with pytest.raises(TooMany):
        claims.check_quota("203.0.113.9")
    claims.check_quota("203.0.113.10")


def test_registration_points_to_the_claim_only_when_nobody_acts(body: Organisation) -> None:
    inhabited = cast.organisation("有人单位")
    cast.filer(inhabited)
    words = []
    for known in (body, inhabited):
        with pytest.raises(ValidationError) as refused:
            registration.register(
                organisation=registration.NewOrganisation(
                    "任意名称", known.credit_code, "enterprise", "某人", known.district, "某地", "某地"
                ),
                person=registration.NewPerson("某人", "13800000008", "some@example.com", PASSWORD),
            )
        words.append(refused.value.message_dict["credit_code"])
    assert words == [[registration.CLAIMABLE], [registration.TAKEN]]


def test_the_form_keeps_what_was_typed_and_sends_once(body: Organisation) -> None:
    visitor = Visitor()
    page = visitor.get("/register/claims/new/")
    typed = {
        "credit_code": body.credit_code, "name": "认领人", "phone": "13800000009", "email": "claim@example.com",
        "password1": PASSWORD, "password2": "else", "agreed": "on",
    }  # fmt: skip
    wrong = visitor.submit(page, "提交认领申请", typed, letter=drafts.upload("介绍信.pdf"))
    assert (wrong.status, wrong.soup.find(attrs={"name": "name"})["value"]) == (422, "认领人")
    done = visitor.submit(page, "提交认领申请", {**typed, "password2": PASSWORD}, letter=drafts.upload("介绍信.pdf"))
    again = visitor.submit(page, "提交认领申请", {**typed, "password2": PASSWORD}, letter=drafts.upload("介绍信.pdf"))
    assert [done.heading, again.heading] == ["认领申请已提交"] * 2
    assert (Claim.objects.count(), Claim.objects.get().receipt_number in done.text) == (1, True)
    assert AnsweredForm.objects.get().actor_key == "public"


def test_the_letter_is_open_to_those_who_read_the_claim_only(body: Organisation, officer: Actor) -> None:
    claim = filed(body)
    answers = [
        Visitor(who).get(f"{claim.get_absolute_url()}letter/").status
        for who in (officer, cast.district_officer("wuhua", "wuhua"), cast.filer(cast.organisation("别家")))
    ]
    assert answers == [200, 404, 403]


def test_a_password_left_behind_and_a_missing_account_are_found(body: Organisation, officer: Actor) -> None:
    claim = claims.refuse(actor=officer, claim=filed(body), reason="公章不清")
    assert list(invariants.check()) == []
    Claim.objects.filter(pk=claim.pk).update(password="left")
    assert list(invariants.check()) == [f"账号认领 {claim.receipt_number} 已办结，仍存有密码摘要"]
    approved = claims.approve(actor=officer, claim=filed(body, email="second@example.com"))
    Claim.objects.filter(pk=claim.pk).update(password="")
    Claim.objects.filter(pk=approved.pk).update(account=None)
    assert list(invariants.check()) == [f"账号认领 {approved.receipt_number} 的状态与账号不一致"]


def test_guessing_organisations_keeps_no_file_and_ends_for_the_day(body: Organisation) -> None:
    visitor = Visitor()
    page = visitor.get("/register/claims/new/")
    typed = {
        "credit_code": make_credit_code("91530100MA6K0000X"), "name": "认领人", "phone": "13800000009", "email": "claim@example.com",
        "password1": PASSWORD, "password2": PASSWORD, "agreed": "on",
    }  # fmt: skip
    limit = parameters.at(clock.today()).lookup_failures_per_day_per_ip
    answers = [
        visitor.submit(page, "提交认领申请", typed, letter=drafts.upload("介绍信.pdf")).status for _ in range(limit + 1)
    ]
    assert (answers, StoredFile.objects.count()) == ([422] * limit + [429], 0)
    typed["credit_code"] = body.credit_code
    assert visitor.submit(page, "提交认领申请", typed, letter=drafts.upload("介绍信.pdf")).status == 429
    assert Claim.objects.count() == 0
