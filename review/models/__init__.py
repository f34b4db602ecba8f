"""Deciding: district review and sampling, panels and scores, inspections, notices, objections, complaints, meetings."""

from review.models.complaints import Complaint, ComplaintEvidence
from review.models.district import CaseAssignment, CheckItem, FlagAnswer, FlagCount, Measurement, Phrase
from review.models.identities import ComplainantIdentity, IdentityOpening, ObjectorIdentity
from review.models.inspections import Inspection, InspectionItem, InspectionPhoto, Inspector
from review.models.meetings import Meeting, MeetingItem
from review.models.notices import Notice, NoticeChange, NoticeItem
from review.models.objections import Objection, ObjectionEvidence
from review.models.panels import ExpertProfile, Panel, PanelCase, PanelMember, Score, ScoreSheet
from review.models.recommending import Recommendation, SendBack, SendBackItem
from review.models.sampling import ContactAttempt, Sample, SampleUnit, SurveyAnswer
from review.models.summaries import SummaryImport, SummarySheet

__all__ = [
    "CaseAssignment",
    "CheckItem",
    "ComplainantIdentity",
    "Complaint",
    "ComplaintEvidence",
    "ContactAttempt",
    "ExpertProfile",
    "FlagAnswer",
    "FlagCount",
    "IdentityOpening",
    "Inspection",
    "InspectionItem",
    "InspectionPhoto",
    "Inspector",
    "Measurement",
    "Meeting",
    "MeetingItem",
    "Notice",
    "NoticeChange",
    "NoticeItem",
    "Objection",
    "ObjectionEvidence",
    "ObjectorIdentity",
    "Panel",
    "PanelCase",
    "PanelMember",
    "Phrase",
    "Recommendation",
    "Sample",
    "SampleUnit",
    "Score",
    "ScoreSheet",
    "SendBack",
    "SendBackItem",
    "SummaryImport",
    "SummarySheet",
    "SurveyAnswer",
]
