"""Auditors read the record and prove it unaltered, with and without this system."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import Role
from lifecycle import engine
from lifecycle.models import ChainHead
from tests import cast
from tests.matrices.world import World

pytestmark = pytest.mark.django_db

VERIFIER = Path(settings.BASE_DIR) / "bin" / "verify_record.py"


@pytest.fixture
def auditor() -> Client:
    """An auditor's browser after a call was prepared and published and a plaque issued: three records."""
    world = World()
    cast.open_call(world.personas["city officer"])
    world.__dict__["call"] = cast.Call.objects.get()
    plaque = world.subject("plaque", "allotted")
    with engine.act(actor=world.personas["city officer"]) as act:
        [fresh] = act.lock(plaque)
        act.take(fresh, "issue", reason="当面颁发")
    client = Client()
    client.force_login(world.personas["auditor"].user)
    return client


def exported(client: Client) -> list[str]:
    return b"".join(client.get("/desk/records/export/").streaming_content).decode().splitlines()


def verified(lines: list[str], folder: Path, *head: str) -> tuple[int, str]:
    path = folder / "record.jsonl"
    path.write_text("\n".join(lines) + "\n")
    done = subprocess.run([sys.executable, "-I", VERIFIER, path, *head], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def test_the_auditor_reads_every_step_with_person_article_and_reason(auditor: Client) -> None:
    page = auditor.get("/desk/records/").content.decode()
    assert "颁发牌匾" in page
    assert "当面颁发" in page
    assert "第十五条" in page
    assert ChainHead.objects.get().hash in page


def test_the_record_is_filtered_by_life_and_person(auditor: Client) -> None:
    assert "颁发牌匾" not in auditor.get("/desk/records/?subject=call").content.decode()
    assert "颁发牌匾" in auditor.get("/desk/records/?subject=plaque&person=city").content.decode()


def test_a_crooked_filter_is_answered_at_the_field(auditor: Client) -> None:
    response = auditor.get("/desk/records/?case=1%27%20OR%201=1")
    assert response.status_code == 422
    assert "36位编号" in response.content.decode()


@pytest.mark.parametrize("role", [Role.CITY_OFFICER, Role.SYSADMIN, Role.EXPERT])
def test_others_do_not_read_the_whole_record(role: Role) -> None:
    client = Client()
    client.force_login(cast.person("x", role).user)
    assert client.get("/desk/records/").status_code == 403
    assert client.get("/desk/records/export/").status_code == 403


def test_an_exported_record_is_proved_without_the_application(auditor: Client, tmp_path: Path) -> None:
    head = ChainHead.objects.get().hash
    assert verified(exported(auditor), tmp_path, head) == (0, f"intact, ends at {head}\n")


def test_a_changed_a_removed_and_an_inserted_line_are_found(auditor: Client, tmp_path: Path) -> None:
    lines, head = exported(auditor), ChainHead.objects.get().hash
    changed = [*lines[:-1], json.dumps(json.loads(lines[-1]) | {"reason": "另一个理由"}, ensure_ascii=False)]
    assert verified(changed, tmp_path) == (1, f"record {len(lines)} was altered\n")
    assert verified(lines[1:], tmp_path)[0] == 1
    assert verified([*lines, lines[-1]], tmp_path)[0] == 1
    removed_tail = verified(lines[:-1], tmp_path, head)
    assert removed_tail[0] == 1
    assert "its tail was removed" in removed_tail[1]


def test_the_verifier_is_short_and_needs_only_the_standard_library() -> None:
    source = VERIFIER.read_text().splitlines()
    assert len(source) < 80
    imported = {line.split()[1] for line in source if line.startswith(("import", "from"))}
    assert imported == {"hashlib", "json", "sys", "pathlib"}


def test_a_date_that_is_none_is_explained_with_an_example(auditor: Client) -> None:
    page = auditor.get("/desk/records/", {"since": "2026-13-40"}).content.decode()
    assert "自：请填写日期，例如 2026-12-11。" in page
    assert "请填写日期" not in auditor.get("/desk/records/", {"since": "2026-11-01"}).content.decode()
