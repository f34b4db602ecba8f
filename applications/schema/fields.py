"""A field of the application form and how the raw text typed into it becomes a value."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from accounts.fields import YEARS, wrong_year
from regulation.articles import article_label
from regulation.identifiers import check_mobile, check_phone

YES, NO = "yes", "no"
YES_NO = ((YES, "是"), (NO, "否"))
DEFAULT = "default"
WAN = Decimal(10000)
CENT = Decimal("0.01")
LONGEST = 5000
WHOLE_DIGITS, DECIMALS = 13, 8


class Kind(StrEnum):
    """What a field holds. Money is typed in 万元 and read as yuan; a percentage is typed as 92.5."""

    TEXT = "text"
    LONG = "long"
    INT = "int"
    MONEY = "money"
    AREA = "area"
    PERCENT = "percent"
    DATE = "date"
    CHOICE = "choice"
    YES_NO = "yes_no"
    TICK = "tick"
    URL = "url"
    PHONE = "phone"
    MOBILE = "mobile"
    EMAIL = "email"


@dataclass(frozen=True)
class Field:
    """One field. ``when`` names another field of the section and the values with which this one is needed at all.

    ``article`` is a citation such as "7(2)", or "default" where the text does not ask for the field itself.
    """

    key: str
    label: str
    kind: str = Kind.TEXT
    unit: str = ""
    help: str = ""
    required: bool = True
    article: str = DEFAULT
    choices: tuple[tuple[str, str], ...] = ()
    when: tuple[str, tuple[str, ...]] | None = None
    max_length: int = 0
    minimum: int | None = 0
    claim: bool = False

    @property
    def cite(self) -> str:
        """第七条第（二）项, or nothing for a default."""
        return "" if self.article == DEFAULT else article_label(self.article)

    @property
    def longest(self) -> int:
        """The most characters taken."""
        return self.max_length or (LONGEST if self.kind == Kind.LONG else 200)

    def asked(self, data: dict[str, str]) -> bool:
        """Whether the field matters beside the section's other answers."""
        return self.when is None or data.get(self.when[0], "") in self.when[1]

    def parse(self, raw: str) -> Any:
        """The typed value of a text that is not blank. Raises ValueError with words for the field."""
        if len(raw) > self.longest:
            raise ValueError(f"现有{len(raw)}字，请精简到{self.longest}字以内。")
        return _PARSERS[Kind(self.kind)](self, raw)

    def value(self, raw: str) -> Any:
        """The typed value of any text; None when it is blank or not readable (the check says so at the field)."""
        try:
            return self.parse(raw) if raw.strip() else None
        except ValueError:
            return None

    def shown(self, raw: str) -> str:
        """The raw text as people read it: labels instead of codes, the unit after a number."""
        if not raw:
            return ""
        labels = dict(self.choices or (YES_NO if self.kind in (Kind.YES_NO, Kind.TICK) else ()))
        return labels.get(raw) or (f"{raw} {self.unit}" if self.unit else raw)


def _plain(raw: str) -> str:
    return "".join(unicodedata.normalize("NFKC", raw).replace(",", "").split())


def _text(field: Field, raw: str) -> str:
    return raw.strip()


def _number(field: Field, raw: str) -> Decimal:
    text = _plain(raw).removesuffix(field.unit)
    match = re.fullmatch(r"[+-]?0*(\d+)(?:\.(\d+))?", text, re.ASCII)
    if not match:
        raise ValueError("请填写数字，不含文字和单位。")
    if len(match[1]) > WHOLE_DIGITS:
        raise ValueError(f"数值过大，整数部分最多{WHOLE_DIGITS}位，请核对。")
    if len(match[2] or "") > DECIMALS:
        raise ValueError(f"小数最多{DECIMALS}位，请核对。")
    number = Decimal(text)
    if field.minimum is not None and number < field.minimum:
        raise ValueError(f"请填写不小于{field.minimum}的数。")
    return number


def _int(field: Field, raw: str) -> int:
    number = _number(field, raw)
    if number != number.to_integral_value():
        raise ValueError("请填写整数。")
    return int(number)


def _money(field: Field, raw: str) -> Decimal:
    yuan = _number(field, raw) * WAN
    if yuan != yuan.quantize(CENT):
        raise ValueError("请精确到分（万元后最多六位小数）。")
    return yuan.quantize(CENT)


def _area(field: Field, raw: str) -> Decimal:
    return _number(field, raw)


def _percent(field: Field, raw: str) -> Decimal:
    number = _number(field, raw.strip().removesuffix("%").removesuffix("％"))
    if number > 100:
        raise ValueError("请填写0至100之间的数。")
    return number


def _date(field: Field, raw: str) -> date:
    match = re.fullmatch(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?", _plain(raw), re.ASCII)
    if not match:
        raise ValueError("请填写日期，例如 2024-03-01。")
    try:
        day = date(*(int(part) for part in match.groups()))
    except ValueError as error:
        raise ValueError("没有这一天，请核对日期。") from error
    if day.year not in YEARS:
        raise ValueError(wrong_year())
    return day


def _choice(field: Field, raw: str) -> str:
    if raw not in dict(field.choices or YES_NO):
        raise ValueError("请从所列各项中选择。")
    return raw


def _yes_no(field: Field, raw: str) -> bool:
    return _choice(field, raw) == YES


def _url(field: Field, raw: str) -> str:
    text = raw.strip()
    parts = urlsplit(text if "://" in text else f"https://{text}")
    if parts.scheme not in ("http", "https") or "." not in parts.netloc:
        raise ValueError("请填写网址，例如 https://www.example.cn。")
    return parts.geturl()


def _email(field: Field, raw: str) -> str:
    try:
        validate_email(raw.strip())
    except ValidationError as error:
        raise ValueError("请填写电子邮箱，例如 name@example.cn。") from error
    return raw.strip()


def _worded(check: Callable[[str], str]) -> Callable[[Field, str], str]:
    def parse(field: Field, raw: str) -> str:
        try:
            return check(raw)
        except ValueError as error:
            raise ValueError(f"{str(error).rstrip('。')}。") from error

    return parse


_PARSERS: dict[Kind, Callable[[Field, str], Any]] = {
    Kind.TEXT: _text,
    Kind.LONG: _text,
    Kind.INT: _int,
    Kind.MONEY: _money,
    Kind.AREA: _area,
    Kind.PERCENT: _percent,
    Kind.DATE: _date,
    Kind.CHOICE: _choice,
    Kind.YES_NO: _yes_no,
    Kind.TICK: _yes_no,
    Kind.URL: _url,
    Kind.PHONE: _worded(check_phone),
    Kind.MOBILE: _worded(check_mobile),
    Kind.EMAIL: _email,
}
