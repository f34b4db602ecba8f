"""The only module that gives and takes permissions on single cases; ``verify`` holds them against the active assignments.

An expert may see a case from the declaration of no interest until the sheet is recused or voided or the panel concludes; an
inspector from the planning of the visit until its conclusion.
"""

from collections.abc import Iterable

from guardian.shortcuts import assign_perm, remove_perm

from accounts.models import User
from applications.models import Application
from applications.models.application import GRANTABLE, INSPECT, SCORE, ApplicationUserObjectPermission


def let_score(user: User, application: Application) -> None:
    """Open the dossier to an expert."""
    _grant(SCORE, user, application)


def end_scoring(user: User, application: Application) -> None:
    """Close the dossier to an expert. Safe to repeat."""
    _withdraw(SCORE, user, application)


def let_inspect(user: User, application: Application) -> None:
    """Open the dossier to an inspector."""
    _grant(INSPECT, user, application)


def end_inspecting(user: User, application: Application) -> None:
    """Close the dossier to an inspector. Safe to repeat."""
    _withdraw(INSPECT, user, application)


def held() -> Iterable[tuple[str, int, int]]:
    """Every grant there is: (permission, user key, application key)."""
    return ApplicationUserObjectPermission.objects.values_list("permission__codename", "user_id", "content_object_id")


def _grant(permission: str, user: User, application: Application) -> None:
    if permission not in GRANTABLE:
        raise ValueError(f"{permission} is not grantable")
    assign_perm(permission, user, application)


def _withdraw(permission: str, user: User, application: Application) -> None:
    remove_perm(permission, user, application)
