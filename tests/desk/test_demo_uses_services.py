"""The demo goes the road that people go: it takes every step through the services and writes no model itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "desk" / "demo"
WRITES = {
    "create", "acreate", "bulk_create", "get_or_create", "update_or_create", "update", "bulk_update", "save", "delete",
    "raw", "execute", "_raw_delete", "set_password",
}  # fmt: skip
# Accounts and what is known of experts have no service that gives simple names and one password to everybody; DemoCity is the
# demo's own mark.
ALLOWED = {
    ("people.py", "User"), ("people.py", "Capacity"), ("people.py", "Organisation"), ("people.py", "ExpertProfile"),
    ("play.py", "DemoCity"),
    ("materials.py", "picture"),  # a drawn picture into memory
}  # fmt: skip
# Who asks the catalogue of the database whether there is a demo at all.
READS_CATALOGUE = "standing.py"


def services_of(tree: ast.Module) -> set[str]:
    """The names under which the module has imported modules or functions of a services package."""
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return {
        alias.asname or alias.name
        for node in imports
        for alias in node.names
        if "services" in (node.module or "").split(".")
    }


def writes_past_services(source: str, file: str) -> Iterator[str]:
    """One line per write to a model: by manager, by instance, by SQL, by setting a state or a record."""
    tree = ast.parse(source)
    services = services_of(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _call(node, file, services)
        elif isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                if isinstance(target, ast.Attribute) and target.attr in ("state", "__dict__"):
                    yield f"{file}:{node.lineno}: sets {ast.unparse(target)}"
        elif isinstance(node, ast.ImportFrom) and node.module and _forbidden(node.module, file):
            yield f"{file}:{node.lineno}: imports {node.module}"


def _call(node: ast.Call, file: str, services: set[str]) -> Iterator[str]:
    if isinstance(node.func, ast.Name) and node.func.id in ("setattr", "exec", "eval"):
        yield f"{file}:{node.lineno}: {node.func.id}"
    if not isinstance(node.func, ast.Attribute) or node.func.attr not in WRITES:
        return
    owner = node.func.value
    if isinstance(owner, ast.Name) and owner.id in services:
        return
    model = ast.unparse(owner).partition(".")[0]
    if (file, model) not in ALLOWED:
        yield f"{file}:{node.lineno}: {ast.unparse(node.func)}"


def _forbidden(module: str, file: str) -> bool:
    if module == "django.db":
        return file != READS_CATALOGUE
    return module.startswith("unittest") or module in ("lifecycle.engine", "lifecycle.chain", "lifecycle.numbers")


def test_no_module_of_the_demo_writes_past_the_services() -> None:
    files = sorted(DEMO.rglob("*.py"))
    assert len(files) > 10
    found = [line for file in files for line in writes_past_services(file.read_text(), file.name)]
    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "Application.objects.create(state='draft')",
        "Application.objects.filter(pk=1).update(platform_name='x')",
        "application.save()",
        "Notice.objects.bulk_create([])",
        "title.delete()",
        "setattr(application, 'state', 'certified')",
        "application.state = 'certified'",
        "application.__dict__ = {}",
        "from lifecycle.engine import act",
        "from django.db import connection",
        "Application.objects.update_or_create(pk=1)",
    ],
)
def test_each_way_of_writing_is_found(source: str) -> None:
    assert len(list(writes_past_services(source, "anything.py"))) == 1


def test_a_service_may_be_called_save_or_create() -> None:
    source = "from applications.services import filing, sections\nfiling.create(actor=a)\nsections.save(actor=a)"
    assert list(writes_past_services(source, "anything.py")) == []
