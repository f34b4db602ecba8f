"""Applications at the door of the public notice, walked there step by step through the engine without the earlier rooms' rules."""

from contextlib import AbstractContextManager
from datetime import date, datetime
from unittest import mock

from accounts.actors import Actor
from applications.models import Application, ApplicationVersion, Call
from lifecycle import engine
from tests import cast
from timekeeping import clock

# Monday 1 June 2026; 19 June (Friday) is the Dragon Boat Festival.
MORNING = clock.shanghai(2026, 6, 1, 9)
PUBLISHED_ON = date(2026, 6, 1)
FIRST, LAST = date(2026, 6, 2), date(2026, 6, 15)
AFTER = clock.shanghai(2026, 6, 16)


def at(moment: datetime) -> AbstractContextManager[None]:
    return clock.frozen(moment)


def without_rules() -> AbstractContextManager[object]:
    return mock.patch("lifecycle.guards.reasons", return_value=iter(()))


class City:
    """A city officer, an open call, and inspected applications of it."""

    def __init__(self) -> None:
        self.officer = cast.city_officer()
        self.second = cast.city_officer("second")
        self.call: Call = cast.open_call(self.officer)
        self.number = 0

    def inspected(self, name: str = "", slug: str = "panlong") -> Application:
        """An application that passed its inspection, with people of its own."""
        self.number += 1
        name = name or f"示例平台{self.number}"
        body = cast.organisation(f"{name}运营有限公司", slug)
        filer, signatory = cast.filer(body, f"filer{self.number}"), cast.signatory(body, f"signatory{self.number}")
        application = Application(
            call=self.call, organisation=body, district=body.district, platform_name=name, created_by=filer.user
        )
        with without_rules():
            with engine.act(actor=filer) as act:
                act.create(application, "create")
                act.take(application, "request_signature")
            version = ApplicationVersion.objects.create(
                application=application, number=1, content={}, fingerprint="0" * 64, submitted_by=signatory.user,
                submitted_at=clock.now(),
            )  # fmt: skip
            Application.objects.filter(pk=application.pk).update(current_version=version)
            self._walk(application, signatory, "submit")
            self._walk(application, self._district(slug), "accept", "recommend")
            self._walk(application, self.officer, "admit", "start_review", "shortlist", "pass_inspection")
        application.refresh_from_db()
        return application

    def _district(self, slug: str) -> Actor:
        if not hasattr(self, f"district_{slug}"):
            setattr(self, f"district_{slug}", cast.district_officer(f"district_{slug}", slug))
        found: Actor = getattr(self, f"district_{slug}")
        return found

    def _walk(self, application: Application, actor: Actor, *steps: str) -> None:
        with engine.act(actor=actor) as act:
            [application] = act.lock(application)
            for step in steps:
                act.take(application, step)
