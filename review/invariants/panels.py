"""Expert review (Art. 12): grants equal active assignments, locked sheets are as submitted, rankings and draws recompute."""

from collections.abc import Iterator

from applications.models.application import INSPECT, SCORE
from lifecycle import chain
from lifecycle.models import StepRecord
from review import drawing, grants
from review.models import Inspector, Panel, PanelCase, ScoreSheet
from review.selectors import ranking, scoring


def check() -> Iterator[str]:
    """One line per grant, sheet, ranking or draw that is not as it must be."""
    yield from _grants()
    yield from scoring.tampered(ScoreSheet.objects.filter(state="locked"))
    for panel in Panel.objects.filter(state="concluded").select_related("call"):
        yield from _ranking(panel)
    for panel in Panel.objects.filter(draw__isnull=False):
        if not drawing.replay(panel.draw):
            yield f"专家组 {panel.uuid} 的抽取记录不能重现"


def _grants() -> Iterator[str]:
    held = set(grants.held())
    active = {(SCORE, user, case) for user, case in _scoring()} | {
        (INSPECT, user, case) for user, case in _inspecting()
    }
    yield from (f"多余的授权：{name} 用户{user} 申报{case}" for name, user, case in sorted(held - active))
    yield from (f"缺少授权：{name} 用户{user} 申报{case}" for name, user, case in sorted(active - held))


def _scoring() -> list[tuple[int, int]]:
    sheets = ScoreSheet.objects.filter(state__in=scoring.DOSSIER_OPEN).exclude(case__panel__state="concluded")
    return list(sheets.values_list("expert", "case__application"))


def _inspecting() -> list[tuple[int, int]]:
    open_ = Inspector.objects.exclude(inspection__state="concluded")
    return list(open_.values_list("user", "inspection__application"))


def _ranking(panel: Panel) -> Iterator[str]:
    record = StepRecord.objects.filter(subject_type="panel", step="conclude", subject_id=panel.uuid).last()
    if record is None or record.data.get("ranking") != chain.digest(panel.ranking):
        yield f"专家组 {panel.uuid} 的排名与办理记录不符"
        return
    kept = {row["application"]: (row["place"], row["mean"]) for row in panel.ranking["cases"]}
    try:
        again = ranking.recomputed(panel)
    except ValueError as error:
        yield f"专家组 {panel.uuid} 的排名不能重新计算：{error}"
        return
    if again != kept:
        yield f"专家组 {panel.uuid} 的排名与评分表重新计算的结果不符"
    listed = {row["application"]: (row["place"], row["shortlisted"]) for row in panel.ranking["cases"]}
    cases = PanelCase.objects.filter(panel=panel, shortlisted__isnull=False)
    stored = {
        str(uuid): (rank, chosen)
        for uuid, rank, chosen in cases.values_list("application__uuid", "rank", "shortlisted")
    }
    if stored != listed:
        yield f"专家组 {panel.uuid} 的名次或推荐认定名单与冻结的排名不符"
