"""The small recurring cast of the tests: persons in their capacities, organisations, a call that is open."""

from datetime import timedelta
from itertools import count

from accounts import actors
from accounts.models import Capacity, District, Organisation, Role, User
from applications.models import Call
from files import intake
from files.models import StoredFile
from lifecycle import engine
from timekeeping import clock

PASSWORD = "Kunming-2026-test"
_numbers = count(1)


def person(username: str, role: Role, **scope: object) -> actors.Actor:
    """A person with a password in one open capacity, as an actor."""
    user = User.objects.create_user(username, PASSWORD, name=username, email=f"{username}@example.com")
    return actors.acting(Capacity.objects.create(user=user, role=role, valid_from=clock.today(), **scope))


def district(slug: str = "panlong") -> District:
    return District.objects.get(slug=slug)


def organisation(name: str = "示例创新服务有限公司", slug: str = "panlong", credit_code: str = "") -> Organisation:
    """A registered organisation of a district with a valid credit code of its own."""
    from regulation.identifiers import make_credit_code

    return Organisation.objects.create(
        name=name,
        credit_code=credit_code or make_credit_code(f"91530100{next(_numbers):09d}"),
        kind="enterprise",
        legal_representative="示例法人",
        district=district(slug),
        registered_address=f"{district(slug).name}示例路1号",
        service_address=f"{district(slug).name}示例路1号",
    )


def city_officer(username: str = "city") -> actors.Actor:
    return person(username, Role.CITY_OFFICER)


def district_officer(username: str = "district", slug: str = "panlong") -> actors.Actor:
    return person(username, Role.DISTRICT_OFFICER, district=district(slug))


def filer(body: Organisation, username: str = "filer") -> actors.Actor:
    return person(username, Role.FILER, organisation=body)


def signatory(body: Organisation, username: str = "signatory") -> actors.Actor:
    return person(username, Role.SIGNATORY, organisation=body)


def open_call(officer: actors.Actor) -> Call:
    """A published call that opened a moment ago and closes in twenty days."""
    now = clock.now()
    call = Call(
        year=now.year,
        title=f"{now.year}年度申报通知",
        opens_at=now - timedelta(minutes=1),
        closes_at=now + timedelta(days=20),
        district_due_at=now + timedelta(days=40),
        requirements="按办法第九条提交材料。",
        contact="0871-63135193",
    )
    with engine.act(actor=officer) as act:
        act.create(call, "prepare")
        act.take(call, "publish")
    return call


def stored_file(name: str = "材料.pdf") -> StoredFile:
    """A stored file with real content under its hash."""
    return intake.keep_generated(f"%PDF-1.4\n% {name}\n".encode(), name)
