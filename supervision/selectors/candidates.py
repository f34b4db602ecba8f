"""Which titles in force meet a ground of Art. 19, with the lines that show it. The system proposes; people decide."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from accounts.actors import Actor
from lifecycle.subject import Subject, model_of
from registry import selectors as registry
from registry.models import Title
from registry.standing import in_force
from supervision.models import AnnualReport, Ending
from supervision.models.endings import line
from supervision.selectors import activities, rectifications, reports
from timekeeping import clock
from timekeeping.dates import chinese_date

Line = dict[str, Any]
Found = Iterator[tuple[int, Line]]
Ground = Ending.Ground


@dataclass(frozen=True)
class Candidate:
    """A title, the ground it meets, and the evidence in lines; ``ending`` runs on the title, ``past`` ended on this ground."""

    title: Title
    ground: str
    lines: tuple[Line, ...]
    ending: Ending | None = None
    past: Ending | None = None

    @property
    def label(self) -> str:
        return str(Ground(self.ground).label)

    @property
    def facts_on(self) -> date:
        """The day of the latest fact, whose parameters judge the case."""
        return max(date.fromisoformat(line["on"]) for line in self.lines)

    @property
    def words(self) -> str:
        """The findings as a first draft for the officer."""
        return "\n".join(f"{line['words']}。" for line in self.lines)


def missing_reports(titles: list[Title], today: date) -> Found:
    """Reports never filed by the last day for sanctions and not excused, of every year that the titles' terms reach."""
    first = min((title.valid_from.year for title in titles), default=today.year)
    for year in range(first, today.year):
        for key, standing in reports.standing_of(titles, year).items():
            if standing.is_missing and standing.days.platform.sanctions:
                last = standing.days.platform.sanctions
                words = f"{year}年度总结和{year + 1}年度计划至{chinese_date(last)}未报送，没有认可的原因说明"
                yield key, line(words=words, on=standing.days.platform.named, life="annual_report", key=year)


def repeated_absences(titles: list[Title], today: date) -> Found:
    """Unexcused absences from provincial and municipal activities, where they reach the limit in the term (default: two)."""
    for key, absences in activities.unexcused(titles, until=today).items():
        if absences.repeated:
            for invitation in absences.invitations:
                words = activities.evidence(invitation)
                yield key, line(words=words, on=invitation.activity.held_on, life="invitation", key=invitation.uuid)


def failed_rectifications(titles: list[Title], today: date) -> Found:
    """Evaluations failed and rectified in vain, with the evaluation that began it."""
    for one in rectifications.failed().filter(title__in=titles):
        tested, rechecked = one.evaluation, one.rechecked_on or today
        judged = tested.concluded_at.astimezone(clock.SHANGHAI).date() if tested.concluded_at else one.ordered_on
        yield (
            one.title_id,
            line(words=f"{chinese_date(judged)}运行测评不合格", on=judged, life="evaluation", key=tested.uuid),
        )
        words = f"限期整改（{one.number}）期限至{chinese_date(one.due_on)}，{chinese_date(rechecked)}复查仍不达标"
        yield one.title_id, line(words=words, on=rechecked, life="rectification", key=one.uuid)


FINDERS: dict[str, Callable[[list[Title], date], Found]] = {
    Ground.ABSENCES: repeated_absences,
    Ground.NO_REPORT: missing_reports,
    Ground.FAILED_RECTIFICATION: failed_rectifications,
}


def listed(actor: Actor) -> list[Candidate]:
    """Every title in force that meets a ground, by district and name. A constant number of queries for any number of titles."""
    today = clock.today()
    titles = registry.overseen_by(actor).filter(in_force(today)).order_by("district__order", "platform_name", "pk")
    return list(_found(list(titles), today))


def of_title(title: Title) -> dict[str, Candidate]:
    """The grounds that one title meets, by ground."""
    return {candidate.ground: candidate for candidate in _found([title], clock.today())}


def no_longer_shown(ending: Ending) -> list[str]:
    """Lines of an ending's evidence that the data no longer show: a report that came, an absence excused since."""
    finder = FINDERS.get(ending.ground)
    if finder is None or not ending.evidence:
        return []
    shown = {(found["life"], found["key"]) for _, found in finder([ending.title], clock.today())}
    return [found["words"] for found in ending.evidence if (found["life"], found["key"]) not in shown]


def sources_of(ending: Ending) -> list[Subject]:
    """The cases that an ending's evidence comes from, with every report of its title: what a decision must hold still."""
    if ending.kind != Ending.Kind.CANCEL:
        return []
    found: list[Subject] = list(AnnualReport.objects.filter(title=ending.title_id))
    for evidence in ending.evidence:
        if evidence["life"] != AnnualReport.SUBJECT:
            found += model_of(evidence["life"])._default_manager.filter(uuid=evidence["key"])
    return found


def _found(titles: list[Title], today: date) -> Iterator[Candidate]:
    running, past = _procedures(titles)
    by_ground = {ground: _by_title(finder(titles, today)) for ground, finder in FINDERS.items()}
    for title in titles:
        for ground, lines in by_ground.items():
            if title.pk in lines:
                yield Candidate(
                    title, ground, tuple(lines[title.pk]), running.get(title.pk), past.get((title.pk, ground))
                )


def _by_title(found: Iterable[tuple[int, Line]]) -> dict[int, list[Line]]:
    lines: dict[int, list[Line]] = {}
    for title, shown in found:
        lines.setdefault(title, []).append(shown)
    return lines


def _procedures(titles: list[Title]) -> tuple[dict[int, Ending], dict[tuple[int, str], Ending]]:
    """The open procedure of each title, and the last closed one of each title and ground. One query."""
    found = list(Ending.objects.filter(title__in=titles).select_related("title").order_by("pk"))
    running = {ending.title_id: ending for ending in found if ending.state in Ending.OPEN}
    return running, {(e.title_id, e.ground): e for e in found if e.state not in Ending.OPEN}
