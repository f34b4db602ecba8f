"""The printed documentation: lifecycle table and diagrams, and the map from articles to steps."""

from typing import Any

from accounts.actors import PUBLIC, SYSTEM
from accounts.models import Role
from lifecycle import states, steps
from lifecycle.terms import Until, Workdays

ACTORS = {PUBLIC: "社会公众", SYSTEM: "系统"} | {role.value: str(role.label) for role in Role}
SUBJECTS = {
    "call": "申报通知", "application": "申报", "summary": "推荐汇总表", "sample": "满意度抽查", "panel": "专家组", "score_sheet": "评分表",
    "inspection": "现场核查", "notice": "公示", "objection": "异议", "meeting": "集体决策", "title": "称号", "plaque": "牌匾",
    "annual_report": "年度报告", "report_excuse": "未按期报送说明", "district_report": "县区年度报送",
    "check": "指导检查", "activity": "公共服务活动", "invitation": "活动邀请",
    "change": "变更备案",
    "title_import": "原有称号导入", "claim": "账号认领",
    "ending": "取消、撤销程序", "resolution": "监督事项集体决策",
    "evaluation": "运行测评", "rectification": "限期整改",
    "complaint": "投诉举报", "disclosure": "来件人信息查看",
}  # fmt: skip


def term_text(term: object) -> str:
    """A term for people and JSON: ``workdays:accept_workdays`` or ``until:closes_at``; empty without one."""
    if isinstance(term, Workdays):
        return f"workdays:{term.parameter}"
    return f"until:{term.attribute}" if isinstance(term, Until) else ""


def as_objects() -> list[dict[str, Any]]:
    """The table as plain objects: subject, step, label, sources, target, actor, article, term, service."""
    return [
        {
            "subject": row.subject, "step": row.name, "label": row.label, "sources": list(row.sources), "target": row.target,
            "actor": list(row.actors), "article": row.article, "term": term_text(row.term) or None, "service": row.service,
        }
        for row in steps.STEPS
    ]  # fmt: skip


def lifecycle_page() -> str:
    """``docs/lifecycle.md``: for every life its diagram and its rows."""
    parts = ["# Lifecycle\n", "Printed by `manage.py print_docs` from `lifecycle/steps.py`; do not edit.\n"]
    for subject in steps.subjects():
        parts += [f"## {SUBJECTS[subject]} · `{subject}`\n", _diagram(subject), _table(subject)]
    return "\n".join(parts)


def articles_page() -> str:
    """``docs/articles.md``: which steps carry out which article, and which rest on a default."""
    parts = ["# Articles and steps\n", "Printed by `manage.py print_docs` from `lifecycle/steps.py`; do not edit.\n"]
    articles = sorted(
        {row.article for row in steps.STEPS}, key=lambda a: (not a.isdigit(), int(a) if a.isdigit() else 0)
    )
    for article in articles:
        parts.append(f"## {'第' + article + '条' if article.isdigit() else 'Defaults (the regulation is silent)'}\n")
        parts += [f"- `{r.key}` {r.label} — `{r.service}`" for r in steps.STEPS if r.article == article] + [""]
    return "\n".join(parts)


def _diagram(subject: str) -> str:
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f"    {value}: {state.label}" for value, state in states.STATES[subject].items()]
    for row in steps.steps_of(subject):
        lines += [f"    {source} --> {row.target}: {row.label}" for source in (row.sources or ("[*]",))]
    return "\n".join([*lines, "```\n"])


def _table(subject: str) -> str:
    lines = ["| step | label | from | to | actor | article | term | service |", "|---|---|---|---|---|---|---|---|"]
    for row in steps.steps_of(subject):
        actors = "、".join(ACTORS[actor] for actor in row.actors)
        sources = ", ".join(row.sources) or "—"
        lines.append(
            f"| `{row.name}` | {row.label} | {sources} | {row.target} | {actors} | {row.article} | "
            f"{term_text(row.term) or '—'} | `{row.service}` |"
        )
    return "\n".join([*lines, ""])
