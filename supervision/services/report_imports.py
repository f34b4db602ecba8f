"""Lists of a yearly report from workbooks."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any

from accounts.actors import Actor
from applications.listforms import ListForm
from applications.services.list_reading import Shelf
from applications.services.list_uploads import Uploads
from supervision.models import AnnualReport, ReportImport
from supervision.reporting.lists import LISTS
from supervision.services import report_content
from timekeeping import clock

SHELF = Shelf(ReportImport, LISTS, "supervision.read_import")
LONGEST_ORIGIN = 60


class _OfReports(Uploads[AnnualReport, ReportImport]):
    """Uploads that become the list of a report as it stands."""

    shelf = SHELF
    owner = "report"

    def editing(self, *, actor: Actor, owner: AnnualReport, kind: str) -> AbstractContextManager[AnnualReport]:
        return report_content.editing(actor=actor, report=owner)

    def take_over(
        self, *, actor: Actor, owner: AnnualReport, taken: ReportImport, rows: Sequence[Mapping[str, Any]]
    ) -> None:
        origin = taken.file.name[:LONGEST_ORIGIN]
        report_content.replace_rows(actor=actor, report=owner, form=self.form_of(taken), rows=rows, origin=origin)
        taken.confirmed_at = clock.now()

    def rows_now(self, owner: AnnualReport, form: ListForm) -> int:
        return len(report_content.rows_of(owner, form))

    def rows_of(self, taken: ReportImport) -> int:
        return self.rows_now(taken.report, self.form_of(taken))


UPLOADS = _OfReports()
