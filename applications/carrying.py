"""沿用: what an application may take over from an earlier one of the same organisation, part by part, each with keep or clear.

Nothing is written here. ``plan`` reads a frozen version and the draft as it stands; ``services.carrying`` copies what was chosen.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from applications import yearly
from applications.checking import LIST, MATERIAL, REPORT, SECTION
from applications.drafts import Draft, rows_of
from applications.facts import closing_day
from applications.listforms import LISTS
from applications.models import Application, ApplicationVersion, ListKind
from applications.models import Material as MaterialFile
from applications.schema import BY_KEY, SECTIONS
from lifecycle import chain
from regulation.materials import MATERIALS

KEEP, CLEAR = "keep", "clear"
STANDS = "一般不变，沿用后请核对"
# Nobody's word is given by copying, and last year's statements are asked for anew (第九条第（三）项).
NEVER = {
    (SECTION, "undertaking"): "承诺须由本次申报重新作出",
    (MATERIAL, REPORT): "申请报告按本次填报内容生成",
}
_LATER_YEAR = {
    (SECTION, "finance"): "上年末、上年度的数，每年重新填写",
    (MATERIAL, "financial_statements"): "上一年度财务报表每年重新提交（第九条第（三）项）",
}
_WHY = {
    (SECTION, "service"): "服务企业数按年度后移，上年度的数重新填写",
    (SECTION, "functions"): "保留申报的功能和条件，上年度的次数、人次、金额重新填写",
    (SECTION, "narrative"): "可在原文上修改，请更新成效、案例和目标",
    (LIST, ListKind.STAFF): "请按现有人员核对",
}
# Proof of what one year brought: seldom what is asked for a year later, but the applicant may know better.
_CLEARED_LATER = {
    (MATERIAL, "service_proofs"): "上年度的服务证明，一般重新提交",
    (MATERIAL, "other"): "按本次需要重新提交",
}


@dataclass(frozen=True)
class Part:
    """One part on offer. ``obstacle`` says why it cannot be taken over at all; ``default`` is keep or clear, because of ``reason``.

    ``payload`` is what would be copied: texts of a section, typed rows of a list, rows of ``Material``.
    """

    part: str
    key: str
    title: str
    amount: str = ""
    default: str = KEEP
    reason: str = STANDS
    obstacle: str = ""
    left_out: tuple[str, ...] = ()
    payload: Any = field(default=None, compare=False, repr=False)

    @property
    def name(self) -> str:
        """How the form names the choice."""
        return f"{self.part}.{self.key}"

    @property
    def offered(self) -> bool:
        return not self.obstacle


@dataclass(frozen=True)
class Plan:
    """Everything a version holds beside a draft, in the order of the form."""

    draft: Draft
    version: ApplicationVersion

    @cached_property
    def years(self) -> int:
        """By how many years the figures asked for have moved on."""
        return self._closing.year - closing_day(self.version.application).year

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        return (*self._sections(), *self._lists(), *self._materials())

    @property
    def offered(self) -> list[Part]:
        """The parts that can be taken over now."""
        return [part for part in self.parts if part.offered]

    @cached_property
    def _closing(self) -> Any:
        return closing_day(self.draft.application)

    def _sections(self) -> Iterable[Part]:
        stated = self.version.content["sections"]
        for section in SECTIONS:
            if section.key not in stated:
                continue
            texts, left = yearly.carried_section(section.key, stated[section.key], self.years)
            texts |= {"platform_name": self.draft.application.platform_name} if section.key == "identity" else {}
            words = tuple(f"{reason}：{'、'.join(labels)}" for reason, labels in left.items())
            yield self._part(
                SECTION,
                section.key,
                section.title,
                f"{len(texts)} 个栏目",
                words,
                texts,
                section.key in self.draft.saved,
            )
        for key in sorted(stated.keys() - BY_KEY.keys()):
            yield Part(SECTION, key, key, obstacle="现在的申请报告没有这一部分")

    def _lists(self) -> Iterable[Part]:
        batches = _sealed(self.version)
        for kind, form in LISTS.items():
            batch = batches.get(kind)
            if batch is None:
                continue
            rows, left = yearly.carried_rows(kind, rows_of(batch, kind), self._closing)
            words = tuple(f"{number} 行{reason}" for reason, number in left.items())
            yield self._part(LIST, kind, form.title, f"{len(rows)} 行", words, rows, bool(self.draft.rows.get(kind)))

    def _materials(self) -> Iterable[Part]:
        filed = [item["uuid"] for item in self.version.content["materials"]]
        files = self.version.application.materials.filter(uuid__in=filed).select_related("file")
        by_document: dict[str, list[MaterialFile]] = {}
        for one in files:
            by_document.setdefault(one.document, []).append(one)
        for key, document in MATERIALS.items():
            present = by_document.pop(key, [])
            sound = [one for one in present if not one.file.is_refused]
            words = (f"{len(present) - len(sound)} 个文件未通过安全检查",) if len(sound) < len(present) else ()
            if present:
                taken = key in self.draft.documents
                yield self._part(MATERIAL, key, document.label, f"{len(sound)} 个文件", words, sound, taken)
        for key in by_document:
            yield Part(MATERIAL, key, key, obstacle="现在不再提交这项材料")

    def _part(
        self, part: str, key: str, title: str, amount: str, left: tuple[str, ...], payload: Any, taken: bool
    ) -> Part:
        fixed = "已有内容，不会覆盖" if taken else self._fixed((part, key))
        if fixed:
            return Part(part, key, title, amount, obstacle=fixed)
        default, reason = self._default((part, key))
        obstacle = "" if payload else "没有可以沿用的内容"
        return Part(part, key, title, amount, default, reason, obstacle, left, payload)

    def _fixed(self, at: tuple[str, str]) -> str:
        """Why a part is never taken over, whatever it holds."""
        return NEVER.get(at) or (_LATER_YEAR.get(at, "") if self.years else "")

    def _default(self, at: tuple[str, str]) -> tuple[str, str]:
        """Keep or clear, and why."""
        if not self.years:
            return KEEP, "同一年度的内容，沿用后请核对"
        if at == (LIST, ListKind.SERVED):
            return KEEP, f"保留仍在三年之内的年度，{self._closing.year - 1}年度的企业须补充"
        if at in _CLEARED_LATER:
            return CLEAR, _CLEARED_LATER[at]
        return KEEP, _WHY.get(at, STANDS)


def sources(application: Application) -> QuerySet[ApplicationVersion]:
    """The last filed version of every other application of the same organisation, the newest first; never another's."""
    return (
        ApplicationVersion.objects.filter(
            pk__in=Application.objects.filter(organisation=application.organisation_id).values("current_version"),
            application__call__closes_at__lte=application.call.closes_at,
        )
        .exclude(application=application.pk)
        .select_related("application__call", "application__district")
        .prefetch_related("application__call__extensions")
        .order_by("-submitted_at")
    )


def has_room(draft: Draft) -> bool:
    """Whether a part of the draft is still empty, so that something could be taken over."""
    written = len(draft.saved.keys() - {"undertaking"}) + len(draft.batches)
    asked = len(BY_KEY) - 1 + len(LISTS)
    return draft.application.state == "draft" and (written < asked or not draft.materials)


def _sealed(version: ApplicationVersion) -> dict[str, Any]:
    """The batches whose rows the version holds, found by the hash under which they were sealed."""
    held = {kind: chain.digest(rows) for kind, rows in version.content["lists"].items()}
    sealed = version.application.batches.filter(sealed_at__isnull=False).order_by("number")
    return {batch.kind: batch for batch in sealed if held.get(batch.kind) == batch.rows_hash}
