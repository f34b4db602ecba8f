"""Keeping: annual reports, checks, evaluations, rectification, activities, changes, endings (Art. 16 to 22)."""

from supervision.models.changes import Change, ChangeFile, ChangeVersion
from supervision.models.district_reports import DistrictReport
from supervision.models.endings import Ending, EndingFile, Intervention
from supervision.models.excuses import ReportExcuse
from supervision.models.report_content import ReportAttachment, ReportImport, ReportList, ReportScan, ReportSection
from supervision.models.reports import AnnualReport, ReportVersion
from supervision.models.resolutions import Resolution, ResolutionItem

__all__ = [
    "AnnualReport",
    "Change",
    "ChangeFile",
    "ChangeVersion",
    "DistrictReport",
    "Ending",
    "EndingFile",
    "Intervention",
    "ReportAttachment",
    "ReportExcuse",
    "ReportImport",
    "ReportList",
    "ReportScan",
    "ReportSection",
    "ReportVersion",
    "Resolution",
    "ResolutionItem",
]
