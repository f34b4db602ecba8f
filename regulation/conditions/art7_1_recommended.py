"""第七条第（一）项: recommended by the district; not yet known, never failed, until the district acts."""

from regulation.answers import Answer, Finding, Verdict
from regulation.articles import article_label
from regulation.facts import Facts
from regulation.parameters import Parameters

CITATION = "7(1)"
_WORDS = {
    None: (Verdict.NOT_YET_KNOWN, "县（市）区、开发（度假）区主管部门尚未作出推荐意见"),
    True: (Verdict.MET, "县（市）区、开发（度假）区主管部门已推荐"),
    False: (Verdict.NOT_MET, "县（市）区、开发（度假）区主管部门不予推荐"),
}


def answer(facts: Facts, parameters: Parameters) -> Answer:
    """The district's act alone answers this condition."""
    verdict, figure = _WORDS[facts.recommended]
    finding = Finding("recommended", "县区推荐", verdict, figure, basis=article_label(CITATION))
    return Answer("recommended", CITATION, "获得县区推荐", (finding,))
