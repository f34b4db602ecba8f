"""The automatic flags of an application with the officers' answers, and what of the other application may be told to whom.

An officer reads of an application in another district no more than which district it lies in: that is whom to ask. Who has applied
is not public before the notice of Art. 14, so neither its name nor its number, and no way to open it. The applicant reads nothing:
a flag would tell it of its competitors, and a question put too early warns whoever should be asked.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from accounts.actors import Actor
from accounts.models import Capacity, Role
from applications.facts import mismatches_of
from applications.models import Application, ApplicationVersion
from applications.shared import BY_KIND, Common, Overlap, overlaps, value_of
from files.canonical import fingerprint
from regulation.identifiers import plain_phone
from review import checklist, flags
from review.checklist import MATERIAL
from review.flags import Case, Flag
from review.models import FlagAnswer

QUESTIONS = {
    Common.ENTERPRISE: ("{n} 行服务企业同年也列在{other}的清单里：是否都提供了服务？", "同年列在另一申报"),
    Common.PHONE: ("{n} 行服务企业的电话，在{other}的清单里属于别的企业：电话是谁的？", "电话在另一申报属他人"),
    Common.PERSON: ("{n} 行人员也列在{other}的清单里：专职于哪一家？", "人员列在另一申报"),
    Common.INSTITUTION: ("{n} 行签约机构也列在{other}的清单里：协议是否各自签订？", "机构列在另一申报"),
    Common.FILE: ("{n} 份文件与{other}提交的完全相同：属于哪一家？", "文件与另一申报相同"),
}
OTHER = "{other}"
# Order of the contents: what is declared, the lists, the files.
PARTS = {part: place for place, part in enumerate(checklist.parts())}


@dataclass(frozen=True)
class Told:
    """One flag as an officer reads it. ``other`` is the application it also concerns, where the reader may open that one;
    ``carried``: the answer was given on an earlier version, whose flagged rows were the same.
    """

    flag: Flag
    question: str
    other: Application | None = None
    answer: FlagAnswer | None = None
    carried: bool = False

    @property
    def seen(self) -> str:
        """What a page must send back to change the answer it shows."""
        return str(self.answer.pk) if self.answer else ""


@dataclass(frozen=True)
class Found:
    """A flag with the other application it concerns; ``{other}`` in its question is still open."""

    flag: Flag
    other: Application | None = None


def found_in(application: Application) -> list[Found]:
    """Every flag of the current version, in the order of the contents; a constant number of queries."""
    version = application.current_version
    assert version is not None
    case = case_of(application, version)
    own = [Found(flag) for flag in flags.of_case(case)]
    shared = [Found(flag, one.other) for one in overlaps(application, version.content) for flag in _shared(case, one)]
    return sorted(own + shared, key=lambda one: PARTS.get((one.flag.part, one.flag.of), len(PARTS)))


def told_to(actor: Actor, application: Application) -> list[Told]:
    """The flags in the words this officer may read, with the answers on record."""
    answers = answers_of(application)
    return [_told(actor, one, application, answers.get(one.flag.key)) for one in found_in(application)]


def answers_of(application: Application) -> dict[str, FlagAnswer]:
    """Flag → its answer in force: of the current version, else of the last one before it that had the very same flag."""
    given = FlagAnswer.objects.filter(version__application=application, replaced_at__isnull=True)
    given = given.select_related("answered_by").order_by("version__number")
    return {answer.flag: answer for answer in given}


def case_of(application: Application, version: ApplicationVersion) -> Case:
    """What the pure rules look at."""
    differing = tuple((_section_of(one.name), one) for one in mismatches_of(version.content))
    closes_on = date.fromisoformat(version.content["facts"]["closes_on"])
    return Case(version.content, closes_on, own_phones(application, version), differing)


def own_phones(application: Application, version: ApplicationVersion) -> frozenset[str]:
    """Telephones of the applicant and its people as plain digits: of the organisation, its accounts, the contact in the form."""
    people = Capacity.objects.filter(organisation=application.organisation_id).values_list("user__phone", flat=True)
    contact = version.content["sections"].get("identity", {})
    typed = [contact.get(name, "") for name in ("contact_mobile", "contact_phone")]
    found = {plain_phone(phone) for phone in (application.organisation.contact_phone, *people, *typed)}
    return frozenset(found - {""})


def _section_of(figure: str) -> str:
    items = (item for item in checklist.ITEMS if item.part == checklist.SECTION and figure in item.figures)
    return next((item.of for item in items), "service")


def _shared(case: Case, one: Overlap) -> Iterator[Flag]:
    question, hint = QUESTIONS[one.kind]
    found = _shared_files if one.kind is Common.FILE else _shared_rows
    yield from found(case, one, question.replace(OTHER, "{{other}}"), hint)


def _shared_rows(case: Case, one: Overlap, question: str, hint: str) -> Iterator[Flag]:
    watched = BY_KIND[one.kind]
    yield from flags.of_rows(
        case, f"shared_{one.kind}", watched.list, lambda row: value_of(watched, row) in one.values, question, hint,
        joined=one.other.uuid,
    )  # fmt: skip


def _shared_files(case: Case, one: Overlap, question: str, hint: str) -> Iterator[Flag]:
    """One flag for each class of material."""
    same = [item for item in case.content["materials"] if (item["sha256"],) in one.values]
    for category in dict.fromkeys(item["category"] for item in same):
        mine = [item for item in same if item["category"] == category]
        yield Flag(
            f"shared_{one.kind}", MATERIAL, str(category), question.format(n=len(mine)), hint,
            names=tuple(item["name"] for item in mine), files=tuple(item["uuid"] for item in mine),
            evidence=fingerprint([one.other.uuid, sorted((item["uuid"], item["sha256"]) for item in mine)]),
        )  # fmt: skip


def _told(actor: Actor, one: Found, application: Application, answer: FlagAnswer | None) -> Told:
    carried = answer is not None and answer.version_id != application.current_version_id
    if one.other is None:
        return Told(one.flag, one.flag.question, None, answer, carried)
    question = one.flag.question.replace(OTHER, name_for(actor, one.other))
    return Told(one.flag, question, one.other if _reads(actor, one.other) else None, answer, carried)


def name_for(actor: Actor, other: Application) -> str:
    """How the other application is called before this officer."""
    if _reads(actor, other):
        return f"“{other.platform_name}”"
    return f"{other.district.name}的一家申报平台"


def _reads(actor: Actor, other: Application) -> bool:
    """As ``applications.selectors.visible_to`` has it for officers: a district only its own."""
    return actor.role != Role.DISTRICT_OFFICER or other.district_id == actor.district_id
