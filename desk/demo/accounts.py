"""The accounts of the demo city as a table: user name, role, who it is, and what the person's desk says first."""

import unicodedata

from accounts import actors
from accounts.models import Capacity, Role
from desk import agenda
from desk.demo.people import PASSWORD

# How many accounts of a role are worth showing.
SHOWN = {Role.FILER: 10, Role.SIGNATORY: 3, Role.DISTRICT_OFFICER: 6, Role.EXPERT: 3, Role.INSPECTOR: 3}
ELSE = 5
NOTHING = {
    Role.AUDITOR: "监督工作台：正在办理的事项、办理记录和称号始末",
    Role.SYSADMIN: "管理：账号、工作日安排",
}
HEADINGS = ("用户名", "角色", "姓名", "单位", "登录后首先看到")


def table() -> str:
    """The table as text, with the password above it."""
    rows = [HEADINGS, *(_row(capacity) for capacity in _shown())]
    widths = [max(_width(row[column]) for row in rows) for column in range(len(HEADINGS) - 1)]
    lines = [f"演示账号（密码均为 {PASSWORD}）", ""]
    for row in rows:
        cells = [_padded(text, width) for text, width in zip(row, widths, strict=False)]
        lines.append("  " + "  ".join([*cells, row[-1]]))
    return "\n".join(lines)


def _shown() -> list[Capacity]:
    found = []
    for role in Role:
        held = Capacity.objects.active().filter(role=role).select_related("user", "district", "organisation")
        ranked = sorted(held, key=lambda capacity: (-min(len(_tasks(capacity)), 1), capacity.pk))
        found += ranked[: SHOWN.get(role, ELSE)]
    return found


def _row(capacity: Capacity) -> tuple[str, str, str, str, str]:
    body = capacity.district or capacity.organisation
    return (
        capacity.user.username, str(capacity.get_role_display()), capacity.user.name, str(body or ""), _first(capacity)
    )  # fmt: skip


def _tasks(capacity: Capacity) -> list[agenda.Task]:
    return agenda.tasks(actors.acting(capacity)) if Role(capacity.role) not in NOTHING else []


def _first(capacity: Capacity) -> str:
    owed = _tasks(capacity)
    if not owed:
        return NOTHING.get(Role(capacity.role), "目前没有待办")
    more = f"，等{len(owed)}件" if len(owed) > 1 else ""
    return f"{owed[0].duty.words}{more}"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _padded(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
