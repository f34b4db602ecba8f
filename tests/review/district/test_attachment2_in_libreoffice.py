"""附件2 in LibreOffice: every cell reads as it was written, and what LibreOffice saves comes back without a difference."""

import csv
import subprocess
from pathlib import Path

import pytest

from accounts.actors import Actor
from applications.models import Call
from review.models import Recommendation, SummarySheet
from review.selectors import summaries
from review.selectors.summary import COLUMNS
from review.selectors.summary_differences import compare
from tests import cast
from tests.review.sheets import brought, edited, sheet_of, workbook_of

pytestmark = [pytest.mark.office, pytest.mark.django_db]
# Comma, double quotes, UTF-8; cells as shown.
CSV = "csv:Text - txt - csv (StarCalc):44,34,76"


@pytest.fixture
def sheet(call: Call, officer: Actor) -> SummarySheet:
    """Two recommendations, with texts that spreadsheets like to take for something else."""
    cast.recommended_application(call, officer, name="示例甲", order=1)
    cast.recommended_application(call, officer, name="=1+1有限公司", order=2)
    made = Recommendation.objects.get(order=1)
    made.summary |= {"contact": "0871063135193", "remarks": "第一行\n+第二行，“引号”,逗号", "opinion": "2026-1-1 同意"}
    made.save()
    return sheet_of(call, officer)


def saved_by_office(data: bytes, kind: str, folder: Path) -> Path:
    """The workbook opened in LibreOffice and saved as ``kind``."""
    source, out = folder / "附件2.xlsx", folder / "out"
    source.write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--norestore", "--convert-to", kind, "--outdir", str(out), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    [made] = out.iterdir()
    return made


def test_every_cell_reads_as_it_was_written(sheet: SummarySheet, tmp_path: Path) -> None:
    with saved_by_office(workbook_of(sheet), CSV, tmp_path).open(encoding="utf-8", newline="") as source:
        lines = list(csv.reader(source))
    assert lines[0][0] == "2026年度昆明市中小企业公共服务示范平台推荐汇总表（盘龙区）"
    assert lines[1] == ["序号", *(column.label for column in COLUMNS)]
    assert lines[2:4] == [[str(n), *summaries.cells(row)] for n, row in enumerate(summaries.rows_of(sheet), 1)]


def test_saved_by_libreoffice_it_comes_back_without_a_difference(
    sheet: SummarySheet, officer: Actor, tmp_path: Path
) -> None:
    returned = saved_by_office(workbook_of(sheet), "xlsx:Calc MS Excel 2007 XML", tmp_path).read_bytes()
    taken = brought(officer, sheet, returned)
    found = compare(sheet, summaries.rows_of(sheet), taken.file)
    assert (found.differences, found.missing, found.added, found.lacking, found.outdated) == ([], [], [], [], False)


def test_edited_and_saved_by_libreoffice_it_shows_exactly_the_edit(
    sheet: SummarySheet, officer: Actor, tmp_path: Path
) -> None:
    changed = edited(workbook_of(sheet), {(2, "备注"): "已现场走访。 ", (2, "抽查满意度"): 0.99, (1, "推荐顺序"): "３"})
    returned = saved_by_office(changed, "xlsx:Calc MS Excel 2007 XML", tmp_path).read_bytes()
    found = compare(sheet, summaries.rows_of(sheet), brought(officer, sheet, returned).file)
    assert [(one.column.label, one.old, one.new, bool(one.refused)) for one in found.differences] == [
        ("推荐顺序", "1", "3", False),
        ("抽查满意度", "100%", "0.99", True),
        ("备注", "", "已现场走访。", False),
    ]
