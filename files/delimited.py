"""Lists as CSV that opens in Excel: UTF-8 with its mark, text never read as a formula."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from io import StringIO

_RISKY = tuple("=+-@\t\r\n|%＝＋－＠")


def write_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The rows as CSV; dates in ISO form, a text that a spreadsheet could take for a formula begins with ``'``."""
    target = StringIO()
    writer = csv.writer(target)
    writer.writerow(header)
    writer.writerows([_plain(value) for value in row] for row in rows)
    return target.getvalue().encode("utf-8-sig")


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and value.startswith(_RISKY):
        return f"'{value}"
    return value
