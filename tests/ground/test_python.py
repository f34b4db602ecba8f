"""``bin/python``: which Python the product is installed on."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DISTRIBUTION = Path("/usr/bin/python3.11")


def chosen(folder: Path, wish: str = "") -> subprocess.CompletedProcess[str]:
    """What the program answers when ``folder`` is the first on the path."""
    variables = {"PATH": f"{folder}:{os.environ['PATH']}", "HOME": str(folder)} | ({"PYTHON": wish} if wish else {})
    return subprocess.run([ROOT / "bin" / "python"], env=variables, text=True, capture_output=True)


def stand_in(folder: Path, name: str, version: str, able: str) -> Path:
    """A program that answers as a Python of this version would, with or without ensurepip."""
    path = folder / name
    path.write_text(
        f"""#!/bin/sh
case "$2" in
*version_info*) exit {version} ;;
*ensurepip*) exit {able} ;;
*) echo {path} ;;
esac
"""
    )
    path.chmod(0o755)
    return path


def test_who_names_one_gets_it_or_is_told_what_is_needed(tmp_path: Path) -> None:
    assert chosen(tmp_path, sys.executable).stdout.strip() == sys.executable
    old = stand_in(tmp_path, "old", version="1", able="0")
    refused = chosen(tmp_path, str(old))
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "Python 3.11 is needed" in refused.stderr


def test_the_distributions_own_comes_before_another_on_the_path(tmp_path: Path) -> None:
    other = stand_in(tmp_path, "python3.11", version="0", able="0")
    whole = DISTRIBUTION.exists() and not subprocess.run([DISTRIBUTION, "-c", "import ensurepip"]).returncode
    assert chosen(tmp_path).stdout.strip() == str(DISTRIBUTION if whole else other)
