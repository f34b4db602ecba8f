"""Everybody who can sign in to the demo city: accounts, bodies and capacities. No service makes accounts; this module may."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from django.contrib.auth.hashers import make_password

from accounts import actors
from accounts.actors import Actor
from accounts.models import Capacity, District, Organisation, Role, User
from desk.demo import names
from desk.demo.content import mobile
from desk.demo.names import Body
from review.models import ExpertProfile

PASSWORD = "Kunming-2026"  # noqa: S105 - printed on every start; the accounts exist in no other installation
# Districts with a second officer: a redraw of a sample, for example, needs two.
PAIRS = ("panlong", "wuhua", "guandu", "xishan", "chenggong", "gaoxin", "jingkai")
CITY_OFFICERS = 4


@dataclass
class Cast:
    """The acting persons by user name, and the organisations by their number in ``names.BODIES``."""

    actors: dict[str, Actor] = field(default_factory=dict)
    bodies: dict[int, Organisation] = field(default_factory=dict)

    def __getitem__(self, username: str) -> Actor:
        return self.actors[username]

    def filer(self, body: Body) -> Actor:
        """Who fills in for the organisation."""
        return self.actors[f"applicant{body.number:02d}"]

    def signatory(self, body: Body) -> Actor:
        """Who signs for the organisation."""
        return self.actors[f"signatory{body.number:02d}"]

    def join(self, body: Body, organisation: Organisation) -> None:
        """Whoever acts for an organisation that claimed its account after the city was settled."""
        self.bodies[body.number] = organisation
        for role, name in ((Role.FILER, "applicant"), (Role.SIGNATORY, "signatory")):
            held = Capacity.objects.active().filter(organisation=organisation, role=role).latest("pk")
            self.actors[f"{name}{body.number:02d}"] = actors.acting(held)

    def officer(self, district: District) -> Actor:
        """The first officer of a district."""
        return self.actors[district.slug]

    @cached_property
    def experts(self) -> list[Actor]:
        return [self.actors[f"expert{n}"] for n in range(1, len(names.EXPERTS) + 1)]


def settle() -> Cast:
    """Make every district's officers, the bureau, the experts, and all organisations with their people."""
    cast, password = Cast(), make_password(PASSWORD)
    districts = {district.slug: district for district in District.objects.all()}
    for person in _people(districts, cast.bodies):
        cast.actors[person.username] = person.enter(password)
    for number, (employer, subject, title) in enumerate(names.EXPERTS, 1):
        ExpertProfile.objects.create(
            user=cast[f"expert{number}"].user, employer=employer, field=subject, professional_title=title
        )
    for number, employer in enumerate(names.INSPECTORS, 1):
        ExpertProfile.objects.create(
            user=cast[f"inspector{number}"].user, employer=employer, field="现场核查", in_pool=False
        )
    return cast


@dataclass(frozen=True)
class Person:
    """One account with one capacity."""

    username: str
    name: str
    role: Role
    district: District | None = None
    organisation: Organisation | None = None
    phone: str = ""

    def enter(self, password: str) -> Actor:
        """The account, made."""
        user = User.objects.create(
            username=self.username, name=self.name, phone=self.phone, password=password,
            email=f"{self.username}@example.com" if self.username in READS_MAIL else "",
            is_staff=self.role == Role.SYSADMIN,
        )  # fmt: skip
        capacity = Capacity.objects.create(
            user=user, role=self.role, district=self.district, organisation=self.organisation
        )
        return actors.acting(capacity)


# Few have an address: a mail for each of some thousand messages would only make the start slow.
READS_MAIL = ("applicant01", "signatory01", "panlong", "city1", "expert1", "inspector1")


def _people(districts: dict[str, District], bodies: dict[int, Organisation]) -> Iterator[Person]:
    for number, district in enumerate(districts.values()):
        yield Person(district.slug, names.person(200 + number), Role.DISTRICT_OFFICER, district)
        if district.slug in PAIRS:
            yield Person(f"{district.slug}2", names.person(230 + number), Role.DISTRICT_OFFICER, district)
    for number in range(1, CITY_OFFICERS + 1):
        yield Person(f"city{number}", names.person(260 + number), Role.CITY_OFFICER)
    for number in range(1, len(names.EXPERTS) + 1):
        yield Person(f"expert{number}", names.person(300 + number), Role.EXPERT)
    for number in range(1, len(names.INSPECTORS) + 1):
        yield Person(f"inspector{number}", names.person(330 + number), Role.INSPECTOR)
    yield Person("evaluator", names.person(350), Role.EVALUATOR)
    yield Person("auditor", names.person(351), Role.AUDITOR)
    yield Person("admin", names.person(352), Role.SYSADMIN)
    for body in names.REGISTERED:
        organisation = bodies[body.number] = _register(body, districts[body.district])
        clerk, signer = mobile(body, 1), mobile(body, 2)
        yield Person(f"applicant{body.number:02d}", body.clerk, Role.FILER, organisation=organisation, phone=clerk)
        yield Person(
            f"signatory{body.number:02d}", body.representative, Role.SIGNATORY, organisation=organisation, phone=signer
        )


def _register(body: Body, district: District) -> Organisation:
    address = f"{district.name}{body.address}"
    return Organisation.objects.create(
        name=body.name, credit_code=body.credit_code, kind=body.kind, legal_representative=body.representative,
        district=district, registered_address=address, service_address=address, contact_name=body.clerk,
        contact_phone=mobile(body, 1), contact_email=f"contact{body.number:02d}@example.com",
    )  # fmt: skip
