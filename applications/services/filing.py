"""The road of a draft inside the organisation: create, ask for the signature, take back."""

from django.db import IntegrityError

from accounts.actors import Actor
from applications.models import Application, Call
from applications.services import printing
from lifecycle import engine
from lifecycle.errors import Blocked, NotAllowed
from lifecycle.idempotency import FormKey


def create(*, actor: Actor, call: Call, platform_name: str, key: FormKey | None = None) -> Application:
    """Begin the organisation's application for a call (Art. 10); it goes to the organisation's district.

    Raises Blocked when the call is not open, a ban runs (Art. 19), a title is still valid (Art. 16) or the
    organisation has an application already.
    """
    application = proposed(actor=actor, call=call, platform_name=platform_name)
    try:
        with engine.act(actor=actor, key=key) as act:
            created: Application = act.create(application, "create")
            return created
    except IntegrityError as error:
        raise Blocked(["本单位在本年度已有一件申报，请继续办理该申报"]) from error


def proposed(*, actor: Actor, call: Call, platform_name: str = "") -> Application:
    """The application that ``create`` would begin, unsaved, to ask for blockers."""
    if actor.organisation is None or actor.user is None:
        raise NotAllowed("只有申报单位的人员可以申报。")
    return Application(
        call=call,
        organisation=actor.organisation,
        district=actor.organisation.district,
        platform_name=platform_name.strip(),
        created_by=actor.user,
    )


def request_signature(
    *, actor: Actor, application: Application, key: FormKey | None = None, version: int | None = None
) -> Application:
    """Hand the complete draft to the signatory; it is closed for changes until signed or reopened (Art. 9)."""
    with engine.act(actor=actor, key=key) as act:
        [fresh] = act.lock((application, version))
        act.take(fresh, "request_signature")
        printing.ahead(fresh)
        signed: Application = fresh
        return signed
