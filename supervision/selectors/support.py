"""Whom the city may support first and recommend to the province: titles in force with nothing open against them (Art. 22).

Who is outstanding is for people to judge; the list gives what they judge by and says why a title is not on it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from accounts.actors import Actor
from registry import selectors as registry
from registry import standing
from registry.models import Title
from registry.wording import function_names
from supervision.models import Ending, Rectification
from supervision.selectors import reports

YEARS = 3
RUNNING = (*Ending.OPEN, "decided", "stayed")
UNSOLVED = {"ordered": "整改尚未完成", "reported": "整改待复查", "failed": "整改仍不达标"}


@dataclass(frozen=True)
class Row:
    """One title in force: how it reported, was evaluated and took part; ``reasons`` why it is not recommended now."""

    title: Title
    functions: list[str]
    reported: list[tuple[int, str, str]]
    evaluations: int
    absences: int
    reasons: list[str]

    @property
    def reports(self) -> str:
        """The yearly reports in words, newest first."""
        return "；".join(f"{year}年度{label}" for year, label, _ in self.reported)


def rows(actor: Actor, on: date) -> list[Row]:
    """Every announced title in force that the person may see, by district and number; constant queries."""
    titles = list(_titles(actor, on))
    years = [reports.newest_year() - back for back in range(YEARS)]
    standings = [reports.standing_of(titles, year) for year in years]
    return [_row(title, [by_title[title.pk] for by_title in standings if title.pk in by_title]) for title in titles]


def _titles(actor: Actor, on: date) -> QuerySet[Title]:
    found = registry.overseen_by(actor).filter(standing.in_force(on), document_number__gt="")
    latest = Rectification.objects.filter(title=OuterRef("pk")).order_by("-pk").values("state")[:1]
    procedures = Ending.objects.filter(title=OuterRef("pk"), state__in=RUNNING)
    return found.annotate(
        rectification=Subquery(latest),
        procedure=Exists(procedures),
        evaluations_passed=Count("evaluations", filter=Q(evaluations__state="passed"), distinct=True),
        unexcused=Count("invitations", filter=Q(invitations__state="absent"), distinct=True),
    ).order_by("platform__district__order", "number")


def _row(title: Title, standings: Sequence[reports.Standing]) -> Row:
    reported = [(one.year, one.verdict.label, one.verdict.tone) for one in standings]
    annotated = vars(title)
    return Row(
        title, function_names(title), reported, annotated["evaluations_passed"], annotated["unexcused"],
        list(_reasons(annotated)),
    )  # fmt: skip


def _reasons(annotated: dict[str, object]) -> Iterator[str]:
    if words := UNSOLVED.get(str(annotated["rectification"])):
        yield words
    if annotated["procedure"]:
        yield "取消或撤销程序正在办理"
