"""What must hold of ended titles, their bans and plaques, and of the decisions on them (Art. 16, 19, 21)."""

from collections.abc import Iterator

from lifecycle.models import DocumentNumber
from registry.models import Ban, Title
from regulation.terms import Period, ban_period
from supervision.models import Ending, Resolution, ResolutionItem

Outcome = ResolutionItem.Outcome
ENDED = {"cancelled": Ending.Kind.CANCEL, "revoked": Ending.Kind.REVOKE}
IN_EFFECT = ("decided", "announced")
DECIDED = (*IN_EFFECT, "stayed", "overturned")
# Where a title may stand while its latest decision stands there.
LEFT_IN = {
    "decided": ENDED,
    "announced": ENDED,
    "stayed": ("stayed", *ENDED),
    "overturned": ("granted", "renounced", "dissolved"),
}
OUT = ("issued", "received")


def check() -> Iterator[str]:
    """One line per ending, ban, plaque or decision that is not as it must be."""
    latest: dict[int, Ending] = {}
    for ending in Ending.objects.filter(state__in=DECIDED).select_related("title").order_by("pk"):
        latest[ending.title_id] = ending
        yield from _decided(ending)
    for ending in latest.values():
        yield from _title(ending)
        yield from _ban(ending)
        yield from _plaques(ending)
    yield from _lonely(latest)
    yield from _resolutions()


def _decided(ending: Ending) -> Iterator[str]:
    confirmed = ending.rulings.filter(resolution__state="confirmed", outcome=Outcome.END).count()
    if confirmed != 1:
        yield f"{ending} 已作出决定，但有 {confirmed} 次集体决策"
    if ending.document_number and not _bears(ending):
        yield f"{ending} 的文号没有登记"


def _bears(ending: Ending) -> bool:
    return DocumentNumber.objects.filter(number=ending.document_number, subject_id=ending.uuid).exists()


def _title(ending: Ending) -> Iterator[str]:
    title = ending.title
    # A title restored by an overturned decision may have come to another end since.
    if ending.state != "overturned" and title.state not in LEFT_IN[ending.state]:
        yield f"{ending} 的状态与称号的状态（{title.state}）不符"
    if title.state in ENDED and ENDED[title.state] != ending.kind:
        yield f"{ending} 的程序与称号的状态（{title.state}）不符"
    if title.state in ENDED and title.ended_document != (ending.document_number or ""):
        yield f"{ending} 的文号与称号的终止文号不符"


def _ban(ending: Ending) -> Iterator[str]:
    """Only a cancellation bans; a stayed one is suspended, an overturned one lifted."""
    standing = Ban.objects.filter(title=ending.title, lifted_at__isnull=True)
    expected = ending.kind == Ending.Kind.CANCEL and ending.state != "overturned"
    if standing.exists() != expected:
        yield f"{ending} {'没有' if expected else '仍有'}不得再次申报的登记"
    elif expected and standing.filter(stayed_at__isnull=True).exists() == (ending.state == "stayed"):
        yield f"{ending} 的停止执行与不得再次申报的登记不符"
    for ban in standing if expected else ():
        if not _as_decided(ban, ending):
            yield f"{ending} 的不得再次申报登记与决定不符"


def _as_decided(ban: Ban, ending: Ending) -> bool:
    """Whether operator, period and number are those of the decision; a ban has no record of its own."""
    title, decided_on = ending.title, ending.decided_on
    said = (ban.credit_code, ban.operator_name, ban.document_number)
    if decided_on is None or said != (title.credit_code, title.operator_name, ending.document_number or ""):
        return False
    return Period(ban.starts_on, ban.ends_on) == ban_period(decided_on, ending.pinned_parameters)


def _plaques(ending: Ending) -> Iterator[str]:
    if ending.kind == Ending.Kind.CANCEL and ending.state in IN_EFFECT:
        for plaque in ending.title.plaques.filter(state__in=OUT):
            yield f"{ending} 已决定，但牌匾 {plaque.serial} 没有责令交回"


def _lonely(latest: dict[int, Ending]) -> Iterator[str]:
    for title in Title.objects.filter(state__in=[*ENDED, "stayed"]).exclude(pk__in=latest):
        yield f"称号 {title.number} 为“{title.status.label}”，但没有决定"


def _resolutions() -> Iterator[str]:
    for resolution in Resolution.objects.filter(state="confirmed").prefetch_related("items__ending", "items__change"):
        if resolution.confirmed_by_id in (None, resolution.entered_by_id):
            yield f"监督事项集体决策 {resolution.minutes_number} 没有由另一人复核"
        for item in resolution.items.all():
            if item.case.state in ("referred", "dropped"):
                yield f"监督事项集体决策 {resolution.minutes_number} 的决定没有生效：{item.case}"
