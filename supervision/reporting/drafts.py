"""Everything a report says at this moment, read in a constant number of queries, and the figures its lists give."""

from dataclasses import dataclass, field
from typing import Any

from applications.models import ListKind
from regulation.rows import Charge, Size
from supervision.models import AnnualReport, ReportAttachment, ReportList, ReportSection

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Draft:
    """Sections as typed, lists as plain rows, and the attachments that were not removed."""

    report: AnnualReport
    saved: dict[str, ReportSection] = field(default_factory=dict)
    lists: dict[str, ReportList] = field(default_factory=dict)
    attachments: list[ReportAttachment] = field(default_factory=list)

    def data(self, section: str) -> dict[str, str]:
        """The raw texts of a section; empty before the first saving."""
        return self.saved[section].data if section in self.saved else {}

    def rows(self, kind: str) -> Rows:
        """The rows of a list in their order; empty before it is begun."""
        return self.lists[kind].rows if kind in self.lists else []


def draft_of(report: AnnualReport) -> Draft:
    """The report as it stands now."""
    return Draft(
        report,
        {section.key: section for section in report.sections.select_related("saved_by")},
        {one.kind: one for one in report.lists.select_related("saved_by")},
        list(report.attachments.filter(removed_at=None).select_related("file", "uploaded_by")),
    )


@dataclass(frozen=True)
class Figure:
    """A declared figure beside the one its list gives."""

    label: str
    declared: str
    computed: int

    @property
    def agrees(self) -> bool:
        """Whether the two are the same number."""
        return "".join(self.declared.replace(",", "").split()) == str(self.computed)


def figures(year: int, sections: dict[str, dict[str, str]], lists: dict[str, Rows]) -> list[Figure]:
    """What was declared beside what the lists give, in the order of the form; flagged, never decided."""
    computed = _computed(year, lists)
    labels = {
        ("performance", "smes"): "服务中小企业数（家）", ("performance", "specialised"): "“专精特新”中小企业数（家）",
        ("performance", "activities"): "服务活动次数（次）", ("performance", "participants"): "参加活动人次（人次）",
        ("operation", "full_time_staff"): "专职服务人员数（人）", ("operation", "institutions"): "签约服务机构数（家）",
    }  # fmt: skip
    if volume := lists.get(ListKind.SERVICES):  # a report need not list its services
        computed |= _volume(volume)
        labels |= {
            ("quality", "total_services"): "总服务量", ("quality", "free_services"): "公益性服务量",
            ("quality", "low_fee_services"): "低收费服务量",
        }  # fmt: skip
    return [
        Figure(label, sections.get(section, {}).get(key, ""), computed[key]) for (section, key), label in labels.items()
    ]


def _volume(rows: Rows) -> dict[str, int]:
    given = {charge: sum(row["quantity"] for row in rows if row["charge"] == charge) for charge in Charge}
    return {
        "total_services": sum(given.values()),
        "free_services": given[Charge.FREE],
        "low_fee_services": given[Charge.LOW_FEE],
    }


_SME_SIZES = {Size.MEDIUM, Size.SMALL, Size.MICRO}


def _computed(year: int, lists: dict[str, Rows]) -> dict[str, int]:
    served = [
        row for row in lists.get(ListKind.SERVED, []) if row.get("year") == year and row.get("size") in _SME_SIZES
    ]
    activities = lists.get(ListKind.ACTIVITIES, [])
    return {
        "smes": len({row["credit_code"] for row in served}),
        "specialised": len({row["credit_code"] for row in served if row.get("is_specialised")}),
        "activities": len(activities),
        "participants": sum(row.get("participants") or 0 for row in activities),
        "full_time_staff": sum(bool(row.get("is_full_time")) for row in lists.get(ListKind.STAFF, [])),
        "institutions": len({row["credit_code"] for row in lists.get(ListKind.INSTITUTIONS, [])}),
    }
