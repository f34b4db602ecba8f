"""Workbooks as applicants fill them in, and the pages through which they come."""

from typing import Any

from accounts.actors import Actor
from applications.listforms import LISTS
from applications.models import Application, ListImport
from applications.services.list_imports import UPLOADS
from files.excel import Sheet, make_template, write_workbook
from tests import drafts
from tests.pages import Page, Visitor

Rows = list[dict[str, Any]]


def served(application: Application, count: int) -> Rows:
    return customers(drafts.last_year(application.call), count)


def customers(year: int, count: int) -> Rows:
    """Rows of the list of served enterprises of one year."""
    return [
        {"year": year, "name": f"示例客户{n}有限公司", "credit_code": drafts.client_code(7, n), "size": "small"}
        for n in range(1, count + 1)
    ]


def list_page(visitor: Visitor, application: Application, kind: str = "served") -> Page:
    return visitor.get(f"{application.get_absolute_url()}list/{kind}/")


def sent(visitor: Visitor, application: Application, rows: Rows, kind: str = "served") -> Page:
    """The page after the rows were uploaded."""
    page = list_page(visitor, application, kind)
    return visitor.submit(page, "上传并预览", workbook=drafts.workbook(kind, rows))


def uploaded(filer: Actor, application: Application, rows: Rows, kind: str = "served") -> ListImport:
    book = drafts.workbook(kind, rows)
    return UPLOADS.upload(actor=filer, owner=application, kind=kind, upload=book)


def book(*rows: list[object], header: list[str] | None = None, caption: str = "") -> bytes:
    columns = [column.label for column in LISTS["served"].columns]
    return write_workbook([Sheet("填报", header or columns, rows, caption=caption)])


def template(kind: str) -> bytes:
    form = LISTS[kind]
    return make_template(form.columns, title=form.title, examples=(form.example,))
