"""Keeping: annual reports, checks, evaluations, rectification, activities, changes, endings (Art. 16 to 22)."""

from supervision.models.activities import Activity, Invitation
from supervision.models.changes import Change, ChangeFile, ChangeVersion
from supervision.models.checks import Check, CheckFile
from supervision.models.district_reports import DistrictReport
from supervision.models.endings import Ending, EndingFile, Intervention
from supervision.models.evaluations import Evaluation, EvaluationFinding
from supervision.models.excuses import ReportExcuse
from supervision.models.rectifications import (
    Rectification,
    RectificationFile,
    RectificationItem,
    RectificationReport,
)
from supervision.models.report_content import ReportAttachment, ReportImport, ReportList, ReportScan, ReportSection
from supervision.models.reports import AnnualReport, ReportVersion
from supervision.models.resolutions import Resolution, ResolutionItem

__all__ = [
    "Activity",
    "AnnualReport",
    "Change",
    "ChangeFile",
    "ChangeVersion",
    "Check",
    "CheckFile",
    "DistrictReport",
    "Ending",
    "EndingFile",
    "Evaluation",
    "EvaluationFinding",
    "Intervention",
    "Invitation",
    "Rectification",
    "RectificationFile",
    "RectificationItem",
    "RectificationReport",
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
