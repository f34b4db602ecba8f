"""`make smoke-production`: production settings and processes on this machine, used as people use them."""

import secrets
import signal
import socket
import ssl
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable

from tests import production, servers
from tests.http import Person
from tests.mail import Receiver, receiver
from timekeeping import clock

PASSWORD = secrets.token_urlsafe(18)
# Played by the services, as the application's own role: an organisation whose complete draft awaits its signatory.
CAST = """
from tests import cast
cast.PASSWORD = PASSWORD
body = cast.organisation()
cast.signatory(body)
cast.district_officer()
print(cast.awaiting_signature(cast.filer(body)).uuid)
"""


def check(what: str, holds: bool) -> None:
    """Say what was looked at; the first thing that does not hold ends the run."""
    print(f"  {'ok  ' if holds else 'FAIL'}  {what}", flush=True)
    if not holds:
        raise AssertionError(what)


def wait_until(what: str, holds: Callable[[], bool], seconds: float = 60) -> None:
    """``check`` as soon as it holds."""
    end = time.monotonic() + seconds
    while not holds() and time.monotonic() < end:
        time.sleep(0.3)
    check(what, holds())


def front_door(site: production.Site) -> None:
    """What nginx does by itself."""
    anonymous = Person(site.base, site.trust)
    check("nginx hands requests to gunicorn", anonymous.get("/healthz").body == b"ok")
    static = anonymous.get("/static/bootstrap/css/bootstrap.min.css")
    seen = static.status, static.headers.get("Cache-Control"), "X-Request-Id" in static.headers
    check("nginx serves static files itself, for a year", seen == (200, "max-age=31536000", False))
    check("the files of the site have no address of their own", anonymous.get("/protected/").status == 404)
    check(
        "plain HTTP is sent to HTTPS",
        redirected(f"http://{production.NAME}:{site.http_port}/") == f"https://{production.NAME}/",
    )
    check("another host is refused before it can ask", not shakes_hands(site, "other.example"))
    page = anonymous.get("/nothing-here/")
    check(
        "an error page is Chinese and carries the request's number",
        page.status == 404 and page.headers["X-Request-Id"].encode() in page.body,
    )
    policy = page.headers.get("Content-Security-Policy", "")
    check(
        "every page has its content policy and HSTS",
        "default-src 'self'" in policy and "Strict-Transport-Security" in page.headers,
    )
    wait_until("database, broker and scans are green", lambda: anonymous.get("/healthz/deep").status == 200)


def redirected(address: str) -> str:
    """Where the address leads, without going there."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: object) -> None:
            return None

    try:
        urllib.request.build_opener(Stay).open(address, timeout=5)
    except urllib.error.HTTPError as answer:
        return str(answer.headers.get("Location", ""))
    return ""


def shakes_hands(site: production.Site, name: str) -> bool:
    trust = ssl.create_default_context()
    trust.check_hostname, trust.verify_mode = False, ssl.CERT_NONE
    try:
        with (
            socket.create_connection((servers.HOST, site.port), 5) as plain,
            trust.wrap_socket(plain, server_hostname=name),
        ):
            return True
    except (ssl.SSLError, ConnectionError):
        return False


def locked_record(site: production.Site) -> None:
    """The application's role can add to the record, never change it."""
    attempts = """
from django.db import connection, transaction, ProgrammingError
for statement in ("UPDATE lifecycle_steprecord SET step = 'x'", "DELETE FROM lifecycle_steprecord", "TRUNCATE lifecycle_steprecord",
                  "DROP TABLE lifecycle_steprecord", "ALTER TABLE lifecycle_steprecord DISABLE TRIGGER ALL", "CREATE TABLE mine (x int)",
                  "DELETE FROM django_migrations"):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
        print("DONE", statement)
    except ProgrammingError as error:
        print(error.__cause__.sqlstate)
"""
    answers = site.manage("shell", "--no-imports", "-c", attempts).split("\n")[:-1]
    check("the application's role cannot change, empty or replace the record", answers == ["42501"] * 7)


def sign_in(site: production.Site, username: str) -> Person:
    """Sign in through the front door."""
    person = Person(site.base, site.trust)
    home = person.submit(person.get("/login/"), username=username, password=PASSWORD)
    check(
        f"{username} signs in over HTTPS and lands on a page of their own",
        home.status == 200 and "/login/" not in home.url,
    )
    return person


def session_of(person: Person) -> None:
    """The cookie and the caching of a signed-in person."""
    cookie = next(cookie for cookie in person.jar if cookie.name == "__Host-session")
    check(
        "the session's cookie is secure and bound to the host",
        cookie.secure and cookie.has_nonstandard_attr("HttpOnly"),
    )
    check("no browser keeps the page", person.get("/account/").headers["Cache-Control"] == "no-store, private")


def one_step(site: production.Site, mail: Receiver) -> None:
    """A signatory submits an application; the district officer is told by the worker, and the paper comes through nginx."""
    application = site.manage("shell", "--no-imports", "-c", f"PASSWORD = {PASSWORD!r}\n{CAST}").split()[-1]
    signatory = sign_in(site, "signatory")
    session_of(signatory)
    page = signatory.get(f"/applications/{application}/signature/")
    receipt = signatory.submit(page, undertaking="on", password=PASSWORD)
    number = f"KM-{clock.today().year}-0001"
    check(
        f"submitting over HTTPS leads to the receipt {number}",
        receipt.status == 200 and number in receipt.body.decode(),
    )
    wait_until(
        "the worker mails the district officer about the application",
        lambda: any("示例平台" in subject for subject in mail.subjects("district@example.com")),
    )
    officer = sign_in(site, "district")
    check("the district officer finds the message in the inbox", "示例平台" in officer.get("/messages/").body.decode())
    paper = signatory.get(f"/applications/{application}/versions/1/receipt.pdf")
    handed_over = paper.body.startswith(b"%PDF") and paper.headers["X-Content-Type-Options"] == "nosniff"
    check("nginx hands over the receipt as a PDF after the check of the view", paper.status == 200 and handed_over)
    stranger = Person(site.base, site.trust).get(f"/applications/{application}/versions/1/receipt.pdf")
    check("a stranger is asked to sign in instead", "/login/" in stranger.url)
    check("every invariant holds", site.manage("verify") != "")


def main() -> int:
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    started = time.monotonic()
    with receiver() as mail, production.site(mail.port) as site:
        print(f"production processes answer at {site.base}", flush=True)
        try:
            front_door(site)
            locked_record(site)
            one_step(site, mail)
        except Exception:
            print(site.logs(), flush=True)
            raise
    print(f"smoke-production: everything holds, in {time.monotonic() - started:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
