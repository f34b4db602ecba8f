"""What every page knows: who acts, the site's names, the chosen display. Registered as a context processor."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from accounts import actors

THEMES = ("light", "dark")
TEXTS = ("", "large", "xlarge")
THEME_COOKIE = "theme"
TEXT_COOKIE = "text"

SHORT = {"mark": "昆", "short": "示范平台认定管理"}


@dataclass(frozen=True)
class Display:
    """The look a person has chosen, kept in cookies so that the server can honour it."""

    theme: str = "light"
    text: str = ""

    @property
    def next_text(self) -> str:
        return TEXTS[(TEXTS.index(self.text) + 1) % len(TEXTS)]

    @property
    def next_theme(self) -> str:
        return "light" if self.theme == "dark" else "dark"


def display_of(request: HttpRequest) -> Display:
    theme, text = request.COOKIES.get(THEME_COOKIE), request.COOKIES.get(TEXT_COOKIE)
    return Display(theme=theme if theme in THEMES else "light", text=text if text in TEXTS else "")


def site() -> dict[str, str]:
    """The names and contacts of the site as configured, and their short forms."""
    return {**SHORT, **settings.SITE}


def shell(request: HttpRequest) -> dict[str, Any]:
    return {
        "actor": getattr(request, "actor", actors.public),
        "capacities": getattr(request, "capacities", []),
        "display": display_of(request),
        "site": site(),
    }
