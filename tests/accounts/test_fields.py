"""Names as people paste them and as attackers write them."""

import pytest
from django.core.exceptions import ValidationError

from accounts.fields import LineField


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("示例平台", "示例平台"),
        ("示例\u202e台平", "示例台平"),
        ("示\u200b例\ufeff平台", "示例平台"),
        ("𠮷野家", "𠮷野家"),
        ("\ue863氏（私用区姓名）", "\ue863氏（私用区姓名）"),
        ("  A&B <服务> 平台 ", "A&B <服务> 平台"),
    ],
)
def test_invisible_characters_are_left_out_and_every_written_one_stays(typed: str, kept: str) -> None:
    assert LineField(max_length=60).clean(typed) == kept


@pytest.mark.parametrize(
    "typed", ["示例\n平台", "示例\x1b[31m平台", "甲\x00乙", "a\r\nBcc: x@example.com", "\u200b", "  "]
)
def test_line_breaks_control_characters_and_nothing_at_all_are_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        LineField(max_length=60).clean(typed)
