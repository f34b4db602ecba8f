"""The answers on the checklist of the current version, those on unchanged parts carried over from the version before."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

from applications.models import Application, ApplicationVersion
from lifecycle.chain import digest
from review import checklist
from review.models import CheckItem

IDENTITY = "identity"
SIGNED_REPORT = (checklist.MATERIAL, "1")
"""The scan of 附件1 bears the fingerprint of one version and is looked at again for each."""


@dataclass(frozen=True)
class Answered:
    """One answer. ``carried``: given on an earlier version and the part has not changed since; ``token`` as ``CheckItem.token``,
    empty for one that is not on file for this version.
    """

    verdict: str
    note: str = ""
    carried: bool = False
    token: str = ""


@dataclass(frozen=True)
class Standing:
    """Where the checklist stands: item key → answer, in the order of the list."""

    answers: Mapping[str, Answered] = field(default_factory=dict)

    @property
    def open_items(self) -> list[checklist.Item]:
        """Items without an answer."""
        return [item for item in checklist.ITEMS if item.key not in self.answers]

    @property
    def defects(self) -> list[tuple[checklist.Item, Answered]]:
        """Items to be corrected, with what the applicant is told."""
        found = [(item, self.answers[item.key]) for item in checklist.ITEMS if item.key in self.answers]
        return [(item, answered) for item, answered in found if answered.verdict == CheckItem.Verdict.FIX]

    def of_part(self, part: str, key: str) -> tuple[int, int, int]:
        """(answered, to be corrected, all) items of one part."""
        items = checklist.of_part(part, key)
        given = [self.answers[item.key] for item in items if item.key in self.answers]
        return len(given), sum(a.verdict == CheckItem.Verdict.FIX for a in given), len(items)


def standing(application: Application) -> Standing:
    """The answers on the current version, each item not answered on it with the last answer on an unchanged part."""
    current = application.current_version
    if current is None:
        return Standing()
    answers = {item.key: Answered(item.verdict, item.note, token=item.token) for item in _answers(current)}
    for version in application.versions.filter(number__lt=current.number).order_by("-number"):
        unchanged = cache(partial(_same, version, current))
        for item in _answers(version):
            known = checklist.BY_KEY.get(item.key)
            if known and item.key not in answers and unchanged(known.part, known.of):
                answers[item.key] = Answered(item.verdict, item.note, carried=True)
    return Standing({item.key: answers[item.key] for item in checklist.ITEMS if item.key in answers})


def _answers(version: ApplicationVersion) -> list[CheckItem]:
    return list(CheckItem.objects.filter(version=version))


def _same(before: ApplicationVersion, after: ApplicationVersion, part: str, of: str) -> bool:
    """Whether a part is word for word the same in both versions."""
    if (part, of) == SIGNED_REPORT:
        return False
    return digest(part_of(before, part, of)) == digest(part_of(after, part, of))


def part_of(version: ApplicationVersion, part: str, key: str) -> Any:
    """What a version says in one part, as plain data."""
    content = version.content
    if part == checklist.SECTION:
        said = content["sections"].get(key, {})
        return [said, content["organisation"], content["platform_name"]] if key == IDENTITY else said
    if part == checklist.LIST:
        return content["lists"].get(key, [])
    return [material for material in content["materials"] if str(material["category"]) == key]
