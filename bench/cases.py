"""What is measured. A further comparison is one more ``Case`` here with a ``prepare`` of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from openpyxl import load_workbook

from applications.models import Application, Call, ListImport
from applications.services import filing, list_reading
from applications.services.list_imports import SHELF, UPLOADS
from bench.measuring import Case, Work
from files import storage
from tests import cast, drafts
from tests.review.crowd import crowd
from timekeeping import clock

ROWS, FILED = 5000, 2000


@contextmanager
def import_of_a_list() -> Iterator[tuple[Work, Work]]:
    """An uploaded list read, judged and confirmed, against openpyxl going over its cells."""
    filer = cast.filer(cast.organisation("测速单位"), "bench-filer")
    application = filing.create(
        actor=filer, call=cast.open_call(cast.city_officer("bench-city")), platform_name="测速平台"
    )
    rows = [
        {
            "year": drafts.last_year(application.call), "name": f"示例客户{n}有限公司", "credit_code": drafts.client_code(7, n),
            "size": "small", "is_specialised": False, "functions": ["information"], "phone": f"139{n:08d}",
            "service": "政策咨询与数字化诊断", "contact": f"联系人{n}",
        }
        for n in range(1, ROWS + 1)
    ]  # fmt: skip
    book: SimpleUploadedFile = drafts.workbook("served", rows)
    taken = UPLOADS.upload(actor=filer, owner=application, kind="served", upload=book)
    path = storage.path_of(taken.file)

    def ours() -> None:
        fresh = ListImport.objects.create(
            application=application, kind="served", file=taken.file, uploaded_by=filer.person,
            touched_at=clock.now() - timedelta(seconds=1),
        )  # fmt: skip
        list_reading.read_waiting(SHELF, fresh.uuid)
        with transaction.atomic():
            batch = UPLOADS.confirm(actor=filer, taken=fresh).batch
            assert batch.servedenterprise_rows.count() == ROWS
            transaction.set_rollback(True)

    def bare() -> None:
        with path.open("rb") as source:
            sheet = load_workbook(source, read_only=True).worksheets[0]
            assert sum(any(cell.value for cell in row) for row in sheet.iter_rows()) >= ROWS

    yield ours, bare


@contextmanager
def the_queue() -> Iterator[tuple[Work, Work]]:
    """The district's queue against a page of Django that lists as many rows of the same table behind the same sign-in."""
    client = _officer_of_many("queue")
    with override_settings(ROOT_URLCONF="bench.urls"):
        yield _get(client, reverse("review:queue")), _get(client, reverse("bare"))


@contextmanager
def the_export() -> Iterator[tuple[Work, Work]]:
    """All cases of the queue as a workbook, against the bare query that reads them with what the workbook names."""
    client = _officer_of_many("export")
    columns = ("receipt_number", "platform_name", "state", "organisation__name", "call__year", "district__name")

    def bare() -> None:
        assert len(Application.objects.filter(district__slug="panlong").values_list(*columns)) >= FILED

    yield _get(client, f"{reverse('review:queue_export')}?tab=all"), bare


def _officer_of_many(name: str) -> Client:
    """A signed-in officer of a district with 2,000 applications."""
    slug = "panlong"
    if Application.objects.filter(district__slug=slug).count() < FILED:
        # Another case may have opened the call of the year; there is one a year.
        crowd(Call.objects.first() or cast.open_call(cast.city_officer("bench-queue-city")), FILED, slug=slug)
    client = Client(headers={"host": "localhost"})
    officer = cast.district_officer(f"bench-officer-{name}", slug)
    client.force_login(officer.user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _get(client: Client, address: str) -> Work:
    def work() -> None:
        answer = client.get(address)
        assert answer.status_code == 200, (address, answer.status_code)
        answer.close()

    return work


CASES = (
    Case(
        "import",
        f"a list of {ROWS} rows read, judged, confirmed",
        "openpyxl reading the same workbook",
        import_of_a_list,
    ),
    Case("queue", f"a page of a queue of {FILED}", "a bare page of Django with as many rows", the_queue),
    Case("export", f"{FILED} applications as a workbook", "a bare query for them", the_export),
)
