"""The regulation as data: its revisions, its articles, and how they are cited.

昆明市中小企业公共服务示范平台认定管理办法: the 2022 revision is in force from 8 October 2022 and repealed the one
published on 7 September 2018 (Art. 24), whose text is not held here.
"""

import re
from dataclasses import dataclass
from datetime import date

from regulation.articles_2022 import ARTICLES, Article

__all__ = ["REVISIONS", "REVISION_2018", "REVISION_2022", "Article", "Revision", "RevisionUnknown", "article",
           "article_label", "article_text", "chinese_number", "parse_citation", "revision_in_force"]  # fmt: skip

_DIGITS = "零一二三四五六七八九"
_CITATION = re.compile(r"(\d{1,2})(?:\((\d{1,2})\))?", re.ASCII)


class RevisionUnknown(Exception):
    """No revision, or none whose text is held, was in force on the date; ``str()`` is fit for the page."""


@dataclass(frozen=True)
class Revision:
    """One version of the regulation; ``articles`` is empty where the text is not held."""

    key: str
    title: str
    document_number: str
    published_on: date
    in_force_from: date
    in_force_until: date | None
    articles: tuple[Article, ...]


REVISION_2018 = Revision(
    key="2018",
    title="昆明市中小企业公共服务示范平台认定管理办法",
    document_number="昆工信通〔2018〕126号",
    published_on=date(2018, 9, 7),
    in_force_from=date(2018, 9, 7),
    in_force_until=date(2022, 10, 7),
    articles=(),
)
REVISION_2022 = Revision(
    key="2022",
    title="昆明市中小企业公共服务示范平台认定管理办法（修订）",
    document_number="",
    published_on=date(2022, 9, 15),
    in_force_from=date(2022, 10, 8),
    in_force_until=None,
    articles=ARTICLES,
)
REVISIONS = (REVISION_2018, REVISION_2022)


def revision_in_force(day: date) -> Revision:
    """The revision in force on a date (Art. 24). Raises RevisionUnknown before 7 September 2018."""
    for revision in reversed(REVISIONS):
        if revision.in_force_from <= day:
            return revision
    raise RevisionUnknown(f"{day:%Y-%m-%d}尚无本办法的有效版本，请核对日期")


def article(number: int) -> Article:
    """An article of the 2022 revision. Raises KeyError when there is none of this number."""
    return {item.number: item for item in ARTICLES}[number]


def parse_citation(citation: str) -> tuple[int, int | None]:
    """(7, 3) for "7(3)", (14, None) for "14". Raises ValueError when no such article or item exists."""
    match = _CITATION.fullmatch(citation)
    if not match:
        raise ValueError(f"条款写法应如 7 或 7(3)，现为 {citation}")
    number, item = int(match[1]), int(match[2]) if match[2] else None
    if not 1 <= number <= len(ARTICLES) or (item is not None and not 1 <= item <= len(article(number).items)):
        raise ValueError(f"办法中没有第{number}条" + (f"第（{item}）项" if item else ""))
    return number, item


def article_label(citation: str) -> str:
    """第七条第（三）项 for "7(3)", 第十四条 for "14". Raises ValueError when it does not exist."""
    number, item = parse_citation(citation)
    label = f"第{chinese_number(number)}条"
    return label if item is None else f"{label}第（{chinese_number(item)}）项"


def article_text(citation: str) -> str:
    """The words of the article or item. Raises ValueError when it does not exist."""
    number, item = parse_citation(citation)
    return article(number).text if item is None else article(number).items[item - 1]


def chinese_number(number: int) -> str:
    """Chinese numerals for 1 to 99."""
    if not 1 <= number <= 99:
        raise ValueError("只支持1至99")
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")
