"""Every form of the product survives every bad input: an answer below 500, and nothing reaches SQL that PostgreSQL would refuse."""

import os
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, models, transaction
from django.db.models.signals import pre_save
from django.test import Client

from tests.fuzz.crawling import Form, crawl
from tests.fuzz.mutants import mutants

PEOPLE = (
    "", "applicant01", "applicant04", "applicant20", "applicant34", "signatory02", "signatory04", "panlong", "xundian", "city1",
    "expert1", "expert2", "inspector1", "inspector3", "auditor", "admin",
)  # fmt: skip
START = {"": "/", "admin": "/admin/"}
# `make fuzz` tries more pages and more mutants than the daily suite.
PAGES, MUTANTS = int(os.environ.get("FUZZ_PAGES", "16")), int(os.environ.get("FUZZ_MUTANTS", "2"))
POLICY = "Content-Security-Policy"
NOT_TRIED = {"logout/"}  # it would end the session of the one who tries


@pytest.mark.parametrize("username", PEOPLE)
def test_no_bad_input_makes_a_form_fail(demo_city: Any, tried: set[tuple[str, ...]], username: str) -> None:
    client = Client()
    if username:
        client.force_login(
            get_user_model().objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend"
        )
    chance, wrong = Random(f"forms of {username}"), []
    with as_strict_as_postgresql():
        for form in crawl(client, START.get(username, "/desk/"), most=PAGES, public=not username).forms:
            if form.shape in tried or form.route in NOT_TRIED:
                continue
            tried.add(form.shape)
            for mutant in mutants(form, chance, most=MUTANTS):
                wrong += sent(client, form, mutant)
    assert wrong == []


@pytest.fixture(scope="module")
def tried() -> set[tuple[str, ...]]:
    """Forms tried already: what many people share is tried once."""
    return set()


def sent(client: Client, form: Form, mutant: dict[str, Any]) -> list[str]:
    """What went wrong with one mutant; whatever it did is undone."""
    label = f"{form.method} {form.target}: { ({k: str(v)[:60] for k, v in mutant.items()}) }"
    with transaction.atomic():
        try:
            answer = client.post(form.target, mutant) if form.method == "post" else client.get(form.target, mutant)
            answer.close()
            found = [f"{answer.status_code} {label}"] if answer.status_code >= 500 else []
            found += [f"no content policy: {label}"] if POLICY not in answer else []
        except Exception as error:
            last = traceback.extract_tb(error.__traceback__)[-1]
            found = [f"{type(error).__name__} {error!s:.200} at {last.filename}:{last.lineno} {label}"]
        transaction.set_rollback(True)
    return found


class TooMuchForPostgreSQL(Exception):
    """SQLite would keep it, PostgreSQL answers with an error."""


@contextmanager
def as_strict_as_postgresql() -> Iterator[None]:
    """Refuse NUL characters, texts beyond their column and numbers beyond their type, as PostgreSQL does."""

    def no_nul(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        for value in params or ():
            if isinstance(value, str) and "\x00" in value:
                raise TooMuchForPostgreSQL(f"NUL in {sql[:80]}")
        return execute(sql, params, many, context)

    def no_excess(sender: type[models.Model], instance: models.Model, **_: Any) -> None:
        for field in sender._meta.concrete_fields:
            value = getattr(instance, field.attname)
            if isinstance(value, str) and field.max_length and len(value) > field.max_length:
                raise TooMuchForPostgreSQL(f"{len(value)} characters for {field}")
            if isinstance(value, int) and isinstance(field, models.IntegerField) and not field.primary_key:
                least, most = RANGES.get(field.get_internal_type(), (-(2**31), 2**31 - 1))
                if not least <= value <= most:
                    raise TooMuchForPostgreSQL(f"{value} for {field}")

    pre_save.connect(no_excess)
    try:
        with connection.execute_wrapper(no_nul):
            yield
    finally:
        pre_save.disconnect(no_excess)


RANGES = {
    "BigIntegerField": (-(2**63), 2**63 - 1), "PositiveBigIntegerField": (0, 2**63 - 1), "BigAutoField": (1, 2**63 - 1),
    "SmallIntegerField": (-(2**15), 2**15 - 1), "PositiveSmallIntegerField": (0, 2**15 - 1), "PositiveIntegerField": (0, 2**31 - 1),
}  # fmt: skip
