"""The tags and filters every page is built with; the contract is ``docs/design.md``."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django import template
from django.core.exceptions import ValidationError
from django.forms import BaseForm, BaseFormSet, BoundField, Field
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts import formats
from accounts.plain_words import plain_words
from timekeeping import clock

register = template.Library()

TONE_ICONS = {"done": "done", "doing": "edit", "todo": "", "wait": "clock", "warn": "warn", "bad": "alert"}
SOON = 4
VERBS = {"select": "选择", "radioselect": "选择", "segments": "选择", "checkboxselectmultiple": "选择", "selectmultiple": "选择",
         "checkbox": "勾选：", "file": "上传", "clearablefile": "上传", "upload": "上传"}  # fmt: skip

register.filter("chinese_date", formats.chinese_date)
register.filter("chinese_datetime", formats.chinese_datetime)
register.filter("iso", formats.iso)
register.filter("wan", formats.wan)
register.filter("percent", formats.percent)
register.filter("masked_mobile", formats.masked_mobile)
register.filter("size", formats.size)
register.filter("deadline", formats.deadline)


@register.filter
def dash(value: Any) -> Any:
    """The value, or ``--`` where there is none; zero and False stay."""
    return formats.NOTHING if value is None or value == "" else value


@register.filter
def lookup(mapping: Mapping[str, Any] | None, key: str) -> Any:
    """The entry of a mapping by a name that is itself a variable; empty when there is none."""
    return (mapping or {}).get(key, "")


@register.simple_tag
def icon(name: str, words: str = "") -> SafeString:
    """A glyph of the sprite; with words it speaks, without it is decoration."""
    sprite = static("icons.svg")
    if words:
        return format_html(
            '<svg class="icon" width="20" height="20" role="img" aria-label="{}"><use href="{}#{}"/></svg>',
            words, sprite, name,
        )  # fmt: skip
    return _decoration(sprite, name)


@lru_cache(maxsize=256)
def _decoration(sprite: str, name: str) -> SafeString:
    return format_html(
        '<svg class="icon" width="20" height="20" aria-hidden="true"><use href="{}#{}"/></svg>', sprite, name
    )


@register.simple_tag
def badge(words: str, tone: str = "wait", glyph: str | None = None) -> SafeString:
    """A status: shape, words and colour."""
    name = TONE_ICONS.get(tone, "") if glyph is None else glyph
    return format_html('<span class="st st-{}">{}{}</span>', tone, icon(name) if name else "", words)


@register.simple_tag
def status(subject: Any) -> SafeString:
    """The present state of a subject: label and tone of its ``status`` (or of a state itself)."""
    state = getattr(subject, "status", subject)
    return badge(state.label, state.tone)


@register.inclusion_tag("ui/due.html")
def due(due: Any, label: str = "") -> dict[str, Any]:
    """The due box of a ``lifecycle.deadlines.Due`` (or of a mapping with the same names); nothing without one."""
    if not due:
        return {}
    last_day, left, overdue = read(due, "last_day"), read(due, "workdays_left"), bool(read(due, "overdue"))
    soon = not overdue and left is not None and left < SOON
    return {
        "label": label or read(due, "label") or read(read(due, "row"), "label"),
        "date": last_day,
        "time": read(due, "time") or formats.time_of_end(read(due, "instant")),
        "left": left,
        "is_today": last_day == clock.today(),
        "late": overdue,
        "tone": "late" if overdue else "soon" if soon else "",
    }


def read(source: Any, name: str) -> Any:
    return source.get(name) if isinstance(source, Mapping) else getattr(source, name, None)


@register.simple_block_tag
def panel(
    content: str, title: str, aside: str = "", flush: bool = False, level: int = 2, anchor: str = ""
) -> SafeString:
    """A titled panel around its content; ``flush`` for lists and tables that bring their own padding."""
    return render_to_string(
        "ui/panel.html",
        {"content": content, "title": title, "aside": aside, "flush": flush, "heading": f"h{level}", "anchor": anchor},
    )  # fmt: skip


@register.inclusion_tag("ui/table.html")
def data_table(columns: list[Any], rows: Iterable[Iterable[Any]], caption: str = "", empty: str = "") -> dict[str, Any]:
    """A dense table whose cells know their column's name, so that a phone can stack them."""
    heads = [c if isinstance(c, Mapping) else {"label": c} for c in columns]
    body = [[{"head": head, **as_cell(cell)} for head, cell in zip(heads, row, strict=True)] for row in rows]
    return {"heads": heads, "body": body, "caption": caption, "empty": empty}


def as_cell(cell: Any) -> dict[str, Any]:
    return dict(cell) if isinstance(cell, Mapping) else {"text": cell}


@register.simple_tag
def problems(form: Any = None, forms: Any = None, errors: Any = None) -> list[tuple[str, str]]:
    """All messages of forms and formsets as (words, anchor), in the order of the page; a form named twice is read once."""
    found = list(errors or [])
    for one in dict.fromkeys([form, *(forms or [])]):
        found += formset_problems(one) if isinstance(one, BaseFormSet) else form_problems(one)
    return found


def formset_problems(formset: BaseFormSet) -> list[tuple[str, str]]:
    found = [(message, "") for message in formset.non_form_errors()] if formset.is_bound else []
    for form in formset.forms:
        found += form_problems(form)
    return found


def form_problems(form: BaseForm | None) -> list[tuple[str, str]]:
    if form is None or not getattr(form, "is_bound", False):
        return []
    found = [(message, "") for message in form.non_field_errors()]
    for bound in form:
        anchor = f"{bound.auto_id}_0" if bound.use_fieldset else bound.id_for_label
        found += [(message, anchor) for message in field_errors(bound)]
    return found


@register.simple_tag
def field_errors(bound: BoundField) -> list[str]:
    """What is wrong with a field, in words that name it; the summary and the field say the same."""
    return [words for error in bound.errors.as_data() for words in spoken(bound, error)]


def spoken(bound: BoundField, error: ValidationError) -> list[str]:
    if error.code == "required" and str(error.message) == str(Field.default_error_messages["required"]):
        return [f"请{VERBS.get(bound.widget_type, '填写')}{bound.label.rstrip('。')}"]
    named = bound.widget_type == "checkbox"  # its label is a sentence of its own, which the words answer
    return [words if named or bound.label in words else f"{bound.label}：{words}" for words in plain_words(error)]
