"""Who walks the road, and how: every person signs in with a password, starts at the desk and follows links by their words."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from accounts import actors
from accounts.models import Capacity, Role
from tests import cast
from tests.pages import Page, Visitor
from tests.review import making
from timekeeping import clock

OFFICIALS = {
    "city": (Role.CITY_OFFICER, {}),
    "second": (Role.CITY_OFFICER, {}),
    "handler": (Role.CITY_OFFICER, {}),
    "district": (Role.DISTRICT_OFFICER, {"slug": "panlong"}),
    "inspector1": (Role.INSPECTOR, {}),
    "inspector2": (Role.INSPECTOR, {}),
}
EXPERTS = ("expert1", "expert2", "expert3")


@dataclass
class Journey:
    """User names and passwords of those who have an account, and what they were told on the way."""

    accounts: dict[str, tuple[str, str]] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)

    def desk(self, who: str) -> tuple[Visitor, Page]:
        """The person signs in and stands at the desk."""
        visitor = Visitor()
        username, password = self.accounts[who]
        page = visitor.submit(visitor.get("/desk/"), "登录", {"username": username, "password": password})
        assert page.status == 200, page.text
        return visitor, page

    def owes(self, who: str, words: str) -> tuple[Visitor, Page]:
        """The desk names the duty; the person opens it."""
        visitor, desk = self.desk(who)
        return visitor, follow(visitor, desk, words)


def day(month: int, number: int, hour: int = 9) -> datetime:
    """A moment of 2026 in Shanghai."""
    return clock.shanghai(2026, month, number, hour)


@contextmanager
def on(month: int, number: int, hour: int = 9) -> Iterator[datetime]:
    """A working day of 2026."""
    moment = day(month, number, hour)
    with clock.frozen(moment):
        yield moment


def follow(visitor: Visitor, page: Page, *words: str) -> Page:
    """Click through links with these words, one after the other."""
    for text in words:
        found = [address for label, address in page.every_link() if label == text]
        assert found, f"no link “{text}” at {page.url} ({page.heading}): {[label for label, _ in page.every_link()]}"
        page = visitor.get(found[0])
        assert page.status == 200, f"{page.url}: {page.status} {page.text}"
    return page


def done(page: Page, *words: str) -> Page:
    """The page came and says so."""
    assert page.status == 200, f"{page.url}: {page.status} {page.errors} {page.text}"
    for text in words:
        assert text in page.all_text, f"“{text}” is not at {page.url}: {page.text}"
    return page


def buttons(page: Page) -> list[str]:
    """The words of every button of the page that can be pressed."""
    return [one.get_text(strip=True) for one in page.soup.select("button:not([disabled])")]


def officials() -> dict[str, tuple[str, str]]:
    """The officials' accounts, as the administrator opened them."""
    for name, (role, where) in OFFICIALS.items():
        scope = {"district": cast.district(where["slug"])} if where else {}
        cast.person(name, role, **scope)
    for name in EXPERTS:
        making.expert(name)
    return {name: (name, cast.PASSWORD) for name in (*OFFICIALS, *EXPERTS)}


def acting(name: str) -> actors.Actor:
    """An official as an actor, for what is done by services beside the road."""
    return actors.acting(Capacity.objects.get(user__username=name))
