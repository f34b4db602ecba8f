"""What is typed into a figure or a date of an application, read or refused with the reason that fits."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from applications.schema.fields import Field, Kind

AREA = Field("area", "面积", Kind.AREA, unit="平方米", minimum=0)
DAY = Field("day", "日期", Kind.DATE)


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        (AREA, "1,234.5平方米", Decimal("1234.5")),
        (AREA, "0009999999999999", Decimal("9999999999999")),
        (DAY, "1900年1月1日", date(1900, 1, 1)),
    ],
)
def test_what_people_write_is_read(field: Field, typed: str, value: Any) -> None:
    assert field.parse(typed) == value


@pytest.mark.parametrize(
    ("field", "typed", "reason"),
    [
        (AREA, "三百", "请填写数字，不含文字和单位。"),
        (AREA, "12345678901234", "数值过大，整数部分最多13位，请核对。"),
        (AREA, "1.123456789", "小数最多8位，请核对。"),
        (AREA, "-1", "请填写不小于0的数。"),
        (DAY, "1800-01-01", "年份应在1900至2100之间，请核对。"),
        (DAY, "2024-02-30", "没有这一天，请核对日期。"),
    ],
)
def test_the_reason_of_a_refusal_is_the_one_that_applies(field: Field, typed: str, reason: str) -> None:
    with pytest.raises(ValueError, match="^" + reason + "$"):
        field.parse(typed)
