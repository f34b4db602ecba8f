"""How far an application has come, as told to whoever knows its number and its applicant (进度查询).

Only the stage is told. How an application ended stands in the letter to the applicant, never here.
"""

from django.db.models import Q

from applications.models import Application
from lifecycle.states import STATES
from regulation.articles import article_label
from regulation.identifiers import normalise_credit_code

# fmt: off
STAGES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("提交申报",     "10", ()),
    ("县区初审推荐", "11", ("submitted", "returned", "accepted", "sent_back", "recommended")),
    ("专家评审",     "12", ("forwarded", "admitted", "under_review")),
    ("现场核查",     "13", ("shortlisted",)),
    ("社会公示",     "14", ("inspection_passed", "proposed", "on_notice", "held")),
    ("集体决策",     "15", ("deferred",)),
)
# fmt: on
NOT_FILED = ("draft", "awaiting_signature")
ENDED = tuple(s for s in STATES["application"] if s not in NOT_FILED and all(s not in found for _, _, found in STAGES))


def by_number(receipt_number: str, credit_code: str) -> Application | None:
    """The submitted application with both, or None: one answer for wrong and absent (A12)."""
    named = Q(receipt_number__iexact="".join(receipt_number.split())) & ~Q(receipt_number="")
    wanted = Application.objects.filter(named, organisation__credit_code=normalise_credit_code(credit_code))
    return wanted.select_related("call", "district").first()


def stages(application: Application) -> list[dict[str, str]]:
    """The stages as rows of ``ui/flow.html``: past, now, next."""
    at = next((n for n, (_, _, states) in enumerate(STAGES) if application.state in states), len(STAGES))
    return [
        {"label": label, "note": article_label(article), "state": "past" if n < at else "now" if n == at else "next"}
        for n, (label, article, _) in enumerate(STAGES)
    ]


def has_ended(application: Application) -> bool:
    return application.state in ENDED
