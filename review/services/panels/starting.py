"""Starting the review: the panel and all its cases in one act (Art. 12)."""

from accounts.actors import Actor
from lifecycle import engine
from lifecycle.errors import Stale
from lifecycle.idempotency import FormKey
from review import grants
from review.models import Panel, PanelCase
from review.selectors import panels

GONE = "申报已退出本轮评审"


def start(*, actor: Actor, panel: Panel, key: FormKey | None = None, version: int | None = None) -> Panel:
    """Start the review when every case has enough experts. Sheets of applications that have left are voided.

    Raises Blocked naming the cases that lack experts.
    """
    with engine.act(actor=actor, key=key) as act:
        panel, cases = lock_all(act, panel, version)
        present = panels.present(cases)
        act.take(panel, "start", data={"cases": [str(case.application.uuid) for case in present]})
        for case in present:
            act.take(case.application, "start_review", data={"panel": str(panel.uuid)})
        void_gone(act, [case for case in cases if case not in present])
    return panel


def lock_all(act: engine.Act, panel: Panel, version: int | None) -> tuple[Panel, list[PanelCase]]:
    """The panel, its applications and all its sheets, locked and fresh. Raises Stale when a case came or went meanwhile."""
    known = panels.cases_of(panel)
    sheets = [sheet for case in known for sheet in case.sheets.all()]
    fresh = act.lock((panel, version), *(case.application for case in known), *sheets)
    locked = {(subject.SUBJECT, subject.pk): subject for subject in fresh}
    panel = fresh[0]
    cases = panels.cases_of(panel)
    if [case.pk for case in cases] != [case.pk for case in known] or _sheets(cases) != _sheets(known):
        raise Stale("专家组的分派刚刚有变动，请刷新页面核对后再办理。")
    for case in cases:
        case.panel, case.application = panel, locked["application", case.application_id]
    return panel, cases


def void_gone(act: engine.Act, cases: list[PanelCase]) -> None:
    """Void the sheets of cases that have left and close their dossiers."""
    for case in cases:
        for sheet in panels.live(case):
            [current] = act.lock(sheet)
            act.take(current, "void", reason=GONE, data={"application": str(case.application.uuid)})
            grants.end_scoring(sheet.expert, case.application)


def _sheets(cases: list[PanelCase]) -> list[int]:
    return [sheet.pk for case in cases for sheet in case.sheets.all()]
