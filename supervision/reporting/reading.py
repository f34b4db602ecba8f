"""The content of a report prepared for reading: the same view on the page and on paper. Pure."""

from typing import Any

from applications import reading
from applications.reading import Entry, Group, Section, Table
from applications.schema import Kind
from supervision.models import ReportAttachment
from supervision.reporting.drafts import Figure, figures
from supervision.reporting.schema import BY_KEY, SECTIONS

Content = dict[str, Any]


def sections(content: Content) -> list[Section]:
    """Every section in its order; fields that the other answers make pointless are left out."""
    return [section(one.key, content["sections"].get(one.key, {})) for one in SECTIONS]


def section(key: str, data: dict[str, str]) -> Section:
    """One section with its answers."""
    spec = BY_KEY[key]
    groups = [
        Group(
            group.legend,
            tuple(
                Entry(field.key, field.label, field.shown(data.get(field.key, "")), field.kind == Kind.LONG)
                for field in group.fields
                if field.asked(data) and (field.required or data.get(field.key))
            ),
        )
        for group in spec.groups
    ]
    return Section(key, spec.title, tuple(groups))


def tables(content: Content) -> list[Table]:
    """The lists that have rows, persons masked."""
    return reading.tables(content)


def compared(content: Content) -> list[Figure]:
    """Declared figures beside those of the lists."""
    return figures(content["year"], content["sections"], content["lists"])


def attachments(content: Content) -> list[dict[str, Any]]:
    """The attached files with the name of what they are."""
    labels = dict(ReportAttachment.Document.choices)
    return [{**one, "label": labels.get(one["document"], "")} for one in content["attachments"]]
