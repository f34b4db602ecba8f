"""What stands in the way of commissioning, beginning and concluding an evaluation (Art. 18)."""

from collections.abc import Iterator

from accounts.actors import Actor
from accounts.models import Capacity
from lifecycle.guards import guard
from regulation import evaluation as rules
from supervision.models import Evaluation
from supervision.models.evaluations import OPEN
from supervision.selectors import evaluators
from supervision.selectors.evaluations import EVALUATING
from timekeeping import clock
from timekeeping.dates import chinese_date


@guard("evaluation.commission", "evaluation.reassign")
def title_not_in_force(evaluation: Evaluation, actor: Actor) -> Iterator[str]:
    """Art. 18: 市级示范平台 are evaluated, not former ones."""
    if not evaluation.title.in_force(clock.today()):
        yield "该称号目前不在有效期内，不再测评"


@guard("evaluation.commission")
def another_one_is_open(evaluation: Evaluation, actor: Actor) -> Iterator[str]:
    """One evaluation of a title at a time."""
    if Evaluation.objects.filter(title=evaluation.title_id, state__in=OPEN).exists():
        yield "该平台已有尚未办结的测评"


@guard("evaluation.commission", "evaluation.reassign")
def evaluator_without_account(evaluation: Evaluation, actor: Actor) -> Iterator[str]:
    """Whoever is asked must be able to sign in as third party or expert."""
    if evaluation.evaluator_id is None:
        return
    if not Capacity.objects.active().filter(user=evaluation.evaluator_id, role__in=EVALUATING).exists():
        yield "测评负责人目前没有受托第三方或者评审专家的身份"


@guard("evaluation.commission", "evaluation.reassign", "evaluation.begin")
def known_interest(evaluation: Evaluation, actor: Actor) -> Iterator[str]:
    """Default: the same rule as for experts."""
    if evaluation.evaluator_id is None:
        return
    found = evaluators.certain(
        evaluation.evaluator, evaluation.title, body=evaluation.body, body_code=evaluation.body_code
    )
    yield from (f"测评负责人或受托单位有利益关系：{words}" for words in found)


@guard("evaluation.begin")
def outside_the_contract(evaluation: Evaluation, actor: Actor) -> Iterator[str]:
    """The commission opens and ends with its contract."""
    today = clock.today()
    if today < evaluation.contract_from:
        yield f"委托期限自{chinese_date(evaluation.contract_from)}起"
    elif today > evaluation.contract_to:
        yield f"委托期限已于{chinese_date(evaluation.contract_to)}届满，请联系市局"


@guard("evaluation.conclude_fail")
def nothing_found_wanting(evaluation: Evaluation, actor: Actor) -> Iterator[str]:
    """A failing evaluation names what has to be put right."""
    if not evaluation.findings.filter(verdict=rules.UNMET).exists():
        yield "测评报告中没有不合格的指标，不能作出不合格的结论；需要补充的，请退回补充测评"
