"""A person at the pages without JavaScript, through Django's test client: only forms found on the page are submitted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

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

    @property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.body, "html.parser")

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
    def errors(self) -> list[str]:
        """The entries of the error summary."""
        return [entry.get_text(" ", strip=True) for entry in self.soup.select(".error-summary li")]

    @property
    def links(self) -> dict[str, str]:
        """Words of the main part's links to their addresses; the last of equal words."""
        main = self.soup.find("main") or self.soup
        return {link.get_text(" ", strip=True): str(link["href"]) for link in main.select("a[href]")}

    def form(self, button: str) -> Tag:
        """The POST form with a button of these words."""
        for form in self.soup.select("main form[method=post]"):
            if any(
                one.get_text(strip=True) == button and not one.has_attr("disabled") for one in form.select("button")
            ):
                return form
        raise AssertionError(f"no form with “{button}” at {self.url} ({self.status} {self.heading})")


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
        pressed = next(one for one in form.select("button") if one.get_text(strip=True) == button)
        fields: dict[str, Any] = {**given(form), **(typed or {}), **files}
        unknown = set(typed or {}) | set(files)
        unknown -= {str(control.get("name")) for control in form.select("[name]")}
        assert not unknown, f"the form at {page.url} has no {sorted(unknown)}"
        if pressed.get("name"):
            fields[str(pressed["name"])] = str(pressed.get("value", ""))
        target = urljoin(page.url, str(form.get("action") or ""))
        return self._page(self.client.post(target, fields, follow=True), target)

    def _page(self, response: Any, address: str) -> Page:
        last = response.redirect_chain[-1][0] if response.redirect_chain else address
        body = b"".join(response.streaming_content) if response.streaming else response.content
        response.close()
        return Page(response.status_code, urljoin(address, last), response, body)

    def _query(self, address: str) -> dict[str, str]:
        return dict(pair.split("=", 1) for pair in urlsplit(address).query.split("&") if "=" in pair)
