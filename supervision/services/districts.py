"""The district's yearly report to the city: one, and supplementary ones for what came later (Art. 18)."""

from collections.abc import Sequence

from django.db import IntegrityError

from accounts.actors import Actor
from lifecycle import chain, engine
from lifecycle.errors import Blocked, NotAllowed
from lifecycle.idempotency import FormKey
from supervision.models import AnnualReport, DistrictReport
from supervision.models.district_reports import identity
from supervision.selectors import completeness
from timekeeping import clock

TWICE = "另一位经办人刚刚报送，请刷新页面查看"


def proposed(*, actor: Actor, year: int, note: str = "") -> DistrictReport:
    """The report that ``forward`` would make now, unsaved, with its content; also its preview."""
    if actor.district is None or actor.user is None:
        raise NotAllowed("只有县(市)区、开发(度假)区主管部门的经办人可以报送。")
    made = DistrictReport.objects.filter(district=actor.district, year=year).count()
    report = DistrictReport(
        district=actor.district, year=year, number=made + 1, note=note.strip(), forwarded_by=actor.user,
        forwarded_at=clock.now(),
    )  # fmt: skip
    if report.number == 1:
        report.uuid = identity(actor.district, year)
    return report


def forward(*, actor: Actor, year: int, note: str = "", key: FormKey | None = None) -> DistrictReport:
    """Forward every accepted report that was not forwarded yet, naming the platforms that are missing or late.

    Raises Blocked when there is nothing to forward, WrongStage when a colleague was faster.
    """
    report = proposed(actor=actor, year=year, note=note)
    accepted = completeness.accepted(report.district, year)
    try:
        with engine.act(actor=actor, key=key) as act:
            locked = act.lock(*accepted) if accepted else []
            report.content = content(report, locked)
            report.fingerprint = chain.digest(report.content)
            act.create(report, "forward", data={"fingerprint": report.fingerprint, "number": report.number})
            for one in locked:
                one.district_report = report
                act.take(one, "forward", data={"district_report": str(report.uuid)})
    except IntegrityError as error:
        raise Blocked([TWICE]) from error
    return report


def content(report: DistrictReport, accepted: Sequence[AnnualReport]) -> dict[str, object]:
    """What the report says: the forwarded reports, how many are owed, and who is missing or was late."""
    return completeness.summary_of(report, accepted)


def receive(
    *, actor: Actor, report: DistrictReport, key: FormKey | None = None, version: int | None = None
) -> DistrictReport:
    """The city has taken note."""
    with engine.act(actor=actor, key=key) as act:
        [fresh] = act.lock((report, version))
        act.take(fresh, "receive", data={"fingerprint": fresh.fingerprint})
        received: DistrictReport = fresh
        return received
