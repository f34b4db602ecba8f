"""The satisfaction sample: its frame, its units, its figures, and who may see it (Art. 11)."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts.actors import Actor
from accounts.models import Role
from applications.models import Application, ApplicationVersion, ListKind
from regulation import figures, sampling
from regulation.identifiers import normalise_credit_code
from regulation.rows import ServedRow, Size
from review.models import Sample, SampleUnit, SurveyAnswer

VALID = [
    SurveyAnswer.Satisfaction.VERY,
    SurveyAnswer.Satisfaction.SATISFIED,
    SurveyAnswer.Satisfaction.NEUTRAL,
    SurveyAnswer.Satisfaction.DISSATISFIED,
]
SATISFIED = VALID[:2]


def visible_to(actor: Actor) -> QuerySet[Sample]:
    """The own district's samples, all for city and auditor; never the applicant's, whose answers are being asked."""
    found = Sample.objects.select_related(
        "application__call", "application__organisation", "application__district", "application_version"
    )
    if actor.role == Role.DISTRICT_OFFICER:
        return found.filter(application__district=actor.district_id)
    return found if actor.has(Role.CITY_OFFICER, Role.AUDITOR) else found.none()


def in_force(application: Application) -> Sample | None:
    """The sample that was not voided, or None."""
    return Sample.objects.filter(application=application).exclude(state="voided").first()


def last_year(version: ApplicationVersion) -> int:
    """The last calendar year: the one before the closing date's."""
    return date.fromisoformat(version.content["facts"]["closes_on"]).year - 1


def frame_of(version: ApplicationVersion) -> dict[str, dict[str, Any]]:
    """The set behind the 100 of Art. 7(3): credit code → first row of the last calendar year, distinct, SMEs only."""
    rows = version.content["lists"].get(ListKind.SERVED, [])
    year = last_year(version)
    served = figures.served_in(served_rows(version), year, operator_code=version.content["organisation"]["credit_code"])
    frame: dict[str, dict[str, Any]] = {}
    for row in rows:
        code = normalise_credit_code(row["credit_code"])
        if served and code in served.codes and row["year"] == year:
            frame.setdefault(code, row)
    return frame


def served_rows(version: ApplicationVersion) -> list[ServedRow]:
    """The rows of the served list as the rules read them."""
    return [
        ServedRow(row["credit_code"], row["name"], row["year"], Size(row["size"]), bool(row["is_specialised"]))
        for row in version.content["lists"].get(ListKind.SERVED, [])
    ]


@dataclass(frozen=True)
class Progress:
    """Where a sample stands. ``asked`` counts enterprises in use, ``replaced`` those given up."""

    frame: int
    required: int
    asked: int
    replaced: int
    answered: int
    valid: int
    satisfied: int
    needed: int
    drawn: int

    @property
    def satisfaction(self) -> Fraction | None:
        """Satisfied answers over valid ones, exactly; None without a valid answer."""
        return sampling.satisfaction(very_satisfied=0, satisfied=self.satisfied, valid=self.valid)

    @property
    def enough(self) -> bool:
        """Whether the valid answers reach the floor."""
        return self.valid >= self.needed

    @property
    def exhausted(self) -> bool:
        """Whether every enterprise of the frame has been asked."""
        return self.asked + self.replaced >= self.frame


def progress(sample: Sample) -> Progress:
    """The figures of a sample in one query."""
    counted = sample.units.aggregate(
        drawn=Count("id"),
        asked=Count("id", filter=Q(activated_at__isnull=False, replaced_at__isnull=True)),
        replaced=Count("id", filter=Q(replaced_at__isnull=False)),
        answered=Count("answer"),
        valid=Count("id", filter=Q(answer__satisfaction__in=VALID)),
        satisfied=Count("id", filter=Q(answer__satisfaction__in=SATISFIED)),
    )
    share = sample.application.call.parameters.min_valid_share
    return Progress(
        frame=sample.frame_size,
        required=sample.required,
        needed=sampling.valid_needed(sample.frame_size, share),
        **counted,
    )


def units(sample: Sample) -> QuerySet[SampleUnit]:
    """Every enterprise ever asked in drawing order, with attempts and answer; reserves not yet needed stay hidden."""
    asked = sample.units.filter(activated_at__isnull=False)
    return asked.select_related("answer").prefetch_related("attempts__made_by").order_by("position")


@dataclass(frozen=True)
class Replay:
    """The draw computed again from its seed and the frozen list."""

    frame: tuple[str, ...]
    tickets: tuple[tuple[int, str, str, str], ...]
    frame_hash: str
    agrees: bool


def replay(sample: Sample) -> Replay:
    """Whether seed and frame give exactly the recorded order of enterprises; every ticket beside its enterprise."""
    frame = sampling.frame_of(frame_of(sample.application_version))
    recorded = list(sample.units.order_by("position").values_list("position", "credit_code", "name"))
    codes = tuple(code for _, code, _ in recorded)
    drawn = sampling.Draw(sample.seed, sample.frame_hash, codes[: sample.required], codes[sample.required :])
    tickets = tuple((place, code, name, sampling.ticket(sample.seed, code)) for place, code, name in recorded)
    return Replay(frame, tickets, sampling.frame_hash(frame), sampling.replay(drawn, frame))


def untried(sample: Sample) -> int:
    """Enterprises in use without an answer and without any attempt."""
    return sample.units.filter(
        activated_at__isnull=False, replaced_at__isnull=True, answer__isnull=True, attempts__isnull=True
    ).count()
