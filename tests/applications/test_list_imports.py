"""Lists from workbooks through the pages: progress, putting right in the page, confirming, leaks."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from accounts.actors import Actor
from applications import tasks
from applications.listforms import LISTS
from applications.models import Application, ListImport
from applications.services import filing, list_reading
from applications.services.list_imports import SHELF, UPLOADS
from files import limits, sandbox
from lifecycle.errors import Stale, WrongStage
from tests import cast, drafts
from tests.applications.uploading import Rows, list_page, sent, served, uploaded
from tests.files import corpus
from tests.pages import Page, Visitor
from timekeeping import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def filer() -> Actor:
    return cast.filer(cast.organisation())


@pytest.fixture
def application(filer: Actor) -> Application:
    return filing.create(actor=filer, call=cast.open_call(cast.city_officer()), platform_name="示例平台")


def test_a_large_list_is_read_by_the_worker_while_the_page_says_how_far(
    filer: Actor,
    application: Application,
    in_background: list[tuple[str, list[str]]],
    django_capture_on_commit_callbacks: Any,
) -> None:
    visitor = Visitor(filer)
    with django_capture_on_commit_callbacks(execute=True):
        waiting = sent(visitor, application, served(application, 4))
    taken = application.imports.get()

    assert (waiting.heading, "已上传，等待读取" in waiting.text) == ("正在读取：服务中小企业清单", True)
    assert waiting.soup.select_one("noscript meta[http-equiv=refresh]")
    assert in_background == [("applications.read_import", [str(taken.uuid)])]
    assert "正在读取。 查看进度" in list_page(visitor, application).text
    ListImport.objects.update(status="reading", rows_read=2, rows_total=4)
    partial = visitor.client.get(waiting.url, headers={"HX-Request": "true"}).content.decode()
    assert ("第 2 行，共 4 行" in partial, '<progress class="progress-k"' in partial, "<h1" in partial) == (
        True, True, False,
    )  # fmt: skip
    ListImport.objects.update(status="waiting")
    assert tasks.read_import(str(taken.uuid)) is True
    assert visitor.client.get(waiting.url, headers={"HX-Request": "true"}).headers["HX-Refresh"] == "true"
    assert "4 行 可以导入" in visitor.get(waiting.url).text
    assert "还没有确认导入" in list_page(visitor, application).text
    assert application.batches.count() == 0


def test_a_workbook_is_read_once_however_often_the_worker_is_asked(
    filer: Actor, application: Application, in_background: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = uploaded(filer, application, served(application, 2))
    assert list_reading.read_waiting(SHELF, taken.uuid) is True
    monkeypatch.setattr(sandbox, "run", lambda *_, **__: pytest.fail("read again"))

    assert list_reading.read_waiting(SHELF, taken.uuid) is False
    taken.refresh_from_db()
    assert UPLOADS.preview(taken).importable == 2
    page = Visitor(filer).get(f"{application.get_absolute_url()}list/served/import/{taken.uuid}/")
    assert "2 行 可以导入" in page.text
    assert UPLOADS.confirm(actor=filer, taken=taken).batch.servedenterprise_rows.count() == 2


def test_the_sweep_reads_what_a_lost_wake_up_or_a_killed_worker_left(
    filer: Actor, application: Application, in_background: list[Any]
) -> None:
    lost = uploaded(filer, application, served(application, 2))
    killed = uploaded(filer, application, served(application, 3))
    ListImport.objects.filter(pk=killed.pk).update(status="reading", rows_read=1)

    assert (tasks.read_forgotten(), list_reading.read_waiting(SHELF, killed.uuid)) == (0, False)
    with clock.frozen(clock.now() + timedelta(seconds=61)):
        assert (tasks.read_forgotten(), tasks.read_forgotten()) == (2, 0)
    for taken, rows in ((lost, 2), (killed, 3)):
        taken.refresh_from_db()
        assert (taken.status, taken.rows_read, UPLOADS.preview(taken).importable) == ("ready", rows, rows)


def test_a_reader_that_was_silent_does_not_undo_what_another_has_read(
    filer: Actor, application: Application, in_background: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = uploaded(filer, application, served(application, 2))
    judge = list_reading.judge_table

    def slowly(*args: Any) -> Any:
        outcome = judge(*args)
        monkeypatch.setattr(list_reading, "judge_table", judge)
        with clock.frozen(clock.now() + timedelta(seconds=61)):
            assert list_reading.read_waiting(SHELF, taken.uuid) is True
            fresh = ListImport.objects.get(pk=taken.pk)
            assert UPLOADS.confirm(actor=filer, taken=fresh).batch.servedenterprise_rows.count() == 2
        return replace(outcome, good=())

    monkeypatch.setattr(list_reading, "judge_table", slowly)
    list_reading.read_waiting(SHELF, taken.uuid)
    kept = ListImport.objects.get(pk=taken.pk)
    assert (kept.status, kept.failure, kept.batch.servedenterprise_rows.count()) == ("ready", "", 2)


def test_without_a_worker_the_person_has_it_read_now(
    filer: Actor, application: Application, in_background: list[Any]
) -> None:
    visitor = Visitor(filer)
    waiting = sent(visitor, application, served(application, 2))
    assert "现在读取" not in waiting.text
    with clock.frozen(clock.now() + timedelta(seconds=21)):
        read = visitor.submit(visitor.get(waiting.url), "现在读取")
    assert "2 行 可以导入" in read.text


def test_what_cannot_be_read_in_the_background_says_why(
    filer: Actor, application: Application, in_background: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    visitor = Visitor(filer)
    page = sent(visitor, application, served(application, 3))
    monkeypatch.setattr(limits, "MAX_IMPORT_ROWS", 2)
    assert list_reading.read_waiting(SHELF, application.imports.get().uuid) is True

    failed = visitor.get(page.url)

    assert (failed.heading, "超过 2 行" in failed.text) == ("不能读取：服务中小企业清单", True)
    assert "超过 2 行" in list_page(visitor, application).text
    with pytest.raises(WrongStage, match="超过 2 行"):
        UPLOADS.confirm(actor=filer, taken=application.imports.get())


def faulty(application: Application) -> Rows:
    """Five rows: the third with a wrong code, the fourth with a wrong size and a formula."""
    rows = served(application, 5)
    rows[2]["credit_code"] = "9153010MA"
    rows[3] |= {"size": "巨型", "name": "=HYPERLINK(1)"}
    return rows


def test_faulty_cells_are_put_right_in_the_page_and_judged_again(filer: Actor, application: Application) -> None:
    visitor = Visitor(filer)
    preview = sent(visitor, application, faulty(application))
    assert ("3 行 可以导入" in preview.text, "2 行 有问题，不能导入 共 2 处" in preview.text) == (True, True)

    still = visitor.submit(preview, "保存更正，再次检查", {"fix-C5": "91530", "fix-D6": "微型"})
    assert "已保存 2 处更正，还有 1 处需要更正" in still.text
    assert (still.soup.select_one("[name=fix-C5]")["value"], "现为5位" in still.text) == ("91530", True)
    assert "4 行 可以导入" in still.text
    looked = visitor.submit(still, "导入 4 行", {"fix-C5": f" {drafts.client_code(7, 3).lower()} "})
    assert (looked.heading, application.batches.count()) == ("导入预览：服务中小企业清单", 0)
    assert "没有需要更正的地方了" in looked.text

    done = visitor.submit(looked, "导入 5 行")
    assert "已导入 5 行" in done.text
    rows = application.batches.get().servedenterprise_rows.order_by("position")
    assert list(rows.values_list("credit_code", "size", "name"))[2:4] == [
        (drafts.client_code(7, 3), "small", "示例客户3有限公司"),
        (drafts.client_code(7, 4), "micro", "=HYPERLINK(1)"),
    ]
    assert application.imports.get().outcome is None
    assert visitor.get(looked.url).heading == "已经导入：服务中小企业清单"


def test_a_formula_is_named_by_its_cell_and_replaced_in_the_page(filer: Actor, application: Application) -> None:
    data = corpus.xlsx_with_rows([column.label for column in LISTS["equipment"].columns], ["测量机", "M-1", "=1+1", 5])
    visitor = Visitor(filer)
    page = list_page(visitor, application, "equipment")

    preview = visitor.submit(page, "上传并预览", workbook=SimpleUploadedFile("清单.xlsx", data))
    assert ("C2" in preview.text, "单元格中是公式" in preview.text) == (True, True)
    fixed = visitor.submit(preview, "保存更正，再次检查", {"fix-C2": "２"})

    assert "1 行 可以导入" in fixed.text
    visitor.submit(fixed, "导入 1 行")
    assert application.batches.get().equipment_rows.get().quantity == 2


def test_corrections_are_undone_and_only_faulty_cells_take_them(filer: Actor, application: Application) -> None:
    taken = uploaded(filer, application, faulty(application))
    assert UPLOADS.save_fixes(actor=filer, taken=taken, texts={"D6": "微型", "B3": "改名", "ZZ99": "x"}) == 1
    taken.refresh_from_db()
    assert taken.fixes == {"D6": "微型"}
    visitor = Visitor(filer)
    page = visitor.get(f"{application.get_absolute_url()}list/served/import/{taken.uuid}/")

    undone = visitor.submit(page, "撤销全部更正")

    assert ("3 行 可以导入" in undone.text, "页面上已更正" in undone.text) == (True, False)


def test_a_year_with_a_digit_too_many_is_named_by_its_cell(filer: Actor, application: Application) -> None:
    [row] = served(application, 1)
    taken = uploaded(filer, application, [row | {"year": 202512}])
    [fault] = UPLOADS.preview(taken).faults
    assert fault.error.reason == "不能大于 2100"


def test_odd_characters_typed_into_a_faulty_cell_are_left_out(filer: Actor, application: Application) -> None:
    taken = uploaded(filer, application, faulty(application))
    assert UPLOADS.save_fixes(actor=filer, taken=taken, texts={"D6": "微\x00型"}) == 1
    taken.refresh_from_db()
    assert taken.fixes == {"D6": "微型"}


def test_the_marked_copy_carries_the_corrections_and_comes_in_again(filer: Actor, application: Application) -> None:
    taken = uploaded(filer, application, faulty(application))
    UPLOADS.save_fixes(actor=filer, taken=taken, texts={"D6": "微型"})
    visitor = Visitor(filer)
    preview = visitor.get(f"{application.get_absolute_url()}list/served/import/{taken.uuid}/")

    copy = load_workbook(BytesIO(visitor.client.get(preview.links["下载标注问题的文件"]).content))
    sheet = copy["填报"]
    assert (sheet["D6"].value, sheet["C5"].fill.fgColor.rgb) == ("微型", "00FDEAEA")
    sheet["C5"] = drafts.client_code(7, 3)
    target = BytesIO()
    copy.save(target)
    again = visitor.submit(
        list_page(visitor, application), "上传并预览", workbook=SimpleUploadedFile("更正.xlsx", target.getvalue())
    )

    assert ("5 行 可以导入" in again.text, "以下各列不在模板中" in again.text) == (True, False)


def seen_before_a_colleague_corrects(filer: Actor, application: Application) -> tuple[ListImport, Visitor, Page, Actor]:
    """An upload whose preview was opened, and the colleague who has put D6 right since."""
    taken = uploaded(filer, application, faulty(application))
    visitor = Visitor(filer)
    preview = visitor.get(f"{application.get_absolute_url()}list/served/import/{taken.uuid}/")
    colleague = cast.filer(filer.organisation, "colleague")
    UPLOADS.save_fixes(actor=colleague, taken=taken, texts={"D6": "微型"})
    return taken, visitor, preview, colleague


def test_what_a_colleague_corrects_meanwhile_is_looked_at_before_it_is_written(
    filer: Actor, application: Application
) -> None:
    taken, visitor, preview, _ = seen_before_a_colleague_corrects(filer, application)

    late = visitor.submit(preview, "导入 3 行")

    assert (late.status, application.batches.count()) == (409, 0)
    assert "4 行 可以导入" in visitor.get(preview.url).text
    for shown in ("other", ""):
        with pytest.raises(Stale):
            UPLOADS.confirm(actor=filer, taken=taken, shown=shown)


def test_another_correction_of_what_a_colleague_has_imported_is_not_passed_over(
    filer: Actor, application: Application
) -> None:
    taken, visitor, preview, colleague = seen_before_a_colleague_corrects(filer, application)
    UPLOADS.confirm(actor=colleague, taken=taken)

    other = visitor.submit(preview, "导入 3 行", {"fix-D6": "小型"})
    same = visitor.submit(preview, "导入 3 行", {"fix-D6": "微型"})

    assert (other.status, "这份文件已经导入" in other.text) == (409, True)
    assert (same.status, "已导入 4 行" in same.text) == (200, True)
    rows = application.batches.get().servedenterprise_rows
    assert rows.filter(size="micro").exists()


def test_a_page_sent_twice_imports_once_and_what_it_left_out_is_still_marked(
    filer: Actor, application: Application
) -> None:
    visitor = Visitor(filer)
    preview = sent(visitor, application, faulty(application))
    answers = [visitor.submit(preview, "导入 3 行").text for _ in range(2)]
    assert ["已导入 3 行" in text for text in answers] == [True, True]
    late = visitor.submit(preview, "导入 3 行", {"fix-D6": "微型"})
    assert (late.status, application.batches.get().servedenterprise_rows.count()) == (409, 3)

    ended = visitor.get(preview.url)
    assert (ended.heading, "有问题的行没有导入" in ended.text) == ("已经导入：服务中小企业清单", True)
    sheet = load_workbook(BytesIO(visitor.get(ended.links["下载标注问题的文件"]).body))["填报"]
    assert [sheet[cell].fill.fgColor.rgb for cell in ("C5", "D6", "C7")] == ["00FDEAEA", "00FDEAEA", "00000000"]


def test_a_list_is_replaced_knowingly_and_repeated_rows_are_listed(filer: Actor, application: Application) -> None:
    visitor = Visitor(filer)
    visitor.submit(sent(visitor, application, served(application, 3)), "导入 3 行")
    rows = served(application, 2)

    preview = sent(visitor, application, [*rows, rows[0]])

    assert "现有的 3 行由这份文件的 3 行替换" in preview.text
    assert ("与第 3 行重复" in preview.text, "照样导入，只计一次" in preview.text) == (True, True)
    visitor.submit(preview, "导入 3 行")
    assert [batch.servedenterprise_rows.count() for batch in application.batches.order_by("number")] == [3, 3]


def test_nobody_else_reaches_an_upload_nor_through_another_application(filer: Actor, application: Application) -> None:
    taken = uploaded(filer, application, faulty(application))
    tails = (f"import/{taken.uuid}/", f"import/{taken.uuid}/marked.xlsx")
    stranger = cast.filer(cast.organisation("另一单位"), "outsider")
    theirs = filing.create(actor=stranger, call=application.call, platform_name="另一平台")

    def statuses(actor: Actor, under: Application, **headers: str) -> list[int]:
        client = Visitor(actor).client
        return [
            client.get(f"{under.get_absolute_url()}list/served/{tail}", headers=headers).status_code for tail in tails
        ]

    assert statuses(filer, application) == [200, 200]
    for headers in ({}, {"HX-Request": "true"}):
        assert statuses(stranger, application, **headers) == [404, 404]
        assert statuses(stranger, theirs, **headers) == [404, 404]
    posted = Visitor(stranger, client=Visitor(stranger).client)
    page = list_page(posted, theirs)
    token = page.soup.select_one("[name=csrfmiddlewaretoken]")["value"]
    address = f"{application.get_absolute_url()}list/served/import/{taken.uuid}/"
    assert posted.client.post(address, {"do": "confirm", "csrfmiddlewaretoken": token}).status_code == 404
    assert application.batches.count() == 0


def test_the_pages_of_a_list_ask_as_often_for_200_rows_as_for_one(
    filer: Actor, application: Application, django_assert_max_num_queries: Any
) -> None:
    visitor = Visitor(filer)
    counts = []
    for rows in (1, 200):
        bad = served(application, rows + 1)
        bad[0]["credit_code"] = "1"
        preview = sent(visitor, application, bad)
        address = preview.url
        with django_assert_max_num_queries(40) as asked_by_preview:
            visitor.client.get(address)
        visitor.submit(preview, f"导入 {rows} 行")
        with django_assert_max_num_queries(40) as asked_by_list:
            list_page(visitor, application)
        counts.append((len(asked_by_preview), len(asked_by_list)))
    assert counts[0][1] == counts[1][1]
    # The second preview also counts the rows it would replace.
    assert counts[1][0] - counts[0][0] == 1


def test_five_thousand_rows_come_in_through_the_pages(
    filer: Actor, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[int, int]] = []
    tell = list_reading._tell
    monkeypatch.setattr(
        list_reading, "_tell", lambda t, done, total: (told.append((done, total)), tell(t, done, total))
    )
    rows = served(application, 5000)
    rows[4999]["credit_code"] = "91530100"
    visitor = Visitor(filer)

    waiting = sent(visitor, application, rows)
    assert waiting.heading == "正在读取：服务中小企业清单"
    assert list_reading.read_waiting(SHELF, application.imports.get().uuid) is True
    assert told == [(done, 5000) for done in range(0, 5001, 250)]
    monkeypatch.setattr(sandbox, "run", lambda *_, **__: pytest.fail("the workbook is read again"))
    preview = visitor.get(waiting.url)
    assert ("4999 行 可以导入" in preview.text, "1 行 有问题" in preview.text) == (True, True)
    fixed = visitor.submit(preview, "保存更正，再次检查", {"fix-C5002": drafts.client_code(7, 5000)})
    done = visitor.submit(fixed, "导入 5000 行")

    assert "已导入 5000 行" in done.text
    stored = application.batches.get().servedenterprise_rows.order_by("position").values_list("position", "credit_code")
    assert list(stored) == [(n, drafts.client_code(7, n)) for n in range(1, 5001)]
