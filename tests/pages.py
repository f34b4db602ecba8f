"""A person at the pages without JavaScript, through Django's test client: only forms found on the page are submitted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from django.test import Client

from accounts.actors import Actor
from tests.http import given


@dataclass
class Page:
    """An answer after its redirects."""

    status: int
    url: str
    response: Any

    body: bytes

    @cached_property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.body, "html.parser")

    @property
    def origin(self) -> str:
        """What a browser names as the origin of a form on this page: nothing when the page wants no referrer."""
        return "null" if self.response.headers.get("Referrer-Policy") == "no-referrer" else "http://testserver"

    @property
    def heading(self) -> str:
        found = self.soup.find("h1")
        return found.get_text(" ", strip=True) if found else ""

    @property
    def text(self) -> str:
        """The words of the main part, on one line."""
        main = self.soup.find("main") or self.soup
        return " ".join(main.get_text(" ", strip=True).split())

    @property
    def all_text(self) -> str:
        """The words of the whole page, head and foot included, on one line."""
        return " ".join(self.soup.get_text(" ", strip=True).split())

    @property
    def errors(self) -> list[str]:
        """The entries of the error summary."""
        return [entry.get_text(" ", strip=True) for entry in self.soup.select(".error-summary li")]

    @property
    def links(self) -> dict[str, str]:
        """Words of the main part's links to their addresses; the last of equal words."""
        main = self.soup.find("main") or self.soup
        return {link.get_text(" ", strip=True): str(link["href"]) for link in main.select("a[href]")}

    def every_link(self) -> list[tuple[str, str]]:
        """Words and addresses of all links, those of the main part before those of the site's head and foot."""
        found = [*self.soup.select("main a[href]"), *self.soup.select("a[href]")]
        return [(" ".join(link.get_text(" ").split()), urljoin(self.url, str(link["href"]))) for link in found]

    def form(self, button: str) -> Tag:
        """The POST form with a button of these words."""
        found = self._pressed(button)
        if found is None:
            raise AssertionError(f"no form with “{button}” at {self.url} ({self.status} {self.heading})")
        return found[0]

    def button(self, words: str) -> Tag:
        """The button of these words, inside its form or bound to it by the form's id."""
        found = self._pressed(words)
        assert found is not None, f"no button “{words}” at {self.url}"
        return found[1]

    def _pressed(self, words: str) -> tuple[Tag, Tag] | None:
        soup = self.soup
        for form in soup.select("main form[method=post]"):
            elsewhere = soup.select(f'button[form="{form["id"]}"]') if form.has_attr("id") else []
            for one in [*form.select("button:not([form])"), *elsewhere]:
                if one.get_text(strip=True) == words and not one.has_attr("disabled"):
                    return form, one
        return None


@dataclass
class Visitor:
    """One person's session; CSRF is checked as in a browser."""

    actor: Actor | None = None
    client: Client = field(default_factory=lambda: Client(enforce_csrf_checks=True))

    def __post_init__(self) -> None:
        if self.actor and self.actor.user:
            self.client.force_login(self.actor.user, backend="django.contrib.auth.backends.ModelBackend")

    def get(self, address: str) -> Page:
        return self._page(self.client.get(urlsplit(address).path, self._query(address), follow=True), address)

    def submit(self, page: Page, button: str, typed: Mapping[str, Any] | None = None, **files: Any) -> Page:
        """Press the button: everything as the page gave it, but for what was typed and the files chosen."""
        form = page.form(button)
        pressed = page.button(button)
        fields: dict[str, Any] = {**given(form), **(typed or {}), **files}
        unknown = set(typed or {}) | set(files)
        unknown -= {str(control.get("name")) for control in form.select("[name]")}
        assert not unknown, f"the form at {page.url} has no {sorted(unknown)}"
        if pressed.get("name"):
            fields[str(pressed["name"])] = str(pressed.get("value", ""))
        target = urljoin(page.url, str(form.get("action") or ""))
        headers = {"Origin": page.origin} | ({"Referer": page.url} if page.origin != "null" else {})
        return self._page(self.client.post(target, fields, follow=True, headers=headers), target)

    def _page(self, response: Any, address: str) -> Page:
        last = response.redirect_chain[-1][0] if response.redirect_chain else address
        body = b"".join(response.streaming_content) if response.streaming else response.content
        response.close()
        return Page(response.status_code, urljoin(address, last), response, body)

    def _query(self, address: str) -> dict[str, list[str]]:
        return parse_qs(urlsplit(address).query, keep_blank_values=True)
