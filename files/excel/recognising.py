"""Is this workbook the list it was uploaded as? If not, what it looks like and what to do, before anything is read."""

from collections.abc import Mapping, Sequence

from files.errors import Refused
from files.excel.columns import Column
from files.excel.grid import Heading, Sheet, best_heading, sheets_of
from files.models import StoredFile

_HEADERS_SHOWN = 6
AGAIN = "请下载模板，不要改动表头文字，填写后重新上传。"


def recognise(source: bytes | StoredFile, title: str, lists: Mapping[str, Sequence[Column]]) -> None:
    """Refused (415/422) unless a visible sheet has every required header of the list ``title`` among ``lists``."""
    sheets = sheets_of(source)
    visible = [sheet for sheet in sheets if not sheet.hidden]
    columns = lists[title]
    heading = best_heading(visible, columns)
    if heading is None or not heading.fits(columns):
        raise Refused(_words(title, lists, sheets, visible, heading), 422)


def _words(
    title: str,
    lists: Mapping[str, Sequence[Column]],
    sheets: Sequence[Sheet],
    visible: Sequence[Sheet],
    heading: Heading | None,
) -> str:
    columns = lists[title]
    if not any(sheet.rows for sheet in visible):
        return f"表格是空的。{AGAIN}"
    if other := _other(visible, title, lists):
        return f"这份文件像是“{other}”，不是“{title}”。请到“{other}”上传，或者重新选择文件。"
    hidden = best_heading([sheet for sheet in sheets if sheet.hidden], columns)
    if hidden and hidden.fits(columns):
        return f"“{title}”在隐藏的工作表“{hidden.sheet}”中，隐藏的工作表不读取。请取消隐藏后重新上传。"
    if heading is None or not heading.names(columns):
        return f"没有找到“{title}”的表头，{_first_row(visible)}。{AGAIN}"
    missing = "、".join(column.header for column in heading.missing(columns))
    return f"表中缺少必填的列：{missing}。请下载最新模板，或者补上这些列后重新上传；表头请不要合并单元格。"


def _other(visible: Sequence[Sheet], title: str, lists: Mapping[str, Sequence[Column]]) -> str:
    """The other list that has all its required headers here, the one with the most; empty when there is none."""
    found = {
        name: len(heading.positions)
        for name, columns in lists.items()
        if name != title and (heading := best_heading(visible, columns)) and heading.fits(columns)
    }
    return max(found, key=lambda name: found[name], default="")


def _first_row(visible: Sequence[Sheet]) -> str:
    cells = next(cells for sheet in visible for _, cells in sheet.rows)
    texts = [cell[1].strip()[:20] for cell in cells if cell]
    more = "等" if len(texts) > _HEADERS_SHOWN else ""
    return f"第一行是：{'、'.join(texts[:_HEADERS_SHOWN])}{more}"
