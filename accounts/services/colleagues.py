"""The people of an organisation: colleagues are added and taken off by its own filers and signatories."""

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from accounts import limits
from accounts.actors import Actor
from accounts.models import APPLICANT_ROLES, Capacity, Organisation, Role, User
from accounts.services import mailing
from accounts.services.registration import free_username
from accounts.tokens import INVITATION
from timekeeping import clock

MAIL = "invitation"
PER_DAY = 20
"""Default of the bureau, in force from 2026-01-01: people an organisation adds on one day."""


@transaction.atomic
def add(*, actor: Actor, name: str, email: str, phone: str, role: Role) -> Capacity:
    """Let a colleague act for the actor's organisation. A new person sets the password by a mailed link.

    Somebody who acts for the organisation already, found by e-mail, gets the further role. Raises ValidationError when
    the person has the role or too many were added today, PermissionDenied for anybody but the organisation's own people.
    """
    body = _own(actor)
    if role not in APPLICANT_ROLES:
        raise PermissionDenied("本单位人员只能添加为经办人或者签字人。")
    # Anybody may register: without a limit the site would send mail to whomever they name.
    if limits.use(MAIL, str(body.uuid)) > PER_DAY:
        raise ValidationError("本单位今日添加的人员已达上限，请明日再添加。")
    return appoint(body=body, name=name, email=email, phone=phone, role=role)


@transaction.atomic
def appoint(*, body: Organisation, name: str, email: str, phone: str, role: Role) -> Capacity:
    """Give a person a role in the organisation and invite by mail, as ``add`` does, for a caller who has authorised it already."""
    Organisation.objects.select_for_update().get(pk=body.pk)
    present = Capacity.objects.active().filter(organisation=body, user__email__iexact=email).select_related("user")
    if any(capacity.role == role for capacity in present):
        raise ValidationError({"email": "这位同事已经有该身份。"})
    known = next((capacity.user for capacity in present), None)
    user = known or User.objects.create_user(free_username(body), None, name=name, email=email, phone=phone)
    capacity = Capacity.objects.create(user=user, role=role, organisation=body, valid_from=clock.today())
    mailing.ask(MAIL, capacity.uuid)
    return capacity


def close(capacity: Capacity) -> None:
    """End a capacity at this moment; sessions find out with their next request. The caller has authorised it."""
    capacity.valid_to, capacity.ended_at = clock.today(), clock.now()
    capacity.save(update_fields=["valid_to", "ended_at"])


@transaction.atomic
def end(*, actor: Actor, capacity: Capacity) -> None:
    """Take a colleague's role away at once. Raises ValidationError for the last filer or one's own role in use."""
    body = _own(actor)
    if capacity.organisation_id != body.pk:
        raise PermissionDenied("只能停用本单位人员的身份。")
    Organisation.objects.select_for_update().get(pk=body.pk)
    if actor.capacity == capacity:
        raise ValidationError("不能停用自己正在使用的身份，请由同事办理。")
    filers = Capacity.objects.active().filter(organisation=body, role=Role.FILER)
    if capacity.role == Role.FILER and filers.count() <= 1:
        raise ValidationError("至少保留一名经办人，请先添加接替的同事。")
    close(capacity)


def _own(actor: Actor) -> Organisation:
    if not actor.is_applicant or actor.organisation is None:
        raise PermissionDenied("此事项供申报单位人员办理。")
    return actor.organisation


def mail_invitation(capacity_uuid: str) -> None:
    """Tell a colleague of the new role; who has no password yet gets the link to set one. Nothing when the role is gone."""
    found = Capacity.objects.active().filter(uuid=capacity_uuid).select_related("user", "organisation").first()
    if found is None:
        return
    path = reverse("accounts:reset", args=[found.user.uuid, INVITATION.make_token(found.user)])
    link = "" if found.user.has_usable_password() else f"{settings.BASE_URL}{path}"
    context = {"capacity": found, "user": found.user, "url": link, "login": f"{settings.BASE_URL}{reverse('login')}"}
    body = render_to_string("accounts/mail/invitation.txt", context)
    send_mail("请您办理示范平台申报事项", body, None, [found.user.email])
