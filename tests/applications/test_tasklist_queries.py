"""The task list asks the database the same number of questions whatever the length of the lists."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from applications.models import Application
from applications.services import filing, lists
from tests import cast, drafts
from tests.pages import Visitor

pytestmark = pytest.mark.django_db
NAMES = ("served", "staff", "institutions", "activities")


def questions(visitor: Visitor, application: Application) -> int:
    """How many queries the task list takes, the first opening left aside."""
    address = application.get_absolute_url()
    visitor.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = visitor.get(address)
    assert (page.status, "填写申报材料" in page.text) == (200, True)
    return len(asked)


def test_the_task_list_takes_the_same_queries_for_1_and_for_200_rows() -> None:
    filer = cast.filer(cast.organisation())
    application = filing.create(actor=filer, call=cast.open_call(cast.city_officer()), platform_name="示例平台")
    visitor, given, taken = Visitor(filer), drafts.lists(application.call, filer.organisation), []
    for count in (1, 200):
        for kind in NAMES:
            rows = (given[kind] * count)[:count]
            lists.write_rows(actor=filer, application=application, kind=kind, rows=rows)
        taken.append(questions(visitor, application))
    assert taken[0] == taken[1]
