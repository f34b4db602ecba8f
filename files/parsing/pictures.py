"""Pictures: readable, really of their kind, and not so large that opening them exhausts a machine."""

import warnings
from pathlib import Path

from PIL import Image

from files import limits
from files.parsing.verdict import Rejected


def check_picture(path: Path, kind: str) -> None:
    """Rejected when the picture is damaged, too many pixels, or carries markup or an archive after its end."""
    expected = {"jpg": "JPEG", "png": "PNG"}[kind]
    Image.MAX_IMAGE_PIXELS = limits.MAX_IMAGE_PIXELS
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(path, formats=[expected]) as picture:
                picture.verify()
            with Image.open(path, formats=[expected]) as picture:
                picture.draft("RGB", (256, 256))
                picture.load()
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            pixels = limits.MAX_IMAGE_PIXELS // 10_000
            raise Rejected(f"图片像素过大（超过 {pixels} 万像素），请缩小后重新上传。") from error
        except (OSError, SyntaxError, ValueError) as error:
            raise Rejected("图片已损坏，无法打开。请重新拍照或扫描后上传。") from error
    _check_end(path, kind)


def _check_end(path: Path, kind: str) -> None:
    data = path.read_bytes()
    end = data.rfind(b"IEND\xaeB`\x82") + 8 if kind == "png" else data.rfind(b"\xff\xd9") + 2
    after = data[end:].lower()
    if b"pk\x03\x04" in after or b"<script" in after or b"<html" in after or b"<?php" in data.lower():
        raise Rejected("图片中夹带其他内容，不予接收。请重新拍照或扫描后上传。", 415)
