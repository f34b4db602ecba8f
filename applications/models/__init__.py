"""Asking: calls, applications, their sections, lists and materials, versions and corrections."""

from applications.models.application import Application, ApplicationUserObjectPermission
from applications.models.authorisation import AuthorisationLetter
from applications.models.calls import Call, CallExtension
from applications.models.content import ApplicationVersion, Correction, CorrectionItem, Material, Section, SignedScan
from applications.models.lists import (
    Activity,
    Equipment,
    Institution,
    ListBatch,
    ListImport,
    ListKind,
    ListRow,
    Qualification,
    ServedEnterprise,
    StaffMember,
)

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
    "Institution",
    "ListBatch",
    "ListImport",
    "ListKind",
    "ListRow",
    "Material",
    "Qualification",
    "Section",
    "ServedEnterprise",
    "SignedScan",
    "StaffMember",
]
