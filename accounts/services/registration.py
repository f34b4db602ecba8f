"""An organisation and its first person register themselves (Art. 3, 10); no official has to let them in."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Capacity, District, Organisation, Role, User
from regulation.identifiers import check_credit_code
from timekeeping import clock

CLAIMABLE = "该统一社会信用代码的单位已在名录登记，还没有人使用账号。请申请认领，由所属县(市)区主管部门核实。"
TAKEN = "该统一社会信用代码的单位已经注册。请联系本单位同事，由其在“本单位人员”中添加您。"


@dataclass(frozen=True)
class NewOrganisation:
    """What the register of organisations asks for; ``kind`` is one of ``OrganisationKind``."""

    name: str
    credit_code: str
    kind: str
    legal_representative: str
    district: District
    registered_address: str
    service_address: str
    founded_on: date | None = None


@dataclass(frozen=True)
class NewPerson:
    """The person who registers; becomes the organisation's first filer."""

    name: str
    phone: str
    email: str
    password: str


@transaction.atomic
def register(*, organisation: NewOrganisation, person: NewPerson) -> User:
    """Register both and return the person, who signs in with the user name given.

    Raises ValidationError (by field) for a credit code that is wrong or registered already; nothing is said about whom.
    """
    try:
        code = check_credit_code(organisation.credit_code)
    except ValueError as error:
        raise ValidationError({"credit_code": f"{error}。"}) from error
    known = Organisation.objects.filter(credit_code=code).first()
    if known and not has_people(known):
        raise ValidationError({"credit_code": ValidationError(CLAIMABLE, code="claimable")})
    if known:
        raise ValidationError({"credit_code": TAKEN})
    try:
        with transaction.atomic():
            body = Organisation.objects.create(
                name=organisation.name, credit_code=code, kind=organisation.kind,
                legal_representative=organisation.legal_representative, district=organisation.district,
                registered_address=organisation.registered_address, service_address=organisation.service_address,
                founded_on=organisation.founded_on, contact_name=person.name, contact_phone=person.phone,
                contact_email=person.email,
            )  # fmt: skip
    except IntegrityError as error:
        raise ValidationError({"credit_code": TAKEN}) from error
    user = User.objects.create_user(
        free_username(body), person.password, name=person.name, email=person.email, phone=person.phone
    )
    Capacity.objects.create(user=user, role=Role.FILER, organisation=body, valid_from=clock.today())
    return user


def has_people(body: Organisation) -> bool:
    """Whether anybody acts for the organisation now; one from before the system has nobody until its account is claimed."""
    return Capacity.objects.active().filter(organisation=body).exists()


def free_username(body: Organisation) -> str:
    """A user name made of the organisation's own part of the credit code, so that it tells nothing about other accounts."""
    own = body.credit_code[8:17].lower()
    number = Capacity.objects.filter(organisation=body).values("user").distinct().count() + 1
    while User.objects.filter(username=f"{own}-{number:02d}").exists():
        number += 1
    return f"{own}-{number:02d}"
