"""Everything an application says at this moment, read in a constant number of queries."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from applications.listforms import LISTS, plain
from applications.models import Application, ListBatch, Material, Section
from applications.schema import YES, declared_functions
from lifecycle.deadlines import last_day


@dataclass(frozen=True)
class Draft:
    """Sections as typed, the newest batch of each list with its rows, and the materials that were not removed."""

    application: Application
    saved: dict[str, Section] = field(default_factory=dict)
    batches: dict[str, ListBatch] = field(default_factory=dict)
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    materials: list[Material] = field(default_factory=list)

    def data(self, section: str) -> dict[str, str]:
        """The raw texts of a section; empty before the first saving."""
        return self.saved[section].data if section in self.saved else {}

    @cached_property
    def closes_on(self) -> date:
        """``closing_day`` of the application."""
        return closing_day(self.application)

    @cached_property
    def functions(self) -> tuple[str, ...]:
        """The declared service functions (Art. 8)."""
        return declared_functions(self.data("functions"))

    @cached_property
    def documents(self) -> frozenset[str]:
        """Which documents of Art. 9 at least one file is there for, by their key in ``regulation.materials``; one that the
        scanner refused is none.
        """
        return frozenset(material.document for material in self.materials if not material.file.is_refused)

    @property
    def claims_qualifications(self) -> bool:
        """Whether qualifications or honours are claimed, so that Art. 9(5) asks for their certificates."""
        return bool(self.rows.get("qualifications"))

    def says_yes(self, section: str, key: str) -> bool:
        """Whether a yes/no field is answered with yes."""
        return self.data(section).get(key) == YES


def closing_day(application: Application) -> date:
    """The day at which age and contracts are measured: the last day of filing for the district, single cases left aside."""
    return last_day(application.call.closes_at_for(application.district_id))


def draft_of(application: Application) -> Draft:
    """The application as it stands now."""
    batches = newest_batches(application)
    return Draft(
        application,
        {section.key: section for section in _with_origin(application.sections.select_related("saved_by"))},
        batches,
        {kind: rows_of(batches.get(kind), kind) for kind in LISTS},
        list(_with_origin(application.materials.filter(removed_at=None).select_related("file", "uploaded_by"))),
    )


def judged_draft(application: Application) -> Draft:
    """What guards judge: the draft that whoever asks has read already, else the application as it stands now."""
    return application.read_draft or draft_of(application)


def newest_batches(application: Application) -> dict[str, ListBatch]:
    """The newest batch of each list; a list never begun has none."""
    newest: dict[str, ListBatch] = {}
    for batch in _with_origin(application.batches.order_by("number")):
        newest[batch.kind] = batch
    return newest


def _with_origin(parts: QuerySet[Any]) -> QuerySet[Any]:
    """The parts with the application they were carried over from, the content of its version left aside."""
    return parts.select_related("carried_from__application__call").defer("carried_from__content")


def rows_of(batch: ListBatch | None, kind: str) -> list[dict[str, Any]]:
    """The rows of a batch as typed values with their position."""
    form = LISTS[kind]
    if batch is None:
        return []
    keys = [column.key for column in form.columns]
    # Plain values: a list has hundreds of rows, and nobody needs them as instances here.
    return list(form.model._default_manager.filter(batch=batch).order_by("position").values("position", *keys))


def plain_rows(draft: Draft, kind: str) -> list[dict[str, Any]]:
    """The rows of a list as JSON keeps them in a frozen version."""
    return [{key: plain(value) for key, value in row.items() if key != "position"} for row in draft.rows[kind]]
