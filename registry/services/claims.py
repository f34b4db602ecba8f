"""Accounts of organisations from before the system: claimed by their people, checked by their district (default)."""

import math
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError

from accounts import limits
from accounts.actors import Actor
from accounts.models import Capacity, Organisation, Role, User
from accounts.services.registration import free_username, has_people
from files.models import StoredFile
from lifecycle import announcements, engine, lookups, numbers
from lifecycle.errors import TooMany
from lifecycle.idempotency import FormKey
from registry.models import Claim
from regulation import parameters
from regulation.identifiers import normalise_credit_code
from timekeeping import clock
from timekeeping.dates import start_of_day

RECEIPT_NUMBER = "RL-{year}-{sequence:04d}"
KIND = "claim"
NOT_CLAIMABLE = "没有找到可以认领的单位。请核对统一社会信用代码；单位已有人员使用账号的，请联系本单位同事添加您。"


@dataclass(frozen=True)
class Claimant:
    """Who claims, as ``filer`` or ``signatory``, with the password of the account to be."""

    name: str
    phone: str
    email: str
    role: str
    password: str


def check_quota(address: str) -> None:
    """Raises TooMany (429) when the address has filed as many claims or was wrong as often today as it may.

    Asked before a file is kept.
    """
    lookups.may_ask(address)
    today = clock.today()
    if limits.used(KIND, address) >= parameters.at(today).claims_per_day_per_ip:
        tomorrow = start_of_day(today + timedelta(days=1))
        words = "同一网络今天提交的认领申请已达上限。请明天再提交，或者联系所属县(市)区主管部门。"
        raise TooMany(words, retry_after=math.ceil((tomorrow - clock.now()).total_seconds()))


def claimable(credit_code: str) -> Organisation:
    """The organisation in the book that has nobody; asked before a file is kept.

    Raises ValidationError with the same words for an unknown organisation and for one that has people.
    """
    body = Organisation.objects.filter(credit_code=normalise_credit_code(credit_code)).first()
    if body is None or has_people(body):
        raise ValidationError({"credit_code": NOT_CLAIMABLE})
    return body


def file(
    *, actor: Actor, credit_code: str, claimant: Claimant, letter: StoredFile, address: str, key: FormKey | None = None
) -> Claim:
    """Ask for the account of an organisation in the book that has nobody; ``address`` is counted by hash only.

    Raises what ``claimable`` raises.
    """
    body = claimable(credit_code)
    with engine.act(actor=actor, key=key) as act:
        limits.use(KIND, address)
        year = clock.today().year
        sequence = numbers.take("claim", year)
        claim = Claim(
            receipt_number=RECEIPT_NUMBER.format(year=year, sequence=sequence), year=year, sequence=sequence,
            organisation=body, role=claimant.role, name=claimant.name, phone=claimant.phone, email=claimant.email,
            password=make_password(claimant.password), letter=letter,
        )  # fmt: skip
        act.create(claim, "file", data={"number": claim.receipt_number, "letter": letter.sha256})
    return claim


def approve(*, actor: Actor, claim: Claim, key: FormKey | None = None, version: int | None = None) -> Claim:
    """Give the claimant the organisation's first account. Raises Blocked when somebody acts for it meanwhile."""
    with engine.act(actor=actor, key=key) as act:
        [claim] = act.lock((claim, version))
        body = _locked(claim)
        act.take(claim, "approve")
        claim.account = _account(claim, body)
        claim.password = ""
        claim.save(update_fields=["account", "password"])
        announcements.tell(
            subject=claim, kind="account", occasion="approved", title=f"账号认领已核准：{body.name}",
            body=f"您的用户名：{claim.account.username}。请用申请时设置的密码登录；忘记密码的，可在登录页找回。\n"
            "登录后请在“本单位人员”中添加同事，并按期报送年度总结和计划。",
            emails=[claim.email],
        )  # fmt: skip
    return claim


def refuse(*, actor: Actor, claim: Claim, reason: str, key: FormKey | None = None, version: int | None = None) -> Claim:
    """Do not give the account; the claimant is told why by mail."""
    if not reason.strip():
        raise ValidationError({"reason": "请写明不予核准的理由。"})
    with engine.act(actor=actor, key=key) as act:
        [claim] = act.lock((claim, version))
        claim.password = ""
        act.take(claim, "refuse", reason=reason)
    return claim


def _locked(claim: Claim) -> Organisation:
    """The organisation, locked: two claims of it are decided one after the other."""
    return Organisation.objects.select_for_update().get(pk=claim.organisation_id)


def _account(claim: Claim, body: Organisation) -> User:
    user = User(username=free_username(body), name=claim.name, email=claim.email, phone=claim.phone)
    user.password = claim.password
    user.save()
    Capacity.objects.create(user=user, role=Role(claim.role), organisation=body, valid_from=clock.today())
    return user
