"""监督事项集体决策: what the meeting decided on endings and changes of operator, entered by one officer, confirmed by another."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse

from lifecycle.subject import performs, state_constraint, state_field
from review.models.collective import CollectiveDecision, collective_constraints
from supervision.models.changes import Change
from supervision.models.endings import Ending


class Resolution(CollectiveDecision):
    """One meeting on matters of supervision (Art. 16, 19, 20)."""

    SUBJECT = "resolution"
    SEALED_ROWS: ClassVar = {"items": ("ending", "change", "outcome", "reason", "recall_plaque")}

    state = state_field(SUBJECT)

    class Meta(CollectiveDecision.Meta):
        verbose_name = "监督事项集体决策"
        verbose_name_plural = verbose_name
        constraints = [state_constraint("resolution"), *collective_constraints("resolution")]

    def get_absolute_url(self) -> str:
        return reverse("supervision:resolution", args=[self.uuid])

    @property
    def heading(self) -> str:
        return f"监督事项集体决策（{self.get_kind_display()} {self.held_on}）"

    @performs("resolution", "enter")
    def enter(self) -> None:
        """Default: Art. 15's collective decision, also for what ends or changes a title."""

    @performs("resolution", "reject")
    def reject(self) -> None:
        """Default: what does not match the minutes goes back."""

    @performs("resolution", "confirm")
    def confirm(self) -> None:
        """Default: a second officer gives every ruling its effect."""


class ResolutionItem(models.Model):
    """What the meeting decided on one case: an ending, or a change of operator."""

    class Outcome(models.TextChoices):
        END = "end", "取消（撤销）称号"
        KEEP = "keep", "不予取消（撤销）"
        APPROVE = "approve", "同意变更运营单位"
        REFUSE = "refuse", "不同意变更运营单位"

    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="items")
    ending = models.ForeignKey(
        Ending, on_delete=models.PROTECT, null=True, related_name="rulings", verbose_name="取消、撤销程序"
    )
    change = models.ForeignKey(
        Change, on_delete=models.PROTECT, null=True, related_name="rulings", verbose_name="变更备案"
    )
    outcome = models.CharField("决定", max_length=8, choices=Outcome.choices)
    reason = models.TextField("理由")
    recall_plaque = models.BooleanField("责令交回牌匾", default=False)

    class Meta:
        verbose_name = "监督决定事项"
        verbose_name_plural = verbose_name
        ordering = ("resolution", "id")
        constraints = [
            models.UniqueConstraint(
                name="resolution_ending_once", fields=["resolution", "ending"], condition=Q(ending__isnull=False)
            ),
            models.UniqueConstraint(
                name="resolution_change_once", fields=["resolution", "change"], condition=Q(change__isnull=False)
            ),
            models.CheckConstraint(
                name="resolution_item_is_one_case",
                condition=Q(ending__isnull=False, change__isnull=True, outcome__in=["end", "keep"])
                | Q(ending__isnull=True, change__isnull=False, outcome__in=["approve", "refuse"]),
            ),
            models.CheckConstraint(name="resolution_item_has_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.case} {self.ruling}"

    @property
    def case(self) -> Ending | Change:
        """The one case that the ruling is about."""
        found = self.ending or self.change
        if found is None:
            raise ValueError("a ruling without a case")
        return found

    @property
    def ruling(self) -> str:
        """The decision in the words of its own case: 取消称号, 不予取消, 撤销称号, 不予撤销, 同意变更运营单位."""
        return ruling_words(self.case, self.outcome)


def ruling_words(case: Ending | Change, outcome: str) -> str:
    """A decision on a case in its own words."""
    if isinstance(case, Ending):
        verb = case.verb
        return f"{verb}称号" if outcome == ResolutionItem.Outcome.END else f"不予{verb}"
    return str(ResolutionItem.Outcome(outcome).label)
