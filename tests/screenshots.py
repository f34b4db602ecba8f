"""Pictures of the main pages into docs/screenshots/, each page checked while it is open: ``python -m tests.screenshots``.

Plays the demo city into a place of its own (or uses the installation VAR_DIR names), serves it on a private port, opens every
stop of ``tests.look.tour`` (or only those named) as a person of its role, and ends with 1 and a list when axe-core, the browser or the width complain.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import django
from PIL import Image

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from tests.look import Look
    from tests.look.tour import Stop

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "screenshots"
COLOURS = 192


@contextmanager
def demo_city() -> Iterator[None]:
    """An installation with the demo in it: the one VAR_DIR names, or a throw-away one."""
    if os.environ.get("VAR_DIR"):
        yield
        return
    with tempfile.TemporaryDirectory(prefix="platforms-pictures-") as place:
        os.environ["VAR_DIR"] = place
        for command in (["migrate", "--verbosity", "0"], ["demo"]):
            subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, check=True)
        yield


@contextmanager
def served() -> Iterator[str]:
    """The address of the product, served on a private port."""
    from tests import servers

    port = servers.free_port()
    bind = ["--worker-class", "gthread", "--threads", "4", "--bind", f"127.0.0.1:{port}", "--log-level", "warning"]
    web = subprocess.Popen([sys.executable, "-m", "gunicorn", *bind, "platforms_site.wsgi"], cwd=ROOT)
    try:
        servers.wait_for(lambda: servers.listening(port), web, "the web process")
        yield f"http://127.0.0.1:{port}"
    finally:
        servers.stop(web)


def session_of(role: str, who: str = "") -> dict[str, str]:
    """The cookie of a signed-in person of that role, of the one with the user name when given; empty for the public."""
    if not role:
        return {}
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from accounts import middleware
    from accounts.models import Capacity

    held = Capacity.objects.active().filter(role=role, **({"user__username": who} if who else {}))
    capacity = held.select_related("user").first()
    assert capacity, f"the demo has nobody who is {role} {who}"
    session = SessionStore()
    session[SESSION_KEY] = str(capacity.user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[1]
    session[HASH_SESSION_KEY] = capacity.user.get_session_auth_hash()
    session[middleware.SESSION_KEY] = str(capacity.uuid)
    session.create()
    return {settings.SESSION_COOKIE_NAME: session.session_key}


def smaller(picture: Path) -> None:
    """Fewer colours: a picture of a page needs no more, and the repository stays light."""
    with Image.open(picture) as image:
        image.convert("RGB").quantize(COLOURS).save(picture, optimize=True)


def photograph(browser: "Browser", base_url: str, stop: "Stop", look: "Look") -> list[str]:
    """Open one stop in one look, keep its picture, and say what is wrong with it."""
    from django.urls import reverse

    from tests.look import complaints, context_for, open_page, shoot

    context = context_for(browser, base_url, look, session_of(stop.role, stop.who))
    page, said = open_page(context, reverse(stop.view))
    for pattern in stop.follow:
        addresses = page.eval_on_selector_all("main a[href]", "links => links.map(link => link.href)")
        page.goto(next(a for a in addresses if re.search(pattern, urlsplit(a).path)))
    # Before the keyboard goes through the page, which moves it.
    smaller(shoot(page, FOLDER / f"{stop.name}-{look.name}.png"))
    found = said + complaints(page)
    context.close()
    return [f"{stop.name} {look.name}: {words}" for words in found]


def main() -> int:
    from playwright.sync_api import sync_playwright

    from tests import browser as chromium
    from tests import servers
    from tests.look.tour import TOUR

    wanted, found = sys.argv[1:], list[str]()
    with served() as base_url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=servers.program(*servers.CHROMIUM), args=chromium.FLAGS)
        for stop in [stop for stop in TOUR if not wanted or stop.name in wanted]:
            for look in stop.looks:
                wrong = photograph(browser, base_url, stop, look)
                print("\n".join([f"{stop.name}-{look.name}.png", *wrong]), flush=True)
                found += wrong
        browser.close()
    print("\n".join(found) or "Nothing is wrong with any of them.")
    return 1 if found else 0


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "platforms_site.settings")
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with demo_city():
        django.setup()
        sys.exit(main())
