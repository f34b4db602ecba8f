"""Lists of a yearly report from workbooks: read in the background, looked at, put right, confirmed; nothing leaks or counts twice."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from celery import current_app
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from accounts.actors import Actor
from accounts.models import Role
from applications import tasks as tasks_of_applications
from applications.services import filing, list_reading
from applications.services.list_imports import UPLOADS as OF_APPLICATIONS
from files import limits, sandbox, storage
from lifecycle.errors import NotAllowed, Stale, WrongStage
from registry.models import Title
from supervision import tasks
from supervision.models import AnnualReport, ReportImport
from supervision.services import reports
from supervision.services.report_imports import SHELF, UPLOADS
from tests import cast, drafts
from tests.applications.uploading import Rows, customers
from tests.files import corpus
from tests.pages import Page, Visitor
from tests.supervision import reports as build
from tests.supervision.reports import JANUARY, YEAR
from timekeeping import clock

pytestmark = pytest.mark.django_db
HEADING = "服务中小企业清单"


@pytest.fixture(autouse=True)
def january() -> Iterator[None]:
    with clock.frozen(JANUARY):
        yield


@pytest.fixture
def title() -> Title:
    return build.titled("示范平台")


@pytest.fixture
def report(title: Title) -> AnnualReport:
    return build.begun(title)


@pytest.fixture
def filer(title: Title) -> Actor:
    return build.person(title)


def served(count: int) -> Rows:
    return customers(YEAR, count)


def faulty() -> Rows:
    """Five rows: the third with a wrong code, the fourth with a wrong size."""
    rows = served(5)
    rows[2]["credit_code"] = "9153010MA"
    rows[3]["size"] = "巨型"
    return rows


def list_page(visitor: Visitor, report: AnnualReport, kind: str = "served") -> Page:
    return visitor.get(reverse("supervision:report_list", args=[report.uuid, kind]))


def sent(visitor: Visitor, report: AnnualReport, rows: Rows) -> Page:
    return visitor.submit(list_page(visitor, report), "上传并预览", workbook=drafts.workbook("served", rows))


def uploaded(filer: Actor, report: AnnualReport, rows: Rows) -> ReportImport:
    return UPLOADS.upload(actor=filer, owner=report, kind="served", upload=drafts.workbook("served", rows))


def address(taken: ReportImport) -> str:
    return reverse("supervision:report_import", args=[taken.report.uuid, taken.kind, taken.uuid])


def codes(report: AnnualReport) -> list[str]:
    return [row["credit_code"] for one in report.lists.filter(kind="served") for row in one.rows]


def client_codes(*numbers: int) -> list[str]:
    return [drafts.client_code(7, number) for number in numbers]


def test_a_large_list_is_read_by_the_worker_while_the_page_says_how_far(
    filer: Actor, report: AnnualReport, in_background: list[Any], django_capture_on_commit_callbacks: Any
) -> None:
    visitor = Visitor(filer)
    with django_capture_on_commit_callbacks(execute=True):
        waiting = sent(visitor, report, served(4))
    taken = report.imports.get()

    assert (waiting.heading, "已上传，等待读取" in waiting.text) == (f"正在读取：{HEADING}", True)
    assert waiting.soup.select_one("noscript meta[http-equiv=refresh]")
    assert in_background == [("supervision.read_import", [str(taken.uuid)])]
    assert list_page(visitor, report).links["查看进度"] == address(taken)
    ReportImport.objects.update(status="reading", rows_read=2, rows_total=4)
    partial = visitor.client.get(waiting.url, headers={"HX-Request": "true"}).content.decode()
    assert ("第 2 行，共 4 行" in partial, '<progress class="progress-k"' in partial, "<h1" in partial) == (
        True, True, False,
    )  # fmt: skip
    ReportImport.objects.update(status="waiting")
    assert tasks.read_import(str(taken.uuid)) is True
    assert visitor.client.get(waiting.url, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    found = visitor.get(list_page(visitor, report).links["继续预览和确认"])
    assert (found.heading, "4 行 可以导入" in found.text, codes(report)) == (f"导入预览：{HEADING}", True, [])
    assert "已导入 4 行" in visitor.submit(found, "导入 4 行").text
    assert codes(report) == client_codes(1, 2, 3, 4)
    assert "还没有确认导入" not in list_page(visitor, report).text


def test_a_small_list_is_read_at_once_and_a_workbook_only_once(
    filer: Actor, report: AnnualReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = Visitor(filer)
    preview = sent(visitor, report, served(3))
    monkeypatch.setattr(sandbox, "run", lambda *_, **__: pytest.fail("read again"))

    assert list_reading.read_waiting(SHELF, report.imports.get().uuid) is False
    assert "3 行 可以导入" in visitor.get(preview.url).text
    visitor.submit(preview, "导入 3 行")
    assert codes(report) == client_codes(1, 2, 3)
    assert report.lists.get(kind="served").origin == "清单.xlsx"
    assert report.imports.get().outcome is None


def test_the_sweep_reads_what_a_lost_wake_up_or_a_killed_worker_left(
    filer: Actor, report: AnnualReport, in_background: list[Any]
) -> None:
    lost, killed = uploaded(filer, report, served(2)), uploaded(filer, report, served(3))
    ReportImport.objects.filter(pk=killed.pk).update(status="reading", rows_read=1)

    assert (tasks.read_forgotten(), list_reading.read_waiting(SHELF, killed.uuid)) == (0, False)
    with clock.frozen(clock.now() + timedelta(seconds=61)):
        assert (tasks_of_applications.read_forgotten(), tasks.read_forgotten(), tasks.read_forgotten()) == (0, 2, 0)
    for taken, rows in ((lost, 2), (killed, 3)):
        taken.refresh_from_db()
        assert (taken.status, taken.rows_read, UPLOADS.preview(taken).importable) == ("ready", rows, rows)


def test_the_sweep_of_reports_leaves_the_lists_of_applications_to_theirs(
    filer: Actor, report: AnnualReport, in_background: list[Any]
) -> None:
    applicant, call = cast.filer(cast.organisation("申报单位"), "applicant"), cast.open_call(cast.city_officer("city2"))
    application = filing.create(actor=applicant, call=call, platform_name="示例平台")
    book = drafts.workbook("served", served(2))
    theirs = OF_APPLICATIONS.upload(actor=applicant, owner=application, kind="served", upload=book)
    uploaded(filer, report, served(2))
    assert list_reading.read_waiting(SHELF, theirs.uuid) is False
    with clock.frozen(clock.now() + timedelta(seconds=61)):
        assert (tasks.read_forgotten(), tasks_of_applications.read_forgotten()) == (1, 1)


def test_a_broker_that_does_not_answer_costs_time_only(
    filer: Actor,
    report: AnnualReport,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    def refuses(*_: Any, **__: Any) -> None:
        raise ConnectionError

    monkeypatch.setattr(limits, "READ_AT_ONCE_BYTES", 0)
    monkeypatch.setattr(current_app, "send_task", refuses)
    visitor = Visitor(filer)
    with django_capture_on_commit_callbacks(execute=True):
        waiting = sent(visitor, report, served(2))
    assert (waiting.status, waiting.heading) == (200, f"正在读取：{HEADING}")
    with clock.frozen(clock.now() + timedelta(seconds=61)):
        assert tasks.read_forgotten() == 1
    assert "2 行 可以导入" in visitor.get(waiting.url).text


def test_a_reader_that_was_silent_does_not_undo_what_another_has_read(
    filer: Actor, report: AnnualReport, in_background: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = uploaded(filer, report, served(2))
    judge = list_reading.judge_table

    def slowly(*args: Any) -> Any:
        outcome = judge(*args)
        monkeypatch.setattr(list_reading, "judge_table", judge)
        with clock.frozen(clock.now() + timedelta(seconds=61)):
            assert list_reading.read_waiting(SHELF, taken.uuid) is True
            UPLOADS.confirm(actor=filer, taken=ReportImport.objects.get(pk=taken.pk))
        return replace(outcome, good=())

    monkeypatch.setattr(list_reading, "judge_table", slowly)
    list_reading.read_waiting(SHELF, taken.uuid)
    kept = ReportImport.objects.get(pk=taken.pk)
    assert (kept.status, kept.failure, kept.outcome, codes(report)) == ("ready", "", None, client_codes(1, 2))


def test_without_a_worker_the_person_has_it_read_now(
    filer: Actor, report: AnnualReport, in_background: list[Any]
) -> None:
    visitor = Visitor(filer)
    waiting = sent(visitor, report, served(2))
    assert "现在读取" not in waiting.text
    with clock.frozen(clock.now() + timedelta(seconds=21)):
        read = visitor.submit(visitor.get(waiting.url), "现在读取")
    assert "2 行 可以导入" in read.text


def test_what_cannot_be_read_in_the_background_says_why(
    filer: Actor, report: AnnualReport, in_background: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = Visitor(filer)
    page = sent(visitor, report, served(3))
    monkeypatch.setattr(limits, "MAX_IMPORT_ROWS", 2)
    assert tasks.read_import(str(report.imports.get().uuid)) is True

    failed = visitor.get(page.url)

    assert (failed.heading, "超过 2 行" in failed.text) == (f"不能读取：{HEADING}", True)
    assert "超过 2 行" in list_page(visitor, report).text
    with pytest.raises(WrongStage, match="超过 2 行"):
        UPLOADS.confirm(actor=filer, taken=report.imports.get())
    assert codes(report) == []


def test_a_workbook_damaged_on_the_disk_is_told_and_never_written(
    filer: Actor, report: AnnualReport, in_background: list[Any]
) -> None:
    visitor = Visitor(filer)
    page = sent(visitor, report, served(3))
    path = storage.path_of(report.imports.get().file)
    path.chmod(0o600)
    with path.open("r+b") as stored:
        stored.seek(-30, os.SEEK_END)
        stored.write(b"\0" * 8)

    assert tasks.read_import(str(report.imports.get().uuid)) is True
    failed = visitor.get(page.url)
    assert (failed.heading, "文件校验失败，不能读取。请重新上传。" in failed.text) == (f"不能读取：{HEADING}", True)
    again = visitor.submit(
        visitor.get(failed.links["重新上传"]), "上传并预览", workbook=drafts.workbook("served", served(2))
    )
    assert again.heading == f"正在读取：{HEADING}"


def test_a_reader_that_breaks_tells_the_person_instead_of_letting_them_wait(
    filer: Actor, report: AnnualReport, in_background: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = Visitor(filer)
    page = sent(visitor, report, served(2))
    monkeypatch.setattr(list_reading, "judge_table", lambda *_: 1 / 0)
    assert tasks.read_import(str(report.imports.get().uuid)) is True
    assert "读取时出现问题。请重新上传" in visitor.get(page.url).text


GOOD = corpus.xlsx_with_rows(
    [column.label for column in SHELF.lists["served"].columns], [YEAR, "示例公司", drafts.client_code(7, 1), "小型"]
)
STAFF = corpus.xlsx_with_rows([column.label for column in SHELF.lists["staff"].columns], ["李四"])
BAD = [
    ("damaged", GOOD[:-40], 422, "文件已损坏"),
    ("no workbook", b"a,b", 415, "这是文本（如 CSV）文件"),
    ("another list", STAFF, 422, "这份文件像是“专职服务人员清单”，不是“服务中小企业清单”。"),
    ("column missing", corpus.xlsx_with_rows(["服务年度", "企业名称"], [YEAR, "示例"]), 422, "表中缺少必填的列：统一社会信用代码"),
    ("no row", drafts.workbook("served", []).read(), 422, "表中只有表头或示例，没有内容。请填写后重新上传。"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "status", "words"), [row[1:] for row in BAD], ids=[row[0] for row in BAD])
def test_a_workbook_that_is_not_the_list_is_answered_at_the_field_and_nothing_is_kept(
    filer: Actor, report: AnnualReport, data: bytes, status: int, words: str
) -> None:
    visitor = Visitor(filer)
    page = list_page(visitor, report)
    answer = visitor.submit(page, "上传并预览", workbook=SimpleUploadedFile("清单.xlsx", data))
    assert (answer.status, len(answer.errors), words in answer.text) == (status, 1, True), answer.errors
    assert report.imports.count() == 0
    assert "1 行 可以导入" in visitor.submit(page, "上传并预览", workbook=SimpleUploadedFile("清单.xlsx", GOOD)).text


def test_only_faulty_rows_leave_nothing_to_import(filer: Actor, report: AnnualReport) -> None:
    rows = served(1)
    rows[0]["size"] = "巨型"
    visitor = Visitor(filer)
    preview = sent(visitor, report, rows)
    assert ("0 行 可以导入" in preview.text, "1 行 有问题，不能导入" in preview.text) == (True, True)
    with pytest.raises(WrongStage, match="没有可以导入的行，请更正后重新上传。"):
        UPLOADS.confirm(actor=filer, taken=report.imports.get())
    visitor.submit(visitor.submit(preview, "保存更正，再次检查", {"fix-D3": "微型"}), "导入 1 行")
    assert codes(report) == client_codes(1)


def test_faulty_cells_are_marked_put_right_in_the_page_and_judged_again(filer: Actor, report: AnnualReport) -> None:
    visitor = Visitor(filer)
    preview = sent(visitor, report, faulty())
    assert "2 行 有问题，不能导入 共 2 处" in preview.text
    fixed = visitor.submit(preview, "保存更正，再次检查", {"fix-D6": "微型"})
    assert "已保存 1 处更正，还有 1 处需要更正" in fixed.text
    sheet = load_workbook(BytesIO(visitor.get(fixed.links["下载标注问题的文件"]).body))["填报"]
    assert (sheet["D6"].value, sheet["C5"].fill.fgColor.rgb, sheet["D6"].fill.fgColor.rgb) == (
        "微型", "00FDEAEA", "00000000",
    )  # fmt: skip
    done = visitor.submit(
        visitor.submit(fixed, "保存更正，再次检查", {"fix-C5": drafts.client_code(7, 3)}), "导入 5 行"
    )
    assert ("已导入 5 行" in done.text, codes(report)) == (True, client_codes(1, 2, 3, 4, 5))
    assert report.lists.get(kind="served").rows[3]["size"] == "micro"


def test_rows_left_out_are_still_marked_once_the_others_are_in(filer: Actor, report: AnnualReport) -> None:
    visitor = Visitor(filer)
    preview = sent(visitor, report, faulty())
    visitor.submit(preview, "导入 3 行")
    assert codes(report) == client_codes(1, 2, 5)

    ended = visitor.get(preview.url)
    assert (ended.heading, "有问题的行没有导入" in ended.text) == (f"已经导入：{HEADING}", True)
    assert report.imports.get().outcome["good"] == []
    sheet = load_workbook(BytesIO(visitor.get(ended.links["下载标注问题的文件"]).body))["填报"]
    assert [sheet[cell].fill.fgColor.rgb for cell in ("C5", "D6", "C7")] == ["00FDEAEA", "00FDEAEA", "00000000"]

    whole = sent(visitor, report, served(3))
    visitor.submit(whole, "导入 3 行")
    assert "下载标注问题的文件" not in visitor.get(whole.url).links
    refused = visitor.get(f"{whole.url}marked.xlsx")
    assert (refused.status, "这份文件已经导入" in refused.text) == (409, True)


def test_what_is_confirmed_is_what_was_previewed_and_counts_once(
    filer: Actor, report: AnnualReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = Visitor(filer)
    preview = sent(visitor, report, faulty())
    monkeypatch.setattr(sandbox, "run", lambda *_, **__: pytest.fail("the workbook is read again"))
    first = visitor.submit(preview, "导入 3 行")
    kept = report.lists.get(kind="served")
    with clock.frozen(clock.now() + timedelta(minutes=5)):
        again = visitor.submit(preview, "导入 3 行")
    assert ("已导入 3 行" in first.text, "已导入 3 行" in again.text) == (True, True)
    assert report.lists.get(kind="served").saved_at == kept.saved_at
    late = visitor.submit(preview, "导入 3 行", {"fix-D6": "微型"})
    assert (late.status, "这份文件已经导入" in late.text) == (409, True)
    assert codes(report) == client_codes(1, 2, 5)


def test_a_report_that_was_closed_meanwhile_takes_no_list(filer: Actor, title: Title) -> None:
    report = build.complete(title)
    visitor = Visitor(filer)
    before = codes(report)
    preview = sent(visitor, report, served(3))
    reports.request_signature(actor=filer, report=report)

    late = visitor.submit(preview, "导入 3 行")
    assert (late.status, "正在等待签字人确认，不能修改" in late.text, codes(report)) == (409, True, before)
    looked = visitor.get(preview.url)
    assert ("正在等待签字人确认，不能修改" in looked.text, "导入 3 行" in looked.text) == (True, False)
    assert "还没有确认导入" not in list_page(visitor, report).text
    with pytest.raises(WrongStage):
        UPLOADS.save_fixes(actor=filer, taken=report.imports.get(), texts={})

    reports.reopen(actor=filer, report=AnnualReport.objects.get())
    assert "已导入 3 行" in visitor.submit(visitor.get(preview.url), "导入 3 行").text
    assert codes(report) == client_codes(1, 2, 3)


def test_what_a_colleague_corrects_meanwhile_is_looked_at_before_it_is_written(
    filer: Actor, report: AnnualReport
) -> None:
    visitor = Visitor(filer)
    preview = sent(visitor, report, faulty())
    colleague = cast.filer(filer.organisation, "colleague")
    UPLOADS.save_fixes(actor=colleague, taken=report.imports.get(), texts={"D6": "微型"})

    late = visitor.submit(preview, "导入 3 行")
    assert (late.status, codes(report)) == (409, [])
    with pytest.raises(Stale):
        UPLOADS.confirm(actor=filer, taken=report.imports.get(), shown="other")
    visitor.submit(visitor.get(preview.url), "导入 4 行")
    assert codes(report) == client_codes(1, 2, 4, 5)


def test_of_two_uploads_at_once_both_are_read_and_the_last_confirmed_stands(
    filer: Actor, report: AnnualReport, in_background: list[Any]
) -> None:
    visitor = Visitor(filer)
    older, newer = sent(visitor, report, served(3)), sent(visitor, report, served(2))
    assert list_page(visitor, report).links["查看进度"] in newer.url
    for taken in report.imports.all():
        assert tasks.read_import(str(taken.uuid)) is True

    visitor.submit(visitor.get(newer.url), "导入 2 行")
    assert codes(report) == client_codes(1, 2)
    page = visitor.get(older.url)
    assert "现有的 2 行由这份文件的 3 行替换" in page.text
    visitor.submit(page, "导入 3 行")
    assert codes(report) == client_codes(1, 2, 3)
    assert visitor.get(newer.url).heading == f"已经导入：{HEADING}"


def test_nobody_else_reaches_an_upload_nor_through_another_report(
    filer: Actor, title: Title, report: AnnualReport
) -> None:
    taken = uploaded(filer, report, faulty())
    other = build.titled("另一平台", "wuhua")
    stranger, theirs = build.person(other), build.begun(other)

    def statuses(actor: Actor, under: AnnualReport, **headers: str) -> list[int]:
        client = Visitor(actor).client
        base = reverse("supervision:report_list", args=[under.uuid, "served"])
        tails = (f"import/{taken.uuid}/", f"import/{taken.uuid}/marked.xlsx")
        return [client.get(f"{base}{tail}", headers=headers).status_code for tail in tails]

    assert statuses(filer, report) == statuses(build.person(title, Role.SIGNATORY), report) == [200, 200]
    for headers in ({}, {"HX-Request": "true"}):
        assert statuses(stranger, report, **headers) == [404, 404]
        assert statuses(stranger, theirs, **headers) == [404, 404]
    officers = (cast.district_officer(), cast.city_officer("city2"), cast.person("auditor", Role.AUDITOR))
    assert [statuses(officer, report) for officer in officers] == [[403, 403]] * 3
    visitor = Visitor(stranger)
    token = list_page(visitor, theirs).soup.select_one("[name=csrfmiddlewaretoken]")["value"]
    answer = visitor.client.post(address(taken), {"do": "confirm", "csrfmiddlewaretoken": token})
    assert (answer.status_code, codes(report)) == (404, [])
    with pytest.raises(NotAllowed):
        UPLOADS.confirm(actor=stranger, taken=taken)


def test_the_pages_of_a_list_ask_as_often_for_200_rows_as_for_one(
    filer: Actor, report: AnnualReport, django_assert_max_num_queries: Any
) -> None:
    visitor, counts = Visitor(filer), []
    for rows in (1, 200):
        bad = served(rows + 1)
        bad[0]["credit_code"] = "1"
        preview = sent(visitor, report, bad)
        asked = []
        for wanted in (list_page(visitor, report).url, preview.url):
            with django_assert_max_num_queries(40) as counted:
                visitor.client.get(wanted)
            asked.append(len(counted))
        ReportImport.objects.filter(confirmed_at=None).update(status="reading", rows_read=rows)
        with django_assert_max_num_queries(40) as counted:
            visitor.client.get(preview.url, headers={"HX-Request": "true"})
        asked.append(len(counted))
        ReportImport.objects.filter(confirmed_at=None).update(status="ready")
        visitor.submit(preview, f"导入 {rows} 行")
        counts.append(asked)
    assert counts[0] == counts[1]


def test_five_thousand_rows_come_in_through_the_pages(filer: Actor, report: AnnualReport) -> None:
    rows = served(5000)
    rows[4999]["credit_code"] = "91530100"
    visitor = Visitor(filer)

    waiting = sent(visitor, report, rows)
    assert waiting.heading == f"正在读取：{HEADING}"
    assert tasks.read_import(str(report.imports.get().uuid)) is True
    preview = visitor.get(waiting.url)
    assert ("4999 行 可以导入" in preview.text, "1 行 有问题" in preview.text) == (True, True)
    fixed = visitor.submit(preview, "保存更正，再次检查", {"fix-C5002": drafts.client_code(7, 5000)})
    assert "已导入 5000 行" in visitor.submit(fixed, "导入 5000 行").text
    assert codes(report) == client_codes(*range(1, 5001))
