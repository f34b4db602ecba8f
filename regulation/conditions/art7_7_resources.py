"""第七条第（七）项: contracted professional service institutions and stable cooperation."""

from regulation.answers import Answer, at_least, claimed
from regulation.facts import Facts
from regulation.parameters import Parameters


def answer(facts: Facts, parameters: Parameters) -> Answer:
    """Institutions are distinct, in force on the closing date, and not the applicant itself."""
    findings = (
        at_least(
            parameters, "min_institutions", facts.institutions_in_force, missing="请导入签约服务机构名单及协议起止日期"
        ),
        claimed(facts.claims, "cooperation"),
    )
    return Answer("resources", "7(7)", "带动社会服务资源", findings)
