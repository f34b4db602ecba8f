"""What a subject says beyond its state, sealed by every step: dates, numbers, names and persons cannot be altered unnoticed.

A model with a life names the fields of legal effect that nothing but a step changes (``Subject.SEALED``, ``SEALED_ROWS``).
At the end of an act the engine puts their names and one digest over their values into the record; ``manage.py verify``
works out the digest again.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet

from files.models import StoredFile
from lifecycle import chain
from lifecycle.models import StepRecord
from lifecycle.subject import Subject, subject_models

SEAL = "under_seal"


def of(subject: Subject) -> dict[str, Any]:
    """The seal of the subject as the database has it now: the names of what is sealed, and the digest over the values."""
    says = _says(_whole(type(subject)).get(pk=subject.pk))
    return {"of": sorted(says), "hash": chain.digest(says)}


def broken() -> Iterator[str]:
    """One line per subject whose sealed values are not those that its last step left."""
    for model in subject_models():
        if model.SEALED:
            yield from broken_of(model)


def broken_of(model: type[Subject]) -> Iterator[str]:
    """``broken`` for one life."""
    seals = _last_seals(model.SUBJECT)
    for subject in _whole(model).order_by("pk").iterator(chunk_size=500):
        seal, says = seals.get(subject.uuid), _says(subject)
        # A step from before its life was sealed has none.
        if seal and chain.digest({name: says.get(name) for name in seal["of"]}) != seal["hash"]:
            yield f"{model.SUBJECT} {subject.uuid} 的内容与最近一次办理时不符"


def _last_seals(life: str) -> dict[UUID, dict[str, Any]]:
    records = StepRecord.objects.filter(subject_type=life).order_by("sequence")
    return {uuid: data.get(SEAL) for uuid, data in records.values_list("subject_id", "data").iterator(chunk_size=2000)}


def _whole(model: type[Subject]) -> QuerySet[Any]:
    """The subjects with everything that is sealed of them."""
    files = [name for name in model.SEALED if _is_file(model, name)]
    rows = {*model.SEALED_ROWS}
    rows |= {f"{at}__{name.partition('__')[0]}" for at in rows for name in model.SEALED_ROWS[at] if "__" in name}
    return model._default_manager.select_related(*files).prefetch_related(*rows)


def _says(subject: Subject) -> dict[str, Any]:
    if not subject.is_sealed:
        return {}
    rows = {
        relation: [_values(row, names) for row in sorted(getattr(subject, relation).all(), key=lambda row: row.pk)]
        for relation, names in subject.SEALED_ROWS.items()
    }
    return _values(subject, subject.SEALED) | rows


def _values(row: Model, names: Iterable[str]) -> dict[str, Any]:
    return {name: _plain(_value(row, name)) for name in names}


def _value(row: Model | None, name: str) -> Any:
    """The field, a related row as its key; ``ban__ends_on`` is the field of a related row."""
    head, _, rest = name.partition("__")
    if rest or row is None or _is_file(type(row), head):
        found = getattr(row, head, None)
        return _value(found, rest) if rest else found
    return getattr(row, row._meta.get_field(head).attname)  # type: ignore[union-attr]


def _is_file(model: type[Model], name: str) -> bool:
    return model._meta.get_field(name).related_model is StoredFile


def _plain(value: Any) -> Any:
    """The value as JSON, the same however it was read; a file stands as the hash of its content."""
    match value:
        case datetime():
            return chain.instant(value)
        case date() | UUID():
            return str(value)
        case Decimal():
            return format(value.normalize(), "f")
        case StoredFile():
            return value.sha256
    return value
