"""What the rules say of an application at the district's desk: figures of the frozen version, the sample, and the
reasoned decisions of a person where no figure answers (Art. 7, 8, 11).
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from applications.facts import problems_of
from applications.models import Application, ApplicationVersion
from regulation import eligibility, facts_json
from regulation.answers import Verdict
from regulation.claims import CLAIMS, Claim
from regulation.eligibility import RECOMMENDED, Assessment
from regulation.facts import Facts
from regulation.sampling import satisfaction
from review.models import Measurement, Recommendation, Sample

GROWTH = "min_growth"


def facts_of(version: ApplicationVersion, *, sample: Sample | None = None) -> Facts:
    """The frozen facts, with the satisfaction of a closed sample when there is one."""
    facts = facts_json.from_json(version.content["facts"])
    if sample is None or sample.reached is None or sample.satisfied is None:
        return facts
    share = satisfaction(very_satisfied=0, satisfied=sample.satisfied, valid=sample.reached)
    return replace(facts, sampled_satisfaction=share)


def decided(facts: Facts, decisions: Mapping[str, Mapping[str, Any]]) -> Facts:
    """The facts with a person's decisions entered where the figures left the answer open."""
    claims, functions = dict(facts.claims), dict(facts.functions)
    growth = facts.growth_decision
    for name, decision in decisions.items():
        claim = Claim(stated=bool(decision["met"]), evidenced=True)
        function, _, precondition = name.partition(".")
        if name == GROWTH:
            growth = bool(decision["met"])
        elif precondition and function in functions:
            ticks = {**functions[function].preconditions, precondition: claim}
            functions[function] = replace(functions[function], preconditions=ticks)
        elif name in CLAIMS:
            claims[name] = claim
    return replace(facts, claims=claims, functions=functions, growth_decision=growth)


def assess(version: ApplicationVersion, *, sample: Sample | None = None) -> Assessment:
    """The answers for a version before any decision of a person."""
    return eligibility.assess(facts_of(version, sample=sample), version.application.call.parameters)


def judge(application: Application) -> Assessment:
    """The answers as they stand now: closed sample and decisions of the measurement included."""
    version = application.current_version
    assert version is not None
    measurement = Measurement.objects.filter(version=version).first()
    facts = facts_of(version, sample=closed_sample(application))
    facts = decided(facts, measurement.human_decisions if measurement else {})
    facts = replace(facts, recommended=_recommended(application))
    return eligibility.assess(facts, application.call.parameters)


def explained(application: Application) -> Assessment:
    """The answers as they stand now with the rows of the lists that do not count, for the pages of officers."""
    version = application.current_version
    assert version is not None
    return judge(application).with_rows(problems_of(version.content))


def _recommended(application: Application) -> bool | None:
    """Art. 7(1): the district's word in force; None until it has given one."""
    said = Recommendation.objects.filter(application=application, withdrawn_at__isnull=True)
    return said.values_list("recommended", flat=True).first()


def closed_sample(application: Application) -> Sample | None:
    """The sample that counts, once it is closed."""
    return Sample.objects.filter(application=application, state="closed").first()


def unmet(application: Application) -> Iterator[str]:
    """The words for every condition that stands against a recommendation; nothing when all are met."""
    for answer in judge(application).answers:
        if answer.key == RECOMMENDED or answer.verdict is Verdict.MET:
            continue
        for finding in answer.findings:
            if finding.verdict is not Verdict.MET:
                words = f"{answer.article_label}{finding.verdict.label}：{finding.figure}"
                yield f"{words}；{finding.missing}" if finding.missing else words
