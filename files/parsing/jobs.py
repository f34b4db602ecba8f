"""The jobs the sandbox may run: name → function of a path and plain arguments to plain data."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from files.parsing.archives import check_office
from files.parsing.cleaning import clean
from files.parsing.pdfs import check_pdf
from files.parsing.pictures import check_picture
from files.parsing.tables import read_grid, read_heads
from files.parsing.texts import read_text


def check(path: Path, kind: str) -> None:
    """Every check for a file whose bytes begin like ``kind``."""
    if kind == "pdf":
        check_pdf(path)
    elif kind in ("jpg", "png"):
        check_picture(path, kind)
    else:
        check_office(path, kind)


JOBS: dict[str, Callable[..., Any]] = {
    "check": check, "heads": read_heads, "grid": read_grid, "text": read_text, "clean": clean,
}  # fmt: skip
