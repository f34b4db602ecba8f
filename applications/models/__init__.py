"""Asking: calls, applications, their sections, lists and materials, versions and corrections."""

from applications.models.application import Application, ApplicationUserObjectPermission
from applications.models.authorisation import AuthorisationLetter
from applications.models.calls import Call, CallExtension
from applications.models.content import (
    ApplicationVersion,
    Correction,
    CorrectionItem,
    Material,
    Section,
    SectionVisit,
    SignedScan,
)
from applications.models.handover import Handover
from applications.models.lists import (
    Activity,
    Equipment,
    Financing,
    Institution,
    ListBatch,
    ListKind,
    ListRow,
    Qualification,
    ServedEnterprise,
    ServiceVolume,
    StaffMember,
)
from applications.models.uploads import ListImport, UploadedList

__all__ = [
    "Activity",
    "Application",
    "ApplicationUserObjectPermission",
    "ApplicationVersion",
    "AuthorisationLetter",
    "Call",
    "CallExtension",
    "Correction",
    "CorrectionItem",
    "Equipment",
    "Financing",
    "Handover",
    "Institution",
    "ListBatch",
    "ListImport",
    "ListKind",
    "ListRow",
    "Material",
    "Qualification",
    "Section",
    "SectionVisit",
    "ServedEnterprise",
    "ServiceVolume",
    "SignedScan",
    "StaffMember",
    "UploadedList",
]
