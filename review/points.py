"""Reading the points an expert types: at most three digits and two decimals, full-width digits understood."""

import re
import unicodedata
from decimal import Decimal

_SHAPE = re.compile(r"\d{1,3}(\.\d{1,2})?", re.ASCII)
_TOO_FINE = re.compile(r"\d+\.\d{3,}", re.ASCII)


def read(text: str) -> Decimal | None:
    """The points, or None for a blank. ValueError says in Chinese what to write instead."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return None
    if _TOO_FINE.fullmatch(plain):
        raise ValueError("分数最多两位小数，请更正")
    if not _SHAPE.fullmatch(plain):
        raise ValueError("请填写数字，例如 8.5")
    return Decimal(plain)
