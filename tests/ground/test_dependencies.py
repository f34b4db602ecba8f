"""What the code imports is declared, what is declared is locked with hashes, and no lock file names a registry."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
ROOMS = set(PROJECT["tool"]["importlinter"]["root_packages"]) | {"tests"}
# Used by name in settings or as a driver or server, never imported by our own code.
NOT_IMPORTED = {
    "argon2-cffi",
    "defusedxml",
    "django-bootstrap-static",
    "gunicorn",
    "psycopg",
    "redis",
    "whitenoise",
    "django-axes",
}


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[<>=~! ]", requirement)[0].lower() for requirement in requirements}


DECLARED = names(PROJECT["project"]["dependencies"])
FOR_DEVELOPERS = names(PROJECT["dependency-groups"]["dev"])


def imported(folders: set[str]) -> set[str]:
    """Distributions behind the top-level names that Python files in ``folders`` import."""
    modules = set()
    for folder in folders:
        for file in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text())):
                if isinstance(node, ast.Import):
                    modules |= {alias.name.split(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    modules.add(node.module.split(".")[0])
    outside = modules - ROOMS - set(sys.stdlib_module_names)
    providers = packages_distributions()
    return {providers[module][0].lower() for module in outside if module in providers} | (outside - providers.keys())


def test_the_product_imports_only_what_it_declares() -> None:
    assert imported(ROOMS - {"tests"} | {"bin"}) - DECLARED - {"asgiref", "kombu"} == set()


def test_the_product_declares_only_what_it_uses() -> None:
    assert DECLARED - imported(ROOMS - {"tests"}) - NOT_IMPORTED == set()


def test_the_tests_import_only_what_is_declared() -> None:
    assert imported({"tests"}) - DECLARED - FOR_DEVELOPERS - {"kombu"} == set()


@pytest.mark.parametrize("lock", ["runtime.txt", "dev.txt"])
def test_every_locked_package_has_a_version_and_hashes_and_no_address(lock: str) -> None:
    text = (ROOT / "requirements" / lock).read_text()
    assert "://" not in text
    packages = re.split(r"\n(?=\S)", text.strip())
    assert [
        package for package in packages if not re.match(r"[\w.\[\]-]+==\S+( ; [^\\]+)? \\\n    --hash=sha256:", package)
    ] == []


@pytest.mark.parametrize(("lock", "declared"), [("runtime.txt", DECLARED), ("dev.txt", DECLARED | FOR_DEVELOPERS)])
def test_every_declared_package_is_locked(lock: str, declared: set[str]) -> None:
    locked = set(re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==", (ROOT / "requirements" / lock).read_text(), re.MULTILINE))
    assert declared - locked == set()
