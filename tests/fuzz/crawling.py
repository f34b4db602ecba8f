"""The pages a person reaches by following links, one or two of each address, and the forms on them."""

from collections import Counter, deque
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from django.test import Client
from django.urls import Resolver404, resolve

from tests.http import given

PER_ROUTE = 2
PUBLIC = "public"


@dataclass
class Form:
    """A form as the page gave it: where it goes, what it holds, which of its fields are files."""

    target: str
    method: str
    fields: dict[str, str]
    files: list[str] = field(default_factory=list)

    @property
    def route(self) -> str:
        return route_of(self.target)

    @property
    def shape(self) -> tuple[str, ...]:
        """Two forms of one shape are one form to the server."""
        return (self.method, self.route, *sorted({*self.fields, *self.files} - {"csrfmiddlewaretoken", "whose_form"}))


@dataclass
class Found:
    pages: list[str]
    forms: list[Form]


def route_of(address: str) -> str:
    try:
        return str(resolve(urlsplit(address).path).route)
    except Resolver404:
        return ""


def access_of(address: str) -> object:
    """Who may open the page at the address, as its view declares; None for administration and files."""
    try:
        return getattr(resolve(urlsplit(address).path).func, "access", None)
    except Resolver404:
        return None


def crawl(client: Client, start: str, *, most: int, public: bool) -> Found:
    """At most ``most`` pages, breadth first, ``PER_ROUTE`` of each address; public pages only when asked for."""
    waiting, seen, count = deque([start]), {start}, Counter[str]()
    found = Found([], [])
    while waiting and len(found.pages) < most:
        address = waiting.popleft()
        route = route_of(address)
        if (not route and address != "/") or count[route] >= PER_ROUTE:
            continue
        count[route] += 1
        answer = client.get(urlsplit(address).path, dict(parse_qsl(urlsplit(address).query)))
        if 300 <= answer.status_code < 400:
            waiting.appendleft(urljoin(address, answer["Location"]))
            continue
        if answer.streaming or not answer["Content-Type"].startswith("text/html"):
            answer.close()
            continue
        found.pages.append(address)
        page = BeautifulSoup(answer.content, "html.parser")
        found.forms += [form_of(one, address) for one in page.select("form")]
        for link in page.select("a[href]"):
            target = urljoin(address, str(link["href"])).partition("#")[0]
            if target.startswith("/") and target not in seen and public == (access_of(target) == PUBLIC):
                seen.add(target)
                waiting.append(target)
    return found


def form_of(form: Tag, address: str) -> Form:
    """The form with every name in it, buttons and unchecked boxes included: an attacker sends what he likes."""
    names = {str(one["name"]): str(one.get("value", "")) for one in form.select("button[name], input[name]")}
    files = [str(one["name"]) for one in form.select("input[type=file][name]")]
    fields = {name: value for name, value in {**names, **given(form)}.items() if name not in files}
    return Form(urljoin(address, str(form.get("action") or "")), str(form.get("method", "get")).lower(), fields, files)
