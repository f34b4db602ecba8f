"""The book: platforms, titles, plaques, amendments, bans; imports of old titles and claims of their accounts."""

from registry.models.amendments import Amendment
from registry.models.bans import Ban, BanQuerySet
from registry.models.book import EVALUATE, Plaque, Platform, Title, TitleUserObjectPermission, new_token
from registry.models.claims import Claim
from registry.models.imports import ImportedRow, TitleImport

__all__ = [
    "EVALUATE",
    "Amendment",
    "Ban",
    "BanQuerySet",
    "Claim",
    "ImportedRow",
    "Plaque",
    "Platform",
    "Title",
    "TitleImport",
    "TitleUserObjectPermission",
    "new_token",
]
