"""Reading uploaded lists of any shelf: small workbooks at once, large ones by the worker, whose row says how far it is.

The row alone carries the state. A wake-up that comes twice finds nothing to do; a row that nobody has touched for a while (a lost
wake-up, a killed worker) is read by whoever finds it.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts import bell
from applications.importing import judge_table
from applications.listforms import ListForm
from applications.models import UploadedList
from files import limits, storage
from files.errors import Refused
from files.excel import load
from timekeeping import clock

logger = logging.getLogger(__name__)
FORGOTTEN_AFTER = timedelta(seconds=60)
AT_ONCE = 20
EMPTY = "表中只有表头或示例，没有内容。请填写后重新上传。"
DAMAGED = "文件校验失败，不能读取。请重新上传。"
BROKEN = "读取时出现问题。请重新上传；仍不能读取的，请联系主管部门。"
Status = UploadedList.Status
Taken = TypeVar("Taken", bound=UploadedList)


@dataclass(frozen=True)
class Shelf(Generic[Taken]):
    """Where the uploads of one sort are kept, which lists they may be, and the task that reads one by its uuid."""

    model: type[Taken]
    lists: Mapping[str, ListForm]
    task: str


def is_small(taken: UploadedList) -> bool:
    """Whether the workbook is read while the person waits."""
    return taken.file.size <= limits.READ_AT_ONCE_BYTES


def wake(shelf: Shelf, taken: UploadedList) -> None:
    """After commit, ask the worker to read the workbook. A lost bell costs a minute: the sweep finds the row."""
    bell.ring_after_commit(shelf.task, str(taken.uuid))


def read_waiting(shelf: Shelf, uuid: str | UUID) -> bool:
    """Read the upload unless somebody has read it or is reading it; returns whether it was read here.

    A workbook that cannot be used leaves its reason on the row. Safe to repeat, in parallel, or killed in between.
    """
    taken = _claim(shelf, uuid)
    if taken is None:
        return False
    try:
        read(shelf, taken)
    except Refused as refusal:
        _fail(taken, refusal.message)
    except storage.Damaged:
        _fail(taken, DAMAGED)
    except Exception:
        # Whatever it is, it would be the same each time: the person is told instead of waiting for ever.
        logger.exception("upload %s cannot be read", taken.uuid)
        _fail(taken, BROKEN)
    return True


def read_forgotten(shelf: Shelf) -> int:
    """The sweep's work: read the uploads nobody has touched for a while; returns how many."""
    found = shelf.model._default_manager.filter(_open()).order_by("id").values_list("uuid", flat=True)
    return sum(read_waiting(shelf, uuid) for uuid in list(found[:AT_ONCE]))


def read(shelf: Shelf, taken: UploadedList) -> None:
    """Read and judge the workbook of an upload being read. Refused (415/422) when it cannot be used as this list."""
    form = shelf.lists[taken.kind]
    table = load(taken.file, form.columns, limits.MAX_IMPORT_ROWS)
    total = len(table.data)
    _tell(taken, 0, total)
    outcome = judge_table(form, table, lambda done: _tell(taken, done, total))
    if not outcome.good and not outcome.faulty:
        raise Refused(EMPTY, 422)
    _finish(taken, status=Status.READY, outcome=outcome.to_json(), rows_read=total, rows_total=total)


def _open(*, waiting_from: timedelta = FORGOTTEN_AFTER) -> Q:
    """Uploads to be read: waiting ones touched so long ago, and those whose reader has fallen silent."""
    now = clock.now()
    return Q(status=Status.WAITING, touched_at__lte=now - waiting_from) | Q(
        status=Status.READING, touched_at__lte=now - FORGOTTEN_AFTER
    )


def _claim(shelf: Shelf[Taken], uuid: str | UUID) -> Taken | None:
    """The upload, now ours to read; None when it is read, being read, or locked by another reader."""
    with transaction.atomic():
        rows = shelf.model._default_manager.select_for_update(skip_locked=True, of=("self",)).select_related("file")
        taken = rows.filter(_open(waiting_from=timedelta()), uuid=uuid).first()
        if taken:
            taken.status, taken.touched_at, taken.rows_read = Status.READING, clock.now(), 0
            taken.save(update_fields=["status", "touched_at", "rows_read"])
        return taken


def _tell(taken: UploadedList, done: int, total: int) -> None:
    _being_read(taken).update(rows_read=done, rows_total=total, touched_at=clock.now())


def _fail(taken: UploadedList, reason: str) -> None:
    _finish(taken, status=Status.FAILED, failure=reason[:300])


def _finish(taken: UploadedList, **found: Any) -> None:
    """Keep what came out, unless another reader was faster while this one was silent: its outcome may be confirmed by now."""
    written = _being_read(taken).update(touched_at=clock.now(), **found)
    if written:
        for name, value in found.items():
            setattr(taken, name, value)


def _being_read(taken: Taken) -> QuerySet[Taken]:
    return type(taken)._default_manager.filter(pk=taken.pk, status=Status.READING)
