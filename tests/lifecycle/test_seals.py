"""What has legal effect beyond the state cannot be altered in the database unnoticed: every sealed field is tried on the played city."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, models, transaction

from accounts.models import User
from applications.models import Application
from files.models import StoredFile
from lifecycle import invariants, seals
from lifecycle.models import StepRecord
from lifecycle.subject import Subject, subject_models
from registry.models import Ban, Title
from tests.demo_city import DemoCity
from timekeeping import clock

SEALED = [model for model in subject_models() if model.SEALED]
# What of a sealed life is not under seal, and why.
LEFT_OUT = {
    "title": {"document_number", "ended_document"},  # borne by the decisions
    "plaque": {"return_due_at"},  # goes without a step while a decision is suspended
    "claim": {"password"},  # a secret, not even as part of a digest
    "application": {"platform_name"},  # edited in drafts; what was filed has a fingerprint
    "sample": {"reserve"},  # grows with every enterprise that takes another one's place
    "objection": {"handler", "link_version"},  # given on without a step
    "complaint": {"handler", "link_version"},
    "evaluation": {"proposal", "opinion", "report", "revision"},  # drafts; the sheet handed in has a digest
}
MACHINERY = {"id", "uuid", "version", "created_at", "state"}


class Undone(Exception):
    """Takes back what a trial altered."""


@pytest.mark.parametrize("model", SEALED, ids=lambda model: model.SUBJECT)
def test_every_field_is_sealed_or_left_out_for_a_reason(model: type[Subject]) -> None:
    own = {field.name for field in model._meta.concrete_fields} - MACHINERY
    assert own - set(model.SEALED) == LEFT_OUT.get(model.SUBJECT, set())


@pytest.mark.parametrize("model", SEALED, ids=lambda model: model.SUBJECT)
def test_the_seals_of_the_city_hold_and_each_field_breaks_them(demo_city: DemoCity, model: type[Subject]) -> None:
    assert list(seals.broken_of(model)) == []
    subject = next(one for one in model._default_manager.order_by("-pk") if one.is_sealed)
    line = f"{model.SUBJECT} {subject.uuid} 的内容与最近一次办理时不符"
    unnoticed = [name for name in model.SEALED if found_after(model, subject.pk, name) not in ([line], None)]
    assert unnoticed == []


@pytest.mark.parametrize("model", [m for m in SEALED if m.SEALED_ROWS], ids=lambda model: model.SUBJECT)
def test_so_does_each_field_of_their_rows_and_a_row_taken_away(demo_city: DemoCity, model: type[Subject]) -> None:
    for relation, names in model.SEALED_ROWS.items():
        found = model._default_manager.order_by("-pk")
        subject = next(one for one in found if one.is_sealed and getattr(one, relation).exists())
        row = getattr(subject, relation).first()
        line = [f"{model.SUBJECT} {subject.uuid} 的内容与最近一次办理时不符"]
        own = [name for name in names if "__" not in name]
        after = {name: found_after(type(row), row.pk, name, model) for name in own}
        assert {name for name, lines in after.items() if lines not in (line, None)} == set()
        assert any(after.values())
        assert found_without(row, model) == line


def found_without(row: models.Model, model: type[Subject]) -> list[str]:
    """What verify finds of the life when the row is gone."""
    lines: list[str] = []
    try:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA defer_foreign_keys = ON")
                cursor.execute(f"DELETE FROM {row._meta.db_table} WHERE id = %s", [row.pk])  # noqa: S608 - our table
            lines = list(seals.broken_of(model))
            raise Undone
    except Undone:
        return lines


def found_after(altered: type[models.Model], key: int, name: str, model: Any = None) -> list[str] | None:
    """What verify finds of the life after the field of the row was altered; None when the database refuses the other value."""
    field: Any = altered._meta.get_field(name)
    lines: list[str] | None = None
    try:
        with transaction.atomic():
            value = altered._default_manager.values_list(field.attname, flat=True).get(pk=key)
            altered._default_manager.filter(pk=key).update(**{field.attname: another(field, value)})
            connection.check_constraints()
            lines = list(seals.broken_of(model or altered))
            raise Undone
    except (Undone, IntegrityError):
        return lines


def another(field: Any, value: Any) -> Any:
    """A value of the field that differs from the one it has."""
    if field.is_relation:
        return another_row(field.related_model, value)
    if value is None:
        return clock.now() if isinstance(field, models.DateTimeField | models.DateField) else "1"
    others: dict[type, Any] = {
        bool: lambda: not value,
        datetime: lambda: value + timedelta(days=1),
        date: lambda: value + timedelta(days=1),
        int: lambda: value + 1000,
        UUID: uuid4,
        str: lambda: f"{value[:-1]}{'甲' if value[-1:] != '甲' else '乙'}",
        list: lambda: [*value, "甲"],
        dict: lambda: value | {"甲": 1},
    }
    return others[type(value)]()


def another_row(model: type[models.Model], key: int | None) -> int | None:
    """The key of another row; of a file with other content."""
    others = model._default_manager.exclude(pk=key).order_by("pk")
    if issubclass(model, StoredFile) and key:
        others = others.exclude(sha256=model._default_manager.get(pk=key).sha256)
    return others.values_list("pk", flat=True).first()


def test_a_term_made_longer_in_the_database_turns_verify_red(demo_city: DemoCity) -> None:
    title = Title.objects.filter(state="granted").latest("pk")
    Title.objects.filter(pk=title.pk).update(valid_to=title.valid_to + timedelta(days=365))
    with pytest.raises(CommandError, match=f"title {title.uuid} 的内容与最近一次办理时不符"):
        call_command("verify", verbosity=0)


def test_an_imported_ban_made_shorter_is_found(demo_city: DemoCity) -> None:
    ban = Ban.objects.filter(title=None).latest("pk")
    Ban.objects.filter(pk=ban.pk).update(ends_on=ban.ends_on - timedelta(days=1))
    taken = ban.imported_row.title_import
    assert list(seals.broken()) == [f"title_import {taken.uuid} 的内容与最近一次办理时不符"]


def test_an_application_of_another_receipt_number_is_found(demo_city: DemoCity) -> None:
    one, other = Application.objects.filter(receipt_number__isnull=False).order_by("pk")[:2]
    numbers = one.receipt_number, other.receipt_number
    Application.objects.filter(pk=one.pk).update(receipt_number=None)
    Application.objects.filter(pk=other.pk).update(receipt_number=numbers[0])
    Application.objects.filter(pk=one.pk).update(receipt_number=numbers[1])
    assert len(list(seals.broken())) == 2


def test_another_person_shown_beside_a_record_is_found(demo_city: DemoCity) -> None:
    record = StepRecord.objects.filter(user__isnull=False).latest("sequence")
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER lifecycle_steprecord_no_update")
    StepRecord.objects.filter(pk=record.pk).update(user=User.objects.exclude(pk=record.user_id).first())
    assert list(invariants.check()) == [f"记录 {record.sequence} 所示的办理人不是办理时的人"]
