"""The application: one per organisation and call, from draft to decision."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from guardian.models import UserObjectPermissionBase

from accounts.models import District, Organisation, User
from lifecycle.subject import Subject, performs, state_constraint, state_field
from regulation.parameters import Parameters

SCORE, INSPECT = "score_application", "inspect_application"
GRANTABLE = (SCORE, INSPECT)


class Application(Subject):
    """A legal person's application for a platform (Art. 7–11). ``district`` is where it lies now (Art. 10, 属地)."""

    SUBJECT = "application"
    SEALED = (
        "call", "organisation", "district", "receipt_number", "created_by", "current_version", "sent_back_due_at",
    )  # fmt: skip
    # When the request being judged arrived, as set by the submitting services; guards measure the deadline by it, not by now.
    received_at: datetime | None = None
    # The applications.drafts.Draft that a submitting service or a page before signing has just read; guards judge the same one.
    read_draft: Any = None

    call = models.ForeignKey(
        "applications.Call", on_delete=models.PROTECT, related_name="applications", verbose_name="申报通知"
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="applications", verbose_name="申报单位"
    )
    district = models.ForeignKey(
        District, on_delete=models.PROTECT, related_name="applications", verbose_name="县(市)区"
    )
    state = state_field(SUBJECT)
    platform_name = models.CharField("平台名称", max_length=120)
    receipt_number = models.CharField("受理编号", max_length=30, unique=True, null=True, editable=False)  # noqa: DJ001 - unique only once given
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name="新建人"
    )
    current_version = models.ForeignKey(
        "applications.ApplicationVersion",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="当前版本",
    )

    sent_back_due_at = models.DateTimeField("退回县区后重新推荐的截止", null=True, editable=False)

    class Meta:
        verbose_name = "申报"
        verbose_name_plural = verbose_name
        ordering = ("-created_at",)
        permissions = [(SCORE, "评审申报"), (INSPECT, "现场核查申报")]
        constraints = [
            state_constraint("application"),
            models.UniqueConstraint(
                name="application_once_per_call", fields=["call", "organisation"], condition=~Q(state="withdrawn")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.platform_name}（{self.organisation.name}）"

    @property
    def heading(self) -> str:
        return f"{self.call.year}年度申报 {self.receipt_number or ''} {self.platform_name}".replace("  ", " ")

    @property
    def concerned_organisation(self) -> Organisation:
        return self.organisation

    @property
    def concerned_district(self) -> District:
        return self.district

    @property
    def pinned_parameters(self) -> Parameters:
        return self.call.parameters

    def get_absolute_url(self) -> str:
        return reverse("applications:application", args=[self.uuid])

    @property
    def closes_at(self) -> datetime:
        """The exclusive end of filing for this application, extensions included."""
        own = [e.closes_at for e in self.call.extensions.all() if e.application_id == self.pk and e.closes_at]
        return max([self.call.closes_at_for(self.district_id), *own])

    @property
    def district_due_at(self) -> datetime:
        """The exclusive end of the district's recommending: extensions included, and a later one when the city sent it back."""
        ends = [self.call.district_due_at_for(self.district_id), self.sent_back_due_at]
        return max(end for end in ends if end is not None)

    @property
    def correction_due_at(self) -> datetime | None:
        """The exclusive end of the correction last asked for; None when none was."""
        last = max(self.corrections.all(), key=lambda c: c.pk, default=None)
        return last.due_at if last else None

    @performs("application", "create")
    def create(self) -> None:
        """Art. 10."""

    @performs("application", "request_signature")
    def request_signature(self) -> None:
        """Art. 9."""

    @performs("application", "reopen")
    def reopen(self) -> None:
        """Default: before filing, the draft may go back and forth inside the organisation."""

    @performs("application", "submit")
    def submit(self) -> None:
        """Art. 10."""

    @performs("application", "withdraw")
    def withdraw(self) -> None:
        """Art. 6: applying is voluntary until the decision."""

    @performs("application", "transfer")
    def transfer(self) -> None:
        """Art. 10."""

    @performs("application", "accept")
    def accept(self) -> None:
        """Art. 11."""

    @performs("application", "return_for_correction")
    def return_for_correction(self) -> None:
        """Art. 11."""

    @performs("application", "resubmit")
    def resubmit(self) -> None:
        """Art. 11."""

    @performs("application", "judge_last_version")
    def judge_last_version(self) -> None:
        """Default: a missed correction leaves the last version to be judged."""

    @performs("application", "recommend")
    def recommend(self) -> None:
        """Art. 11."""

    @performs("application", "not_recommend")
    def not_recommend(self) -> None:
        """Art. 11."""

    @performs("application", "withdraw_recommendation")
    def withdraw_recommendation(self) -> None:
        """Art. 5."""

    @performs("application", "forward")
    def forward(self) -> None:
        """Art. 11: with the district's summary to the city."""

    @performs("application", "admit")
    def admit(self) -> None:
        """Art. 11."""

    @performs("application", "send_back")
    def send_back(self) -> None:
        """Art. 11."""

    @performs("application", "find_ineligible")
    def find_ineligible(self) -> None:
        """Art. 7."""

    @performs("application", "reject_falsified")
    def reject_falsified(self) -> None:
        """Default: false material found at any stage is declined."""

    @performs("application", "start_review")
    def start_review(self) -> None:
        """Art. 12."""

    @performs("application", "shortlist")
    def shortlist(self) -> None:
        """Art. 12."""

    @performs("application", "not_shortlist")
    def not_shortlist(self) -> None:
        """Art. 12."""

    @performs("application", "pass_inspection")
    def pass_inspection(self) -> None:
        """Art. 13."""

    @performs("application", "fail_inspection")
    def fail_inspection(self) -> None:
        """Art. 13."""

    @performs("application", "propose")
    def propose(self) -> None:
        """Art. 14."""

    @performs("application", "not_propose")
    def not_propose(self) -> None:
        """Art. 14."""

    @performs("application", "publish")
    def publish(self) -> None:
        """Art. 14."""

    @performs("application", "hold")
    def hold(self) -> None:
        """Art. 14."""

    @performs("application", "release")
    def release(self) -> None:
        """Art. 15."""

    @performs("application", "uphold_objection")
    def uphold_objection(self) -> None:
        """Art. 15."""

    @performs("application", "certify")
    def certify(self) -> None:
        """Art. 15."""

    @performs("application", "decline")
    def decline(self) -> None:
        """Art. 15."""

    @performs("application", "defer")
    def defer(self) -> None:
        """Art. 15."""

    def assigned_users(self) -> Iterable[User]:
        """Persons with a grant on this very case."""
        return User.objects.filter(applicationuserobjectpermission__content_object=self).distinct()


class ApplicationUserObjectPermission(UserObjectPermissionBase):
    """django-guardian's grants on single applications, with a real foreign key; written only by ``review.grants``."""

    content_object = models.ForeignKey(Application, on_delete=models.PROTECT)
