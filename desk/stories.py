"""The record as one readable story: everything that happened to a platform, from its application to its ending (Art. 21)."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from applications.models import Application
from desk.reading import READS
from lifecycle import story
from lifecycle.models import StepRecord
from lifecycle.printing import ACTORS, SUBJECTS
from lifecycle.subject import Subject, model_of
from registry.models import Title

# How each life is reached from a platform: paths to its titles, to its applications, to its operator.
# fmt: off
OF_TITLES: dict[str, tuple[str, ...]] = {
    "plaque":          ("title",),
    "annual_report":   ("title",),
    "report_excuse":   ("title",),
    "district_report": ("reports__title",),
    "check":           ("title",),
    "evaluation":      ("title",),
    "rectification":   ("title",),
    "invitation":      ("title",),
    "activity":        ("invitations__title",),
    "change":          ("title",),
    "ending":          ("title",),
    "resolution":      ("items__ending__title", "items__change__title"),
    "complaint":       ("title",),
    "disclosure":      ("complaint__title",),
    "title_import":    ("rows__title",),
}
OF_APPLICATIONS: dict[str, tuple[str, ...]] = {
    "call":        ("applications",),
    "sample":      ("application",),
    "summary":     ("recommendations__application",),
    "panel":       ("cases__application",),
    "score_sheet": ("case__application",),
    "inspection":  ("application",),
    "notice":      ("items__application",),
    "objection":   ("application",),
    "disclosure":  ("objection__application", "complaint__application"),
    "complaint":   ("application",),
    "meeting":     ("items__application",),
}
OF_ORGANISATIONS: dict[str, tuple[str, ...]] = {"claim": ("organisation",), "handover": ("organisation",)}
# fmt: on
TOLD = tuple(dict.fromkeys(("title", "application", *OF_TITLES, *OF_APPLICATIONS, *OF_ORGANISATIONS)))


@dataclass(frozen=True)
class Chapter:
    """One step of the story: which life and case it belongs to, where that is read, and the line itself."""

    life: str
    heading: str
    url: str
    role: str
    line: story.Line

    @property
    def year(self) -> int:
        return self.line.at.year


def of_title(title: Title) -> list[Chapter]:
    """Everything of the title's platform: all its titles, the applications behind them, and those of its operator."""
    titles = Title.objects.filter(platform=title.platform_id)
    own = Q(decisions__title__in=titles) | Q(organisation=title.platform.organisation_id)
    applications = Application.objects.filter(own, current_version__isnull=False).distinct()
    return _told(list(titles), list(applications))


def of_application(application: Application) -> list[Chapter]:
    """Everything of one application and of the title it led to."""
    return _told(list(Title.objects.filter(decision__application=application)), [application])


def _told(titles: list[Title], applications: list[Application]) -> list[Chapter]:
    """The steps of all these cases in the order of the record; one query per life, whatever the number of cases."""
    cases: dict[tuple[str, UUID], Subject] = {(case.SUBJECT, case.uuid): case for case in (*titles, *applications)}
    bodies = {title.platform.organisation_id for title in titles} | {case.organisation_id for case in applications}
    for paths, found in ((OF_TITLES, titles), (OF_APPLICATIONS, applications), (OF_ORGANISATIONS, list(bodies))):
        for life, ways in paths.items():
            cases |= {(life, case.uuid): case for case in _reached(life, ways, found)}
    lives = {life for life, _ in cases}
    records = StepRecord.objects.filter(subject_type__in=lives, subject_id__in=[uuid for _, uuid in cases])
    ordered = list(records.select_related("user").order_by("sequence"))
    return [
        _chapter(record, cases[record.subject_type, record.subject_id], line)
        for record, line in zip(ordered, story.tell(ordered), strict=True)
        if (record.subject_type, record.subject_id) in cases
    ]


def _reached(life: str, ways: Iterable[str], found: list[object]) -> list[Subject]:
    wanted = Q(pk__in=[])
    for way in ways:
        wanted |= Q(**{f"{way}__in": found})
    model = model_of(life)
    return list(model._default_manager.select_related(*READS.get(life, ())).filter(wanted).distinct()) if found else []


def _chapter(record: StepRecord, case: Subject, line: story.Line) -> Chapter:
    return Chapter(
        life=SUBJECTS[record.subject_type], heading=case.heading, url=case.get_absolute_url(),
        role=ACTORS[record.role], line=line,
    )  # fmt: skip
