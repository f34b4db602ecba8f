"""Workbooks that cannot be used as the list they were uploaded as: each gets its own answer, and nothing is kept."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.actors import Actor
from applications.listforms import LISTS
from applications.models import Application
from applications.services import filing
from files import limits
from files.excel import read_rows
from tests import cast, drafts
from tests.applications.uploading import book, list_page, sent, served, template
from tests.files import corpus
from tests.files.test_intake import BOMB, ENCRYPTED, OLE
from tests.pages import Visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def filer() -> Actor:
    return cast.filer(cast.organisation())


@pytest.fixture
def application(filer: Actor) -> Application:
    return filing.create(actor=filer, call=cast.open_call(cast.city_officer()), platform_name="示例平台")


HTML_TABLE = b"<html><table><tr><td>1</td></tr></table></html>"
STAFF = [column.label for column in LISTS["staff"].columns]
GOOD = book([2025, "示例公司", drafts.client_code(7, 1), "小型"])
# fmt: off
BAD = [
    ("old excel",           "清单.xls",  OLE,                                              415, "这是旧版 Office 文件，请用办公软件另存为 xlsx 后上传"),
    ("html renamed",        "清单.xlsx", HTML_TABLE,                                       415, "这是网页格式的表格，请用办公软件打开后另存为 xlsx"),
    ("csv renamed",         "清单.xlsx", "企业名称,年度\n示例,2025".encode("gb18030"),       415, "这是文本（如 CSV）文件"),
    ("macro-bearing",       "清单.xlsm", GOOD,                                             415, "这是启用宏的工作簿"),
    ("macro inside",        "清单.xlsx", corpus.with_part(GOOD, "xl/vbaProject.bin", b"x"), 415, "宏"),
    ("encrypted",           "清单.xlsx", ENCRYPTED,                                        422, "文件已加密，无法审核。请取消密码后重新上传。"),
    ("zip bomb",            "清单.xlsx", BOMB,                                             422, "文件展开后过大"),
    ("cut off",             "清单.xlsx", GOOD[:-40],                                       422, "文件已损坏"),
    ("too big",             "清单.xlsx", GOOD + b"\0" * 5 * limits.MIB,                    413, "请压缩到 5 MB 以内"),
    ("another list",        "清单.xlsx", book(["李四"], header=STAFF),                     422, "这份文件像是“专职服务人员清单”，不是“服务中小企业清单”。请到“专职服务人员清单”上传"),
    ("foreign",             "清单.xlsx", book([1, 2], header=["月份", "工资"]),             422, "没有找到“服务中小企业清单”的表头，第一行是：月份、工资"),
    ("column missing",      "清单.xlsx", book([2025, "示例"], header=["服务年度", "企业名称", "企业规模"]), 422, "表中缺少必填的列：统一社会信用代码"),
    ("only a header",       "清单.xlsx", book(),                                           422, "表中只有表头或示例，没有内容"),
    ("template untouched",  "清单.xlsx", template("served"),                               422, "表中只有表头或示例，没有内容"),
]
# fmt: on


@pytest.mark.parametrize(("name", "data", "status", "words"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_each_bad_workbook_gets_its_own_answer(
    filer: Actor, application: Application, name: str, data: bytes, status: int, words: str
) -> None:
    visitor = Visitor(filer)
    page = list_page(visitor, application)

    answer = visitor.submit(page, "上传并预览", workbook=SimpleUploadedFile(name, data))

    assert (answer.status, len(answer.errors), words in answer.text) == (status, 1, True), answer.errors
    assert application.imports.count() == 0


def test_too_many_rows_are_refused_and_the_limit_itself_is_not(
    filer: Actor, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_IMPORT_ROWS", 3)
    visitor = Visitor(filer)

    assert "3 行 可以导入" in sent(visitor, application, served(application, 3)).text
    refused = sent(visitor, application, served(application, 4))

    assert (refused.status, "超过 3 行，请分成几个文件上传" in refused.text) == (422, True)


@pytest.mark.parametrize("kind", LISTS)
def test_every_template_can_be_read_and_its_example_is_never_data(kind: str) -> None:
    form = LISTS[kind]
    result = read_rows(template(kind), form.columns)
    assert (result.rows, result.errors, result.ignored) == ([], [], [])
    assert result.notes == ["第 3 行是示例，不导入"]
    filled = drafts.workbook(kind, [_example(kind)]).read()
    assert {error.column for error in read_rows(filled, form.columns).errors} <= {"统一社会信用代码"}


def _example(kind: str) -> dict[str, Any]:
    return {column.key: LISTS[kind].example.get(column.key) for column in LISTS[kind].columns}
