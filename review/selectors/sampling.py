"""The satisfaction sample: its frame, its units, its figures, and who may see it (Art. 11)."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts.actors import Actor
from accounts.models import Role
from applications.models import Application, ApplicationVersion, ListKind
from lifecycle.models import StepRecord
from regulation import figures, sampling
from regulation.identifiers import normalise_credit_code
from regulation.rows import ServedRow, Size
from review.models import Sample, SampleUnit, SurveyAnswer
from review.satisfaction import Meaning, Tally, meaning

VALID = [
    SurveyAnswer.Satisfaction.VERY,
    SurveyAnswer.Satisfaction.SATISFIED,
    SurveyAnswer.Satisfaction.NEUTRAL,
    SurveyAnswer.Satisfaction.DISSATISFIED,
]
SATISFIED = VALID[:2]
# States of an application in which its sample is asked; a return for correction does not stop it.
EXAMINED = ("submitted", "returned", "accepted", "sent_back")


def visible_to(actor: Actor) -> QuerySet[Sample]:
    """The own district's samples, all for city and auditor; never the applicant's, whose answers are being asked."""
    found = Sample.objects.select_related(
        "application__call", "application__organisation", "application__district", "application_version"
    )
    if actor.role == Role.DISTRICT_OFFICER:
        return found.filter(application__district=actor.district_id)
    return found if actor.has(Role.CITY_OFFICER, Role.AUDITOR) else found.none()


def disclosed_to(actor: Actor) -> QuerySet[Sample]:
    """Samples of the applicant's own applications from when they were closed, also when drawn again later: seed, drawn
    enterprises and figures, never who answered what.
    """
    found = Sample.objects.select_related("application__call", "application__organisation", "application__district")
    if not actor.is_applicant:
        return found.none()
    return found.filter(application__organisation=actor.organisation_id, closed_at__isnull=False)


def in_force(application: Application) -> Sample | None:
    """The sample that was not voided, or None."""
    return Sample.objects.filter(application=application).exclude(state="voided").first()


def examined(sample: Sample) -> bool:
    """Whether the district still examines the application, so that its enterprises are asked."""
    return sample.application.state in EXAMINED


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
    """Where a sample stands. ``asked`` counts enterprises in use, ``waiting`` those of them without an answer, ``replaced`` those given up."""

    frame: int
    required: int
    asked: int
    waiting: int
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
    in_use = Q(activated_at__isnull=False, replaced_at__isnull=True)
    counted = sample.units.aggregate(
        drawn=Count("id"),
        asked=Count("id", filter=in_use),
        waiting=Count("id", filter=in_use & Q(answer__isnull=True)),
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


def meaning_of(sample: Sample, stands: Progress) -> Meaning:
    """What the figures say about Art. 7(3), in words."""
    minimum = sample.application.call.parameters.min_satisfaction
    tally = Tally(stands.valid, stands.satisfied, stands.waiting, minimum, closed=sample.state == "closed")
    return meaning(tally)


def units(sample: Sample) -> QuerySet[SampleUnit]:
    """Every enterprise ever asked in drawing order, with attempts and answer; reserves not yet needed stay hidden."""
    asked = sample.units.filter(activated_at__isnull=False)
    return asked.select_related("answer").prefetch_related("attempts__made_by").order_by("position")


@dataclass(frozen=True)
class Replay:
    """The draw computed again from its seed and the frozen list; whether list and seed are those of the record, and the result."""

    frame: tuple[str, ...]
    frame_hash: str
    frame_stands: bool
    seed_stands: bool
    same_result: bool
    tickets: tuple[tuple[int, str, str, str], ...]

    @property
    def agrees(self) -> bool:
        """Whether everything is as it was drawn."""
        return self.frame_stands and self.seed_stands and self.same_result

    @property
    def words(self) -> str:
        """What came out, for page and command."""
        wrong = (
            (self.frame_stands, "清单已变化：现有清单的摘要与抽样时留存的不一致，不能据以复核。"),
            (self.seed_stands, "种子已变化：与抽样时记录的种子摘要不一致，不能据以复核。"),
            (self.same_result, "不一致：按种子和清单重新抽取的结果与记录不同。"),
        )
        found = next((words for stands, words in wrong if not stands), "")
        return (
            f"{found}请停止使用本次样本并报告系统管理员。"
            if found
            else "一致：按种子和清单重新抽取，得到同样的企业和顺序。"
        )


def recorded(sample: Sample) -> tuple[sampling.Draw, list[tuple[int, str, str]]]:
    """The draw as it was kept, and its enterprises as (place, credit code, name)."""
    units = list(sample.units.order_by("position").values_list("position", "credit_code", "name"))
    codes = tuple(code for _, code, _ in units)
    return sampling.Draw(sample.seed, sample.frame_hash, codes[: sample.required], codes[sample.required :]), units


def replay(sample: Sample) -> Replay:
    """Whether seed and frame give exactly the recorded order of enterprises; every ticket beside its enterprise."""
    frame = sampling.frame_of(frame_of(sample.application_version))
    drawn, units = recorded(sample)
    committed = _commitment(sample)
    hashed = sampling.frame_hash(frame)
    return Replay(
        frame=frame,
        frame_hash=hashed,
        frame_stands=hashed == sample.frame_hash == committed.get("frame"),
        seed_stands=sampling.seed_hash(sample.seed) == committed.get("seed"),
        same_result=sampling.replay(drawn, frame),
        tickets=tuple((place, code, name, sampling.ticket(sample.seed, code)) for place, code, name in units),
    )


def _commitment(sample: Sample) -> dict[str, Any]:
    """The hashes of frame and seed that the record has held since the draw."""
    record = StepRecord.objects.filter(subject_type=sample.SUBJECT, subject_id=sample.uuid, step="draw").first()
    return record.data if record else {}


def exported(sample: Sample) -> dict[str, Any]:
    """What anybody needs to draw again without this system: seed, frame and drawn list (``bin/replay_sample.py``)."""
    drawn, units = recorded(sample)
    names = {code: row["name"] for code, row in frame_of(sample.application_version).items()}
    return {
        "receipt_number": sample.application.receipt_number,
        "sample": str(sample.uuid),
        "version": sample.application_version.fingerprint,
        "seed": drawn.seed,
        "frame_hash": drawn.frame_hash,
        "required": sample.required,
        "frame": [{"credit_code": code, "name": names[code]} for code in sampling.frame_of(names)],
        "drawn": [{"position": place, "credit_code": code, "name": name} for place, code, name in units],
    }


def frame_stands(sample: Sample, version: ApplicationVersion) -> bool:
    """Whether the version still lists exactly the SMEs the sample was drawn from."""
    return sampling.frame_hash(frame_of(version)) == sample.frame_hash


def outdated(sample: Sample) -> bool:
    """Whether the version in force lists other SMEs, so that the sample is no basis of the measurement."""
    version = sample.application.current_version
    return version is not None and not frame_stands(sample, version)


def untried(sample: Sample) -> int:
    """Enterprises in use without an answer and without any attempt."""
    return sample.units.filter(
        activated_at__isnull=False, replaced_at__isnull=True, answer__isnull=True, attempts__isnull=True
    ).count()
