"""The engine: one act, all or nothing, authorised on fresh data, recorded in a chain."""

import uuid
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from accounts import actors
from accounts.models import Capacity
from applications.models import Application, Call
from lifecycle import chain, engine, invariants
from lifecycle.errors import AlreadyDone, NotAllowed, Repeated, Stale, WrongStage
from lifecycle.idempotency import FormKey
from lifecycle.models import Announcement, ChainHead, StepRecord
from tests import cast
from timekeeping import clock

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unguarded")]


@pytest.fixture
def officer() -> actors.Actor:
    return cast.city_officer()


@pytest.fixture
def call(officer: actors.Actor) -> Call:
    return cast.open_call(officer)


@pytest.fixture
def filer() -> actors.Actor:
    return cast.filer(cast.organisation())


@pytest.fixture
def application(call: Call, filer: actors.Actor) -> Application:
    application = Application(
        call=call, organisation=filer.organisation, district=filer.organisation.district, platform_name="示例平台",
        created_by=filer.user,
    )  # fmt: skip
    with engine.act(actor=filer) as act:
        return act.create(application, "create")


def take(actor: actors.Actor, subject: Application, step: str, **kwargs: object) -> None:
    with engine.act(actor=actor, key=kwargs.pop("key", None)) as act:
        [fresh] = act.lock((subject, kwargs.pop("version", None)))
        act.take(fresh, step, **kwargs)


def test_a_step_moves_the_state_and_leaves_one_chained_record(application: Application, filer: actors.Actor) -> None:
    take(filer, application, "request_signature", reason="请确认")
    application.refresh_from_db()
    record = StepRecord.objects.get(subject_id=application.uuid, step="request_signature")
    assert (application.state, application.version) == ("awaiting_signature", 2)
    assert (record.from_state, record.to_state, record.article) == ("draft", "awaiting_signature", "9")
    assert (record.actor_key, record.reason) == (filer.key, "请确认")
    assert list(invariants.check()) == []


def test_a_step_from_the_wrong_stage_is_refused_with_who_did_what(
    application: Application, filer: actors.Actor
) -> None:
    take(filer, application, "request_signature")
    with pytest.raises(WrongStage, match=r"filer.*送签字人确认"):
        take(filer, application, "request_signature")


def test_another_organisations_person_may_not_act(application: Application, call: Call) -> None:
    with pytest.raises(NotAllowed):
        take(cast.filer(cast.organisation("另一单位"), "other"), application, "request_signature")
    application.refresh_from_db()
    assert application.state == "draft"


def test_a_capacity_that_ended_while_the_page_was_open_cannot_act(
    application: Application, filer: actors.Actor
) -> None:
    Capacity.objects.filter(pk=filer.capacity.pk).update(
        valid_from=clock.today() - timedelta(days=2), valid_to=clock.today() - timedelta(days=1)
    )
    with pytest.raises(NotAllowed, match="停用或到期"):
        take(filer, application, "request_signature")


def test_a_page_rendered_before_another_step_is_stale(application: Application, filer: actors.Actor) -> None:
    with pytest.raises(Stale):
        take(filer, application, "request_signature", version=0)
    take(filer, application, "request_signature", version=1)


def test_the_same_form_takes_effect_once(application: Application, filer: actors.Actor) -> None:
    key = FormKey(uuid.uuid4(), "a" * 64)
    take(filer, application, "request_signature", key=key)
    with pytest.raises(AlreadyDone) as repeated:
        take(filer, application, "request_signature", key=key)
    assert repeated.value.url == application.get_absolute_url()
    assert StepRecord.objects.filter(step="request_signature").count() == 1


def test_the_same_key_with_another_body_is_refused(application: Application, filer: actors.Actor) -> None:
    key = FormKey(uuid.uuid4(), "a" * 64)
    take(filer, application, "request_signature", key=key)
    with pytest.raises(Repeated):
        take(filer, application, "request_signature", key=FormKey(key.value, "b" * 64))


def test_an_error_inside_an_act_undoes_everything(application: Application, filer: actors.Actor) -> None:
    before = StepRecord.objects.count()

    def take_and_fail() -> None:
        with engine.act(actor=filer) as act:
            [fresh] = act.lock(application)
            act.take(fresh, "request_signature")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        take_and_fail()
    application.refresh_from_db()
    assert (application.state, StepRecord.objects.count()) == ("draft", before)


def test_those_concerned_are_told_once_and_the_actor_is_not(application: Application, filer: actors.Actor) -> None:
    signatory = cast.signatory(application.organisation)
    take(filer, application, "request_signature")
    told = Announcement.objects.filter(kind="request_signature")
    assert [a.user for a in told] == [signatory.user]


@pytest.mark.parametrize("sql", ["UPDATE lifecycle_steprecord SET reason = 'x'", "DELETE FROM lifecycle_steprecord"])
def test_the_database_refuses_to_change_the_record(application: Application, sql: str) -> None:
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert list(chain.broken_links()) == []


def test_a_forged_head_is_found(application: Application) -> None:
    ChainHead.objects.update(hash="f" * 64)
    assert len(list(chain.broken_links())) == 1
