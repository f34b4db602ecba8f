"""Identifiers: unified social credit codes (GB 32100-2015), telephones, document numbers, and personal data in text.

``check_*`` functions return the normalised text or raise ValueError with words for the page; ``is_*`` answer yes or no.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from stdnum.cn import ric, uscc

CREDIT_CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
CREDIT_CODE_LENGTH = 18
KUNMING_AREA_CODE = "0871"

_CREDIT_CODE_SHAPE = re.compile(rf"[{CREDIT_CODE_ALPHABET}]{{2}}\d{{6}}[{CREDIT_CODE_ALPHABET}]{{10}}", re.ASCII)
_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_LANDLINE = re.compile(
    r"(?:(?P<area>010|02\d|0[3-9]\d{2})-?)?(?P<number>[2-9]\d{6,7})(?:(?:-|转|[xX#])(?P<extension>\d{1,6}))?", re.ASCII
)
_SERVICE_NUMBER = re.compile(r"[48]00\d{7}", re.ASCII)
_DASHES = str.maketrans(dict.fromkeys("-‐‑‒–—―－−﹣", "-"))
_DOCUMENT_NUMBER = re.compile(r"昆工信通〔(\d{4})〕([1-9]\d*)号", re.ASCII)
_LETTER_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,12}〔(\d{4})〕([1-9]\d*)号", re.ASCII)
_BRACKETS = str.maketrans(dict.fromkeys("[［【(（", "〔") | dict.fromkeys("]］】)）", "〕"))


def normalise_credit_code(text: str) -> str:
    """Full width to half width, upper case, without spaces and hyphens; says nothing about validity."""
    return _compact(text).upper().replace("-", "")


def check_credit_code(text: str) -> str:
    """The normalised 18-character code; ValueError says in Chinese what is wrong.

    The registering authority's digits are not compared with Kunming's: bodies registered elsewhere operate here.
    """
    code = normalise_credit_code(text)
    if len(code) != CREDIT_CODE_LENGTH:
        raise ValueError(f"统一社会信用代码应为18位，现为{len(code)}位，请核对营业执照或法人证书")
    strange = sorted(set(code) - set(CREDIT_CODE_ALPHABET))
    if strange:
        raise ValueError(f"统一社会信用代码只含数字和大写字母（不含I、O、S、V、Z），请更正“{'、'.join(strange)}”")
    if not _CREDIT_CODE_SHAPE.fullmatch(code):
        raise ValueError("统一社会信用代码第3至8位应为数字（登记机关行政区划码），请更正")
    if uscc.calc_check_digit(code) != code[-1]:
        raise ValueError("统一社会信用代码校验位不符，请对照证照逐位核对")
    return code


@lru_cache(maxsize=1 << 16)
def is_valid_credit_code(text: str) -> bool:
    """Whether ``check_credit_code`` accepts the text."""
    return _accepts(check_credit_code, text)


def organisation_digit(body: str) -> str:
    """The check character (GB 11714) of the eight characters of an organisation code: place 17 of a credit code."""
    total = sum(int(char, 36) * weight for char, weight in zip(body, (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    return "0X"[check == 10] if (check := 11 - total % 11) >= 10 else str(check)


def organisation_code_agrees(code: str) -> bool:
    """Whether place 17 of a valid credit code fits places 9 to 16. Codes given early do not always: a hint, no proof."""
    compact = normalise_credit_code(code)
    return organisation_digit(compact[8:16]) == compact[16]


def make_credit_code(body: str) -> str:
    """The full code for 17 characters by appending the check character; for demonstration data."""
    code = normalise_credit_code(body)
    if len(code) != CREDIT_CODE_LENGTH - 1 or not _CREDIT_CODE_SHAPE.fullmatch(code + "0"):
        raise ValueError("应给出17位有效字符，其中第3至8位为数字")
    return code + uscc.calc_check_digit(code)


def check_mobile(text: str) -> str:
    """The 11 digits of a mainland mobile, written with or without +86, spaces and hyphens."""
    digits = _compact(text).replace("-", "")
    digits = re.sub(r"^(?:\+|00)?86(?=1\d{10}$)", "", digits)
    if not _MOBILE.fullmatch(digits):
        raise ValueError("手机号码应为11位数字，以13至19开头，请更正")
    return digits


def is_mobile(text: str) -> bool:
    """Whether ``check_mobile`` accepts the text."""
    return _accepts(check_mobile, text)


def check_landline(text: str) -> str:
    """A landline as 0871-63135193 (with 转 and the extension if any) or a 400/800 number.

    Eight digits without an area code are taken as Kunming's (0871).
    """
    compact = re.sub(r"^(?:\+|00)86-?(?=[2-9])", "0", _compact(text))
    compact = compact.replace("(", "").replace(")", "-")
    if _SERVICE_NUMBER.fullmatch(compact.replace("-", "")):
        return compact.replace("-", "")
    match = _LANDLINE.fullmatch(compact)
    if not match or not (match["area"] or len(match["number"]) == 8):
        raise ValueError("固定电话应带区号，如0871-63135193，请更正")
    extension = f"转{match['extension']}" if match["extension"] else ""
    return f"{match['area'] or KUNMING_AREA_CODE}-{match['number']}{extension}"


def is_landline(text: str) -> bool:
    """Whether ``check_landline`` accepts the text."""
    return _accepts(check_landline, text)


def check_phone(text: str) -> str:
    """A mobile or a landline, normalised, so that the same number written twice compares equal."""
    if is_mobile(text):
        return check_mobile(text)
    if is_landline(text):
        return check_landline(text)
    raise ValueError("联系电话应为11位手机号码，或带区号的固定电话（如0871-63135193），请更正")


def plain_phone(text: str) -> str:
    """The digits of a telephone number, however it was typed."""
    return "".join(char for char in unicodedata.normalize("NFKC", text) if char.isdigit())


def is_valid_id_number(text: str) -> bool:
    """Whether the text is an 18-digit resident identity number with a real birth date and the right check digit."""
    number = _compact(text).upper()
    if not re.fullmatch(r"[1-9]\d{16}[\dX]", number, re.ASCII):
        return False
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return born.year >= 1900 and ric.calc_check_digit(number) == number[-1]


def mask_id_number(number: str) -> str:
    """530102********1234; a text too short to be an identity number is hidden completely."""
    compact = _compact(number)
    if len(compact) < CREDIT_CODE_LENGTH:
        return "*" * len(compact)
    return compact[:6] + "*" * (len(compact) - 10) + compact[-4:]


def mask_mobile(number: str) -> str:
    """138****1234; for a landline or anything else only the last four characters stay."""
    compact = _compact(number)
    if _MOBILE.fullmatch(compact):
        return f"{compact[:3]}****{compact[-4:]}"
    return "*" * max(len(compact) - 4, 0) + compact[-4:] if len(compact) > 4 else "*" * len(compact)


@dataclass(frozen=True)
class PersonalData:
    """A piece of personal data found in free text; start and end are offsets in that text."""

    kind: str
    start: int
    end: int
    masked: str


# Half and full width digits keep their offsets, so a found place can be shown in the original text.
_HALF_WIDTH = str.maketrans("０１２３４５６７８９Ｘｘ－　＋", "0123456789XX- +")
_ID_IN_TEXT = re.compile(r"(?<!\d)[1-9]\d{5}[ ]?\d{8}[ ]?\d{3}[\dXx](?!\d)", re.ASCII)
_MOBILE_IN_TEXT = re.compile(r"(?<!\d)(?:\+?86[- ]?)?(1[3-9]\d[- ]?\d{4}[- ]?\d{4})(?!\d)", re.ASCII)
_CODE_IN_TEXT = re.compile(rf"(?<![0-9A-Za-z])[{CREDIT_CODE_ALPHABET}]{{18}}(?![0-9A-Za-z])", re.ASCII | re.IGNORECASE)


def find_personal_data(text: str) -> tuple[PersonalData, ...]:
    """Identity numbers (居民身份证号码, by checksum) and mobiles (手机号码) in the text, in order of appearance.

    Digits that are part of a valid credit code are not a mobile.
    """
    plain = text.translate(_HALF_WIDTH)
    codes = [match.span() for match in _CODE_IN_TEXT.finditer(plain) if is_valid_credit_code(match.group())]
    found = [
        PersonalData("居民身份证号码", match.start(), match.end(), mask_id_number(match.group()))
        for match in _ID_IN_TEXT.finditer(plain)
        if is_valid_id_number(match.group())
    ]
    taken = codes + [(item.start, item.end) for item in found]
    for match in _MOBILE_IN_TEXT.finditer(plain):
        if not any(start <= match.start(1) < end for start, end in taken):
            found.append(
                PersonalData("手机号码", match.start(1), match.end(1), mask_mobile(check_mobile(match.group(1))))
            )
    return tuple(sorted(found, key=lambda item: item.start))


def check_document_number(text: str) -> str:
    """昆工信通〔2026〕1号, as the bureau's office system gives it; other brackets are put right, zero padding is refused."""
    number = "".join(text.split()).translate(_BRACKETS)
    number = unicodedata.normalize("NFKC", number)
    match = _DOCUMENT_NUMBER.fullmatch(number)
    if not match or not 1990 <= int(match[1]) <= 2099:
        raise ValueError("文号格式应为“昆工信通〔2026〕1号”：年份四位，序号不加“第”、不补零，请更正")
    return number


def check_letter_number(text: str) -> str:
    """盘工信〔2026〕12号, as a district's own office gives it; other brackets are put right, zero padding is refused."""
    number = unicodedata.normalize("NFKC", "".join(text.split()).translate(_BRACKETS))
    match = _LETTER_NUMBER.fullmatch(number)
    if not match or not 1990 <= int(match[1]) <= 2099:
        raise ValueError("文号格式应如“盘工信〔2026〕12号”：机关代字、四位年份、序号，序号不加“第”、不补零，请更正")
    return number


def document_year(number: str) -> int:
    """The year in a checked document number; it is the year of signing."""
    return int(check_document_number(number)[5:9])


def _compact(text: str) -> str:
    """NFKC, without white space and invisible characters, every dash a hyphen."""
    if text.isascii() and text.isalnum():
        return text
    wide = unicodedata.normalize("NFKC", text).translate(_DASHES)
    return "".join(char for char in wide if not char.isspace() and unicodedata.category(char) != "Cf")


def _accepts(check: Callable[[str], str], text: str) -> bool:
    try:
        check(text)
    except ValueError:
        return False
    return True
