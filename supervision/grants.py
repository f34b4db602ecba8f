"""The only module that gives and takes permissions on single titles; ``verify`` holds them against the evaluations under way.

An evaluator may read a platform's files from the declaration of no interest until the evaluation is concluded, abandoned or
given up; outside the dates of the contract the permission opens nothing (``supervision.selectors.evaluations``).
"""

from collections.abc import Iterable

from guardian.shortcuts import assign_perm, remove_perm

from accounts.models import User
from registry.models import EVALUATE, Title, TitleUserObjectPermission


def let_evaluate(user: User, title: Title) -> None:
    """Open the platform's files to its evaluator."""
    assign_perm(EVALUATE, user, title)


def end_evaluating(user: User, title: Title) -> None:
    """Close them again. Safe to repeat."""
    remove_perm(EVALUATE, user, title)


def held() -> Iterable[tuple[str, int, int]]:
    """Every grant there is: (permission, user key, title key)."""
    return TitleUserObjectPermission.objects.values_list("permission__codename", "user_id", "content_object_id")
