"""What files are for, and which types and sizes each purpose accepts. Defaults of the bureau, in force from
2026-01-01.
"""

from dataclasses import dataclass

from django.db import models

from files.limits import MAX_PDF_PAGES, MIB


class Purpose(models.TextChoices):
    """What a file is for; decides which types and sizes are accepted."""

    MATERIAL = "material", "申报材料"
    SIGNED = "signed", "签字盖章扫描件"
    LIST = "list", "清单导入"
    PHOTO = "photo", "现场照片"
    EVIDENCE = "evidence", "证明材料"
    CAPTURE = "capture", "网站发布截图"
    MINUTES = "minutes", "会议纪要"
    PUBLIC = "public", "公开附件"
    ISSUED = "issued", "系统生成"
    EXPORT = "export", "导出"


@dataclass(frozen=True)
class Rule:
    """Accepted extensions, without dot and in the order shown to people, the largest size in bytes, the most pages of a PDF."""

    extensions: tuple[str, ...]
    max_bytes: int
    max_pages: int = MAX_PDF_PAGES

    @property
    def accept(self) -> str:
        """The ``accept`` attribute of the file input."""
        return ",".join(f".{extension}" for extension in self.extensions)

    @property
    def text(self) -> str:
        """The limit in words, such as PDF、JPG、PNG，不超过 20 MB；PDF 不超过 500 页 (pages only where less than any PDF may have)."""
        words = f"{'、'.join(extension.upper() for extension in self.extensions)}，不超过 {self.max_bytes // MIB} MB"
        return f"{words}；PDF 不超过 {self.max_pages} 页" if self.max_pages < MAX_PDF_PAGES else words


RULES = {
    Purpose.MATERIAL: Rule(("pdf", "jpg", "png"), 50 * MIB, max_pages=500),
    Purpose.SIGNED: Rule(("pdf", "jpg", "png"), 50 * MIB),
    Purpose.LIST: Rule(("xlsx",), 5 * MIB),
    Purpose.PHOTO: Rule(("jpg", "png"), 20 * MIB),
    Purpose.EVIDENCE: Rule(("pdf", "jpg", "png", "docx", "xlsx"), 20 * MIB),
    Purpose.CAPTURE: Rule(("pdf", "png", "jpg"), 20 * MIB),
    Purpose.MINUTES: Rule(("pdf",), 50 * MIB),
    Purpose.PUBLIC: Rule(("pdf", "xlsx", "docx", "jpg", "png"), 20 * MIB),
    Purpose.ISSUED: Rule(("pdf", "xlsx"), 100 * MIB),
    Purpose.EXPORT: Rule(("pdf", "xlsx"), 100 * MIB),
}


def rule_of(purpose: str) -> Rule:
    """The rule for a purpose; KeyError for an unknown one."""
    return RULES[Purpose(purpose)]
