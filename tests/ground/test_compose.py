"""docker-compose.yml is parsed, because no container engine runs it here; `make smoke-production` runs the same processes natively."""

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
TEXT = (ROOT / "docker-compose.yml").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
LONG_RUNNING = sorted(set(SERVICES) - {"migrate"})
OURS = ["beat", "migrate", "web", "worker"]


def test_the_services_are_those_of_production() -> None:
    assert sorted(SERVICES) == ["beat", "db", "migrate", "nginx", "redis", "web", "worker"]


@pytest.mark.parametrize("name", LONG_RUNNING)
def test_every_long_running_service_has_a_health_check_and_restarts(name: str) -> None:
    assert set(SERVICES[name]["healthcheck"]) >= {"test", "interval", "timeout", "retries"}
    assert SERVICES[name]["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_nothing_starts_before_the_tables_are_ready(name: str) -> None:
    assert SERVICES[name]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


def test_only_migrate_connects_as_the_owner_of_the_tables() -> None:
    urls = {name: SERVICES[name]["environment"]["DATABASE_URL_FILE"] for name in OURS}
    assert urls.pop("migrate") == "/run/secrets/owner_database_url"
    assert set(urls.values()) == {"/run/secrets/database_url"}
    assert [name for name in OURS if "owner_database_url" in SERVICES[name]["secrets"]] == ["migrate"]
    assert "grant_roles platforms_app" in SERVICES["migrate"]["command"][-1]


def test_no_secret_stands_in_the_file() -> None:
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if re.search(r"SECRET|PASSWORD|DATABASE_URL|REDIS_URL", name):
                assert name.endswith("_FILE")
                assert value.startswith("/run/secrets/")
    assert {secret["file"].rpartition("/")[0] for secret in COMPOSE["secrets"].values()} == {"./deploy/secrets"}
    ignored = (ROOT / ".gitignore").read_text().splitlines()
    assert "/deploy/secrets/" in ignored


def test_every_secret_that_a_service_uses_is_declared() -> None:
    used = {secret for service in SERVICES.values() for secret in service.get("secrets", [])}
    assert used - set(COMPOSE["secrets"]) == set()


def test_only_nginx_is_reached_from_outside() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["nginx"]
    assert COMPOSE["networks"]["inner"] == {"internal": True}
    assert {tuple(SERVICES[name]["networks"]) for name in ("db", "redis")} == {("inner",)}


@pytest.mark.parametrize("name", OURS)
def test_our_containers_cannot_write_to_their_image_or_gain_rights(name: str) -> None:
    assert SERVICES[name]["read_only"] is True
    assert SERVICES[name]["cap_drop"] == ["ALL"]
    assert SERVICES[name]["security_opt"] == ["no-new-privileges:true"]


def test_every_named_volume_and_file_exists() -> None:
    mounts = [mount.split(":")[0] for service in SERVICES.values() for mount in service.get("volumes", [])]
    assert {mount for mount in mounts if not mount.startswith("./")} == set(COMPOSE["volumes"])
    assert [
        mount
        for mount in mounts
        if mount.startswith("./") and "certificates" not in mount and not (ROOT / mount).exists()
    ] == []


def test_the_variables_of_the_front_door_are_given() -> None:
    wanted = set(re.findall(r"\$\{(\w+)\}", (ROOT / "deploy/nginx/platforms.conf.template").read_text()))
    assert wanted == set(SERVICES["nginx"]["environment"])


def test_the_image_installs_from_the_lock_and_does_not_run_as_root() -> None:
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    assert [line for line in lines if "--require-hashes --requirement requirements/runtime.txt" in line] != []
    assert [line for line in lines if line.startswith("USER")] == ["USER 10001:101"]


def test_the_secrets_are_made_once_and_fit_together(tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "deploy").mkdir()
    script = tmp_path / "bin" / "secrets"
    script.write_bytes((ROOT / "bin" / "secrets").read_bytes())
    made = []
    for _ in range(2):
        subprocess.run(["bash", str(script)], check=True, capture_output=True, env={"PATH": os.environ["PATH"]})
        made.append({file.name: file.read_text() for file in (tmp_path / "deploy" / "secrets").iterdir()})
    first, second = made
    assert first == second
    assert set(first) == set(COMPOSE["secrets"])
    assert len(first["secret_key"]) == 80
    assert first["app_password"] in first["database_url"]
    assert first["owner_password"] in first["owner_database_url"]
    assert f"requirepass {first['redis_password']}\n" in first["redis_conf"]
    assert (tmp_path / "deploy" / "secrets").stat().st_mode & 0o777 == 0o700
