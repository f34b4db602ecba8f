"""Every address × persona on the demo city: who may open it gets an answer, everybody else learns nothing."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts import access
from accounts.actors import Actor, acting
from accounts.models import APPLICANT_ROLES, Capacity, Role
from lifecycle.checks import views
from tests.matrices.access_table import AGGREGATES, ARGUMENTS, EVERYBODY, ROUTES, UNKNOWN, UNKNOWN_OBJECTS

pytestmark = pytest.mark.django_db

LOGIN = "/login/"
ANSWERED = {200, 302, 405, 409, 422}
PRIMARY = {"uuid", "call", "call_uuid", "notice", "title", "token"}
# A spent or forged link of a password leads on to a page that says so.
LED_ON = {"accounts:reset": {302}}
CHANGING = re.compile(
    r'[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}|name="(csrfmiddlewaretoken|whose_form|form_key|next)" value="[^"]*"|"X-CSRFToken": "[^"]*"'
)


def cast_for(thing: Any, aggregate: str) -> dict[str, Actor]:
    """Of every role one person who reaches the object, where there is one, and one who does not."""
    reach, capacities = (
        AGGREGATES[aggregate],
        Capacity.objects.active().select_related("user", "district", "organisation"),
    )
    found: dict[str, Actor] = {}
    for role in Role:
        for capacity in capacities.filter(role=role):
            actor = acting(capacity)
            found.setdefault(f"{role.value} {'reaching' if reaches(actor, thing, aggregate) else 'other'}", actor)
    assert reach.roles <= EVERYBODY
    return found


def reaches(actor: Actor, thing: Any, aggregate: str) -> bool:
    """What the table of aggregates says; the selectors are not asked."""
    reach = AGGREGATES[aggregate]
    if actor.role in APPLICANT_ROLES and reach.organisation(thing) is not None:
        return bool(actor.organisation_id == reach.organisation(thing))
    if actor.role == Role.DISTRICT_OFFICER and reach.district(thing) is not None:
        return bool(actor.district_id == reach.district(thing))
    return actor.role in reach.roles or actor.user_id in reach.persons(thing)


def expected(view: Any, actor: Actor | None, reached: bool) -> set[int]:
    """The statuses the table allows for a GET."""
    if view.access == access.PUBLIC:
        return ANSWERED if reached else {404}
    if actor is None:
        return {302}
    if view.access != access.SIGNED_IN and actor.role not in view.access:
        return {403}
    return ANSWERED if reached else {404}


def browser(actor: Actor | None) -> Client:
    client = Client()
    if actor is not None:
        client.force_login(actor.user)
        session = client.session
        session["capacity"] = str(actor.capacity.uuid)
        session.save()
    return client


def opened(client: Client, address: str) -> tuple[int, bytes]:
    """Status and body; files are closed again."""
    response = client.get(address)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    response.close()
    return response.status_code, body


def plain(body: bytes) -> str:
    return CHANGING.sub("", body.decode())


def test_every_address_is_declared() -> None:
    declared = ROUTES.keys() | UNKNOWN_OBJECTS.keys() | ARGUMENTS.keys()
    with_arguments = {name for route, name, _ in views() if "<" in route or "(?P" in route}
    assert with_arguments - declared == set()
    assert declared - with_arguments == set()


def seated(people: dict[str, Actor]) -> dict[str, Client]:
    """A signed-in browser per persona, and one that is not."""
    return {"anonymous": browser(None)} | {persona: browser(actor) for persona, actor in people.items()}


@pytest.fixture
def everybody(demo_city: Any) -> dict[str, Actor]:
    """One person of every role."""
    capacities = Capacity.objects.active().select_related("user", "district", "organisation")
    return {role.value: acting(capacities.filter(role=role).first()) for role in Role}


def test_addresses_without_an_object_open_for_their_roles_only(
    everybody: dict[str, Actor], matrix_count: list[int]
) -> None:
    wrong, browsers = [], seated(everybody)
    for _, name, view in views():
        if name in ROUTES or name in UNKNOWN_OBJECTS:
            continue
        address = reverse(name, kwargs=ARGUMENTS.get(name))
        for persona, actor in {"anonymous": None, **everybody}.items():
            status, _ = opened(browsers[persona], address)
            matrix_count[0] += 1
            allowed = expected(view, actor, reached=True) | ({503} if name == "healthz_deep" else set())
            if status not in allowed and not (name in ARGUMENTS and status == 404):
                wrong.append(f"{name} by {persona}: {status}")
    assert not wrong, "\n".join(wrong)


def test_unknown_objects_are_found_by_nobody(everybody: dict[str, Actor], matrix_count: list[int]) -> None:
    wrong, browsers = [], seated(everybody)
    by_name = {name: view for _, name, view in views()}
    for name, arguments in UNKNOWN_OBJECTS.items():
        for persona, actor in {"anonymous": None, **everybody}.items():
            status, _ = opened(browsers[persona], reverse(name, kwargs=arguments))
            matrix_count[0] += 1
            if status not in expected(by_name[name], actor, reached=False) | {405} | LED_ON.get(name, set()):
                wrong.append(f"{name} by {persona}: {status}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("aggregate", AGGREGATES)
def test_an_object_is_reached_by_those_concerned_and_missing_for_all_others(
    demo_city: Any, aggregate: str, matrix_count: list[int]
) -> None:
    thing = AGGREGATES[aggregate].pick()
    assert thing is not None, f"the demo city has no {aggregate}"
    by_name = {name: view for _, name, view in views()}
    personas: dict[str, Actor | None] = {"anonymous": None, **cast_for(thing, aggregate)}
    wrong, browsers = [], {persona: browser(actor) for persona, actor in personas.items()}
    for name, (kind, arguments) in ROUTES.items():
        if kind != aggregate:
            continue
        for persona, actor in personas.items():
            reached = actor is None or reaches(actor, thing, aggregate)
            status, body = opened(browsers[persona], reverse(name, kwargs=arguments(thing)))
            matrix_count[0] += 1
            if status not in expected(by_name[name], actor, reached) | ({405} if not reached else set()):
                wrong.append(f"{name} by {persona}: {status}")
            if status == 404:
                wrong += told_apart(name, arguments(thing), browsers[persona], body)
    assert not wrong, "\n".join(wrong)


def told_apart(name: str, arguments: dict[str, Any], client: Client, forbidden: bytes) -> list[str]:
    """A forbidden object's page must be the missing object's page."""
    missing = {key: UNKNOWN if key in PRIMARY else value for key, value in arguments.items()}
    _, page = opened(client, reverse(name, kwargs=missing))
    return [] if plain(page) == plain(forbidden) else [f"{name}: a forbidden object looks other than a missing one"]
