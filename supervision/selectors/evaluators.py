"""Who may be asked to evaluate a platform, and the interests that speak against it (default, as for experts)."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from accounts.models import Capacity, Role, User
from registry.models import Title
from regulation import parameters
from review.conflicts import Conflict, Kind, Person, between
from review.models import MeetingItem
from review.selectors import experts
from supervision.models import AnnualReport
from timekeeping import clock


def candidates() -> QuerySet[User]:
    """The active third parties and experts, by name."""
    active = Capacity.objects.active().filter(role__in=(Role.EVALUATOR, Role.EXPERT))
    return User.objects.filter(pk__in=active.values("user")).select_related("expert_profile").order_by("name", "pk")


def against(title: Title) -> dict[int, tuple[Conflict, ...]]:
    """What speaks against every candidate by the own employer, by user key; a constant number of queries."""
    return _conflicts(list(candidates()), title, ("", ""))


def conflicts(user: User, title: Title, *, body: str, body_code: str) -> tuple[Conflict, ...]:
    """What speaks against the person, with the body it evaluates for: held against all that the platform ever filed."""
    return _conflicts([user], title, (body, body_code)).get(user.pk, ())


def _conflicts(users: list[User], title: Title, body: tuple[str, str]) -> dict[int, tuple[Conflict, ...]]:
    since, content = experts.since(parameters.at(clock.today())), filed(title)
    held = Capacity.objects.filter(user__in=users, organisation=title.platform.organisation_id)
    members = {user for user, end in held.values_list("user", "valid_to") if end is None or end >= since}
    found = {}
    for user in users:
        profile = getattr(user, "expert_profile", None)
        employers = {body} | ({(profile.employer, profile.employer_code)} if profile else set())
        reasons = [Conflict(Kind.MEMBER, "在被测评平台的运营单位任职，持有其账号身份")] if user.pk in members else []
        for name, code in sorted(employers):
            reasons += between(Person(user.name, name, code), content, since=since)
        found[user.pk] = tuple(dict.fromkeys(reasons))
    return {key: reasons for key, reasons in found.items() if reasons}


def certain(user: User, title: Title, *, body: str, body_code: str) -> list[str]:
    """The interests that exclude by themselves, in words."""
    found = conflicts(user, title, body=body, body_code=body_code)
    return [conflict.text.replace("申报单位", "运营单位") for conflict in found if conflict.certain]


def filed(title: Title) -> Mapping[str, Any]:
    """The operator and the lists of the application and of the last yearly report, in the shape of a filed version."""
    organisation = title.platform.organisation
    lists: dict[str, list[Any]] = {}
    for content in _contents(title):
        for kind, rows in content.get("lists", {}).items():
            lists.setdefault(kind, []).extend(rows)
    return {
        "organisation": {
            "name": organisation.name,
            "credit_code": organisation.credit_code,
            "legal_representative": organisation.legal_representative,
        },
        "lists": lists,
    }


def _contents(title: Title) -> list[Mapping[str, Any]]:
    item = MeetingItem.objects.filter(title=title).select_related("application__current_version").first()
    reports = AnnualReport.objects.filter(title=title, current_version__isnull=False).select_related("current_version")
    last = reports.order_by("-year").first()
    versions = [item.application.current_version if item else None, last.current_version if last else None]
    return [version.content for version in versions if version]
