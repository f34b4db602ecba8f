"""What must always hold of evaluations and rectifications; ``manage.py verify`` asks."""

from collections.abc import Iterator

from lifecycle.models import Counter
from supervision import grants
from supervision.models import Evaluation, Rectification
from supervision.selectors import evaluations
from supervision.services.rectifications import NUMBER, number_of


def check() -> Iterator[str]:
    """One line per broken invariant."""
    yield from _grants()
    yield from evaluations.tampered()
    yield from _orders()
    yield from _numbers()
    yield from _reports()


def _grants() -> Iterator[str]:
    """Grants on titles equal the evaluations under way, no more and no fewer."""
    held, active = set(grants.held()), evaluations.assignments()
    yield from (f"多余的授权：{name} 用户{user} 称号{title}" for name, user, title in sorted(held - active))
    yield from (f"缺少授权：{name} 用户{user} 称号{title}" for name, user, title in sorted(active - held))


def _orders() -> Iterator[str]:
    """A rectification follows a failed evaluation of the same title and names at least one criterion."""
    found = Rectification.objects.select_related("evaluation").prefetch_related("items").order_by("pk")
    for one in found:
        evaluation: Evaluation = one.evaluation
        if evaluation.state != "failed" or evaluation.title_id != one.title_id:
            yield f"限期整改 {one.number}：没有对应的不合格测评"
        if not one.items.all():
            yield f"限期整改 {one.number}：没有整改事项"


def _numbers() -> Iterator[str]:
    """Every number that was taken belongs to a rectification: no gap."""
    given = set(Rectification.objects.values_list("number", flat=True))
    for counter in Counter.objects.filter(kind=NUMBER).order_by("year"):
        wanted = (number_of(counter.year, sequence) for sequence in range(1, counter.last + 1))
        yield from (f"整改编号{number}没有对应的限期整改" for number in wanted if number not in given)


def _reports() -> Iterator[str]:
    """What waits for a recheck has a report, and reports are counted from one without gap."""
    for one in Rectification.objects.prefetch_related("reports").order_by("pk"):
        counted = [report.number for report in one.reports.all()]
        if counted != list(range(1, len(counted) + 1)):
            yield f"限期整改 {one.number}：整改报告的次数不连续"
        if one.state in ("reported", "passed") and not counted:
            yield f"限期整改 {one.number}：没有整改报告"
