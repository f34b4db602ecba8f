"""The settings are read by a fresh process, exactly as a deployment reads them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KEY = "kM3x9QvT7bLw2RzN8fYcJ5hDpG4sAeUt6WnXqBiVoKyHrZmCdFgPjSaE1"
SOUND = {
    "DEPLOYMENT": "production",
    "SECRET_KEY": KEY,
    "ALLOWED_HOSTS": "platforms.example.cn",
    "BASE_URL": "https://platforms.example.cn",
    "DATABASE_URL": "postgresql://app:a-long-enough-password@db:5432/platforms",
    "REDIS_URL": "redis://:another-long-password@broker:6379/0",
    "EMAIL_HOST": "mail.example.cn",
    "EMAIL_FROM": "platforms@example.cn",
}


def start(
    environment: dict[str, str], tmp_path: Path, code: str = "print('started')"
) -> subprocess.CompletedProcess[str]:
    program = f"from django.conf import settings; settings.DEBUG; {code}"
    return subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, text=True, capture_output=True, check=False,
        env={"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "platforms_site.settings", "VAR_DIR": str(tmp_path), **environment},
    )  # fmt: skip


def test_sound_production_settings_start(tmp_path: Path) -> None:
    started = start(SOUND, tmp_path)
    assert (started.returncode, started.stdout) == (0, "started\n"), started.stderr


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("SECRET_KEY", "short", "SECRET_KEY is weak"),
        ("SECRET_KEY", "a" * 80, "SECRET_KEY is weak"),
        ("SECRET_KEY", "django-insecure-" + KEY, "SECRET_KEY is weak"),
        ("SECRET_KEY", "", "SECRET_KEY is not set"),
        ("DEBUG", "1", "DEBUG must be off in production"),
        ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS must name each host"),
        ("ALLOWED_HOSTS", ".example.cn", "ALLOWED_HOSTS must name each host"),
        ("ALLOWED_HOSTS", "", "ALLOWED_HOSTS is not set"),
        ("REDIS_URL", "redis://broker:6379/0", "REDIS_URL must hold a password"),
        ("REDIS_URL", "redis://:short@broker:6379/0", "REDIS_URL must hold a password"),
        ("REDIS_URL", "", "REDIS_URL is not set"),
        ("DATABASE_URL", "postgresql://app@db/platforms", "DATABASE_URL must hold a password"),
        ("DATABASE_URL", "sqlite:///var/db.sqlite3", "DATABASE_URL must be an address that begins with"),
        (
            "DATABASE_URL",
            "postgresql://app:a-long-enough-password@db/platforms?x=1",
            "DATABASE_URL has an unknown option",
        ),
        ("BASE_URL", "http://platforms.example.cn", "BASE_URL must be an address that begins with https:"),
        ("EMAIL_HOST", "", "EMAIL_HOST is not set"),
        ("EMAIL_PORT", "many", "EMAIL_PORT must be a whole number"),
        ("DEPLOYMENT", "prod", "DEPLOYMENT must be one of embedded, production"),
        ("TRUSTED_PROXIES", "-1", "TRUSTED_PROXIES must be a whole number"),
    ],
)
def test_production_refuses_to_start_with(name: str, value: str, words: str, tmp_path: Path) -> None:
    refused = start(SOUND | {name: value}, tmp_path)
    assert refused.returncode == 1
    assert refused.stderr.strip().splitlines()[-1].startswith(f"platforms_site.env.Refused: {words}")


def test_production_cookies_are_secure_and_bound_to_the_host(tmp_path: Path) -> None:
    names = (
        "SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SESSION_COOKIE_HTTPONLY SESSION_COOKIE_NAME SECURE_SSL_REDIRECT DEBUG"
    )
    started = start(SOUND, tmp_path, f"print([getattr(settings, name) for name in '{names}'.split()])")
    assert started.stdout == "[True, True, True, '__Host-session', True, False]\n"


def test_the_embedded_key_is_random_and_kept(tmp_path: Path) -> None:
    first = start({}, tmp_path / "a", "print(settings.SECRET_KEY)")
    again = start({}, tmp_path / "a", "print(settings.SECRET_KEY)")
    other = start({}, tmp_path / "b", "print(settings.SECRET_KEY)")
    assert first.stdout == again.stdout
    assert first.stdout != other.stdout
    assert (tmp_path / "a" / "secret_key").stat().st_mode & 0o777 == 0o600
