"""A browser without JavaScript, a window or a test client: real requests over HTTP, forms taken from the pages."""

import ssl
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from urllib.parse import urlencode, urljoin

from bs4 import BeautifulSoup, Tag


@dataclass
class Answer:
    """What the server answered after all redirects."""

    status: int
    url: str
    headers: dict[str, str]
    body: bytes

    @property
    def page(self) -> BeautifulSoup:
        return BeautifulSoup(self.body, "html.parser")

    @property
    def heading(self) -> str:
        return found.get_text(" ", strip=True) if (found := self.page.find("h1")) else ""

    def form(self, **having: str) -> Tag:
        """The form of the page that has the fields named in ``having`` or, without, the first POST form of its main part."""
        for form in self.page.select("main form, form"):
            names = {str(control.get("name")) for control in form.select("[name]")}
            if str(form.get("method", "get")).lower() == "post" and set(having) <= names:
                return form
        raise AssertionError(f"no form with {sorted(having)} at {self.url}: {self.heading}")


@dataclass
class Person:
    """One person's browser, with its own cookies."""

    base: str
    trust: ssl.SSLContext | None = None
    jar: CookieJar = field(default_factory=CookieJar)

    def open(self, request: urllib.request.Request | str) -> Answer:
        handlers: list[urllib.request.BaseHandler] = [urllib.request.HTTPCookieProcessor(self.jar)]
        if self.trust:
            handlers.append(urllib.request.HTTPSHandler(context=self.trust))
        try:
            answer = urllib.request.build_opener(*handlers).open(request, timeout=30)
        except urllib.error.HTTPError as refusal:
            answer = refusal
        with answer:
            return Answer(int(answer.status or 0), answer.url, dict(answer.headers.items()), answer.read())

    def get(self, address: str) -> Answer:
        return self.open(urljoin(self.base, address))

    def submit(self, answer: Answer, **typed: str) -> Answer:
        """Send the form of the page that has the fields ``typed``, everything else as the page gave it."""
        form = answer.form(**typed)
        fields = {**given(form), **typed}
        target = urljoin(answer.url, str(form.get("action") or ""))
        return self.open(urllib.request.Request(target, urlencode(fields).encode(), {"Referer": answer.url}))


def given(form: Tag) -> dict[str, str]:
    """The values a form holds before anybody types: as a browser would send them."""
    fields = {}
    for control in form.select("input[name], textarea[name], select[name]"):
        name, kind = str(control["name"]), control.get("type")
        if control.name == "select":
            chosen = control.select_one("option[selected]") or control.select_one("option")
            fields[name] = str(chosen.get("value", chosen.text)) if chosen else ""
        elif control.name == "textarea":
            fields[name] = control.text
        elif kind not in ("checkbox", "radio", "submit", "file") or control.has_attr("checked"):
            fields[name] = str(control.get("value", "on" if kind == "checkbox" else ""))
    return fields
