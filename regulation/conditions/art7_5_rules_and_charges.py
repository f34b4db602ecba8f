"""第七条第（五）项: rules, process, charges, quality; free or low-fee services; plan and yearly targets."""

from regulation.answers import Answer, Finding, Verdict, at_least, claimed, of_rule
from regulation.facts import Facts
from regulation.parameters import Parameters

_RULES = ("management_rules", "service_process", "fee_standard", "quality_assurance")
_PLANS = ("development_plan", "yearly_targets")


def answer(facts: Facts, parameters: Parameters) -> Answer:
    """The share is of services, not of revenue, both numbers in one stated unit; free ones are not low-fee ones too."""
    findings = (
        *(claimed(facts.claims, key) for key in _RULES),
        _public_share(facts, parameters),
        *(claimed(facts.claims, key) for key in _PLANS),
    )
    return Answer("rules_and_charges", "7(5)", "制度、流程、收费和公益性服务", findings)


def _public_share(facts: Facts, parameters: Parameters) -> Finding:
    missing = "请在公益性和低收费服务清单中列明上年度全部服务的服务量，用同一计量单位"
    total, free, low_fee = facts.total_services, facts.free_services, facts.low_fee_services
    if not total or free is None or low_fee is None or not facts.service_unit:
        return at_least(parameters, "min_public_share", None, missing=missing)
    note = f"公益性{free}{facts.service_unit}、低收费{low_fee}{facts.service_unit}，总服务量{total}{facts.service_unit}"
    if wrong := _contradiction(total, free, low_fee):
        shown, missing = wrong
        return of_rule(parameters, "min_public_share", Verdict.EVIDENCE_MISSING, shown, missing=missing, note=note)
    return at_least(parameters, "min_public_share", facts.public_share, missing=missing, note=note)


def _contradiction(total: int, free: int, low_fee: int) -> tuple[str, str] | None:
    """What cannot be, and what to put right; None when the three numbers go together."""
    if min(total, free, low_fee) < 0:
        return "服务量为负数", "请更正服务量，不能为负数"
    if free + low_fee > total:
        return "两项之和大于总服务量", "请更正服务量，公益性与低收费服务不得重复计数"
    return None
