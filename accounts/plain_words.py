"""Django's own messages of forms in the words of this product: what is wrong and what to do, no 变量, no English."""

from typing import Any

from django.core import validators
from django.core.exceptions import ValidationError
from django.forms import fields, models

# A message of Django itself, whatever the language, is the same object everywhere: words given by a form are never replaced.
_STOCK: tuple[tuple[Any, str], ...] = (
    (validators.MaxLengthValidator.message, "现有{show_value}字，请精简到{limit_value}字以内。"),
    (validators.MinLengthValidator.message, "现有{show_value}字，请补充到{limit_value}字以上。"),
    (validators.MaxValueValidator.message, "不能大于{limit_value}，请更正。"),
    (validators.MinValueValidator.message, "不能小于{limit_value}，请更正。"),
    (validators.DecimalValidator.messages["max_digits"], "数位过多，请核对。"),
    (validators.DecimalValidator.messages["max_decimal_places"], "小数最多{max}位，请更正。"),
    (validators.DecimalValidator.messages["max_whole_digits"], "数值过大，请核对。"),
    (validators.EmailValidator.message, "请填写完整的邮箱地址，如 name@example.com。"),
    (fields.URLField.default_error_messages["invalid"], "请填写完整的网址，以 http:// 或 https:// 开头。"),
    (validators.ProhibitNullCharactersValidator.message, "含有无法识别的字符，请删除后再试。"),
    (fields.IntegerField.default_error_messages["invalid"], "请填写整数，不含文字和单位。"),
    (fields.DecimalField.default_error_messages["invalid"], "请填写数字，不含文字和单位。"),
    (fields.DateField.default_error_messages["invalid"], "请填写日期，例如 2026-12-11。"),
    (fields.DateTimeField.default_error_messages["invalid"], "请填写时间，例如 2026-12-11 17:30。"),
    (fields.ChoiceField.default_error_messages["invalid_choice"], "请从列出的选项中选择。"),
    (fields.MultipleChoiceField.default_error_messages["invalid_choice"], "请从列出的选项中选择。"),
    (models.ModelChoiceField.default_error_messages["invalid_choice"], "请从列出的选项中选择。"),
    (models.ModelMultipleChoiceField.default_error_messages["invalid_choice"], "请从列出的选项中选择。"),
)
_WORDS = {id(stock): words for stock, words in _STOCK}
# The checks of passwords make their messages anew each time; nobody else uses these codes.
_OF_PASSWORDS = {
    "password_too_short": "请至少填写{min_length}个字符。",
    "password_too_common": "这个密码太常见，请换一个。",
    "password_entirely_numeric": "不能全是数字，请加上字母或符号。",
    "password_too_similar": "与姓名、用户名或邮箱太相近，请换一个。",
}


def plain_words(error: ValidationError) -> list[str]:
    """The messages of one error, Django's own in our words; as they are where their numbers are missing."""
    words = _WORDS.get(id(error.message)) or _OF_PASSWORDS.get(error.code or "")
    try:
        return [words.format(**(error.params or {}))] if words else list(error.messages)
    except KeyError:
        return list(error.messages)
