"""第七条第（六）项: management team, full-time service staff, and the share of them with a degree or a title."""

from fractions import Fraction

from regulation.answers import Answer, Finding, Verdict, at_least, claimed, of_rule
from regulation.facts import Facts
from regulation.parameters import Parameters


def answer(facts: Facts, parameters: Parameters) -> Answer:
    """Persons, not entries: somebody with both a degree and a title counts once."""
    findings = (
        claimed(facts.claims, "management_team"),
        at_least(parameters, "min_staff", facts.full_time_staff, missing="请导入专职服务人员名单"),
        _qualified_share(facts, parameters),
    )
    return Answer("staff", "7(6)", "管理团队和专职服务人员", findings)


def _qualified_share(facts: Facts, parameters: Parameters) -> Finding:
    missing = "请在专职服务人员名单中填写学历和职称"
    all_, qualified = facts.full_time_staff, facts.qualified_staff
    if all_ is None or qualified is None:
        return at_least(parameters, "min_qualified_share", None, missing=missing)
    note = f"专职{all_}人，其中本科及以上学历或中级及以上职称{qualified}人（按人员并集）"
    if min(all_, qualified) < 0 or qualified > all_:
        missing = "人数不能为负数，其中的人数不能大于专职人数，请更正"
        return of_rule(parameters, "min_qualified_share", Verdict.EVIDENCE_MISSING, "--", missing=missing, note=note)
    return at_least(parameters, "min_qualified_share", facts.qualified_share or Fraction(0), missing=missing, note=note)
