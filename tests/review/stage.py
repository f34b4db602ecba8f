"""Applications at the door of the public notice, walked there step by step through the engine without the earlier rooms' rules."""

from contextlib import AbstractContextManager
from datetime import date, datetime
from typing import Any
from unittest import mock

from accounts.actors import Actor, public
from applications.models import Application, ApplicationVersion, Call
from lifecycle import engine
from lifecycle.subject import Subject
from review.documents.notices import notice_pdf
from review.models import Notice, Objection
from review.services import notices, objections
from review.services.notices import Draft, Portal
from review.services.objections import Objector, Statement
from tests import cast
from tests.kept import kept
from tests.review import making
from timekeeping import clock

# Monday 1 June 2026; 19 June (Friday) is the Dragon Boat Festival.
MORNING = clock.shanghai(2026, 6, 1, 9)
PUBLISHED_ON = date(2026, 6, 1)
FIRST, LAST = date(2026, 6, 2), date(2026, 6, 15)
AFTER = clock.shanghai(2026, 6, 16)
OBJECTOR = Objector(name="张某某", phone="13911112222", email="zhang@example.org", address="五华区示例巷3号")


def at(moment: datetime) -> AbstractContextManager[None]:
    return clock.frozen(moment)


def without_rules() -> AbstractContextManager[object]:
    return mock.patch("lifecycle.guards.reasons", return_value=iter(()))


class City:
    """A city officer, an open call, and inspected applications of it."""

    @kept
    def __init__(self) -> None:
        self.officer = cast.city_officer()
        self.second = cast.city_officer("second")
        self.call: Call = cast.open_call(self.officer)
        self.number = 0

    @kept
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
                application=application, number=1, content=making.content(application), fingerprint="0" * 64, submitted_by=signatory.user,
                submitted_at=clock.now(),
            )  # fmt: skip
            Application.objects.filter(pk=application.pk).update(current_version=version)
            self._walk(application, signatory, "submit")
            self._walk(application, self._district(slug), "accept", "recommend", "forward")
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

    @kept
    def proposed(self, name: str = "", slug: str = "panlong") -> Application:
        """An application on the proposed list."""
        return notices.propose(actor=self.officer, application=self.inspected(name, slug))

    def says(self, **changes: object) -> Draft:
        """The text of a notice published this morning with the shortest lawful period."""
        known = {
            "title": "关于2026年昆明市中小企业公共服务示范平台拟认定名单的公示", "planned_on": PUBLISHED_ON, "starts_on": FIRST,
            "ends_on": LAST, "phone": "0871-63135193", "supervision_phone": "0871-63130000",
            "address": "昆明市呈贡区锦绣大街1号 650500", "email": "notice@example.com",
        }  # fmt: skip
        return Draft(**{**known, **changes})  # type: ignore[arg-type]

    @kept
    def drafted(self, *applications: Application, **changes: object) -> Notice:
        """A draft about the applications, or about one new one."""
        chosen = list(applications) or [self.proposed()]
        return notices.draft(actor=self.officer, call=self.call, applications=chosen, says=self.says(**changes))

    def portal(self, **changes: object) -> Portal:
        """The record of a publication this moment."""
        known = {
            "url": "https://gxj.km.gov.cn/1.html",
            "published_at": clock.now(),
            "capture": cast.stored_file("页面.pdf"),
        }
        return Portal(**{**known, **changes})  # type: ignore[arg-type]

    def publish(self, notice: Notice, **changes: object) -> Notice:
        """The notice published with its record."""
        given = {"portal": self.portal(), "document": notice_pdf(notice), **changes}
        return notices.publish(actor=self.officer, notice=notice, **given)  # type: ignore[arg-type]

    @kept
    def published(self, *applications: Application) -> Notice:
        """A notice on the portal about the applications, or about one new one."""
        return self.publish(self.drafted(*applications))

    def published_with(self, application: Application, **changes: object) -> Notice:
        """A notice of its own with other dates."""
        return self.publish(self.drafted(application, **changes))

    def objection(self, notice: Notice, application: Application | None = None, **changes: object) -> Objection:
        """An objection filed online by 张某某 against the first platform of the notice."""
        application = application or notice.items.earliest("position").application
        statement = {
            "notice": notice,
            "signed": "person",
            "content": "服务企业数与实际不符。",
            "application": application,
        }
        said = Statement(**{**statement, **{k: v for k, v in changes.items() if k in Statement.__annotations__}})
        rest = {k: v for k, v in changes.items() if k not in Statement.__annotations__}
        given = {"objector": OBJECTOR, "address": "192.0.2.1", "received_at": clock.now(), **rest}
        return objections.file(actor=public, says=said, **given)  # type: ignore[arg-type]


CONCLUSION = {
    "findings": "查阅台账并走访5家企业。",
    "conclusion": "台账与申报一致。",
    "answer_text": "经核实，您反映的情况不属实。",
}


def fresh(subject: Subject) -> Any:
    """The subject as it is stored now."""
    return type(subject)._default_manager.get(pk=subject.pk)
