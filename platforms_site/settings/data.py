"""Database, cache, uploaded files."""

from typing import Any
from urllib.parse import parse_qsl, unquote

from platforms_site.env import Refused, env, password
from platforms_site.settings.deployment import IN_PRODUCTION, VAR_DIR

SECRET_LENGTH = 16
SSL_OPTIONS = ("sslmode", "sslrootcert")


def postgres() -> dict[str, Any]:
    """The PostgreSQL connection of ``DATABASE_URL``, such as postgresql://user:password@host:5432/name?sslmode=require."""
    parts = env.url("DATABASE_URL", ("postgres", "postgresql"))
    options = dict(parse_qsl(parts.query))
    if unknown := set(options) - set(SSL_OPTIONS):
        raise Refused(f"DATABASE_URL has an unknown option: {', '.join(sorted(unknown))}.")
    if not parts.path.strip("/") or not parts.username:
        raise Refused("DATABASE_URL must name a user and a database.")
    if IN_PRODUCTION and len(password(parts)) < SECRET_LENGTH:
        raise Refused(f"DATABASE_URL must hold a password of at least {SECRET_LENGTH} characters.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username),
        "PASSWORD": password(parts),
        "HOST": parts.hostname,
        "PORT": parts.port or 5432,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, **options},
    }


def sqlite() -> dict[str, Any]:
    """The database file of an embedded installation."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": VAR_DIR / "db.sqlite3",
        # A new connection reads the whole schema before its first answer.
        "CONN_MAX_AGE": 60,
        # IMMEDIATE: a transaction takes its write lock at the start and waits, instead of failing half-way.
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
    }


def redis() -> str:
    """The address of ``REDIS_URL``; in production it must hold a password."""
    parts = env.url("REDIS_URL", ("redis", "rediss"))
    if IN_PRODUCTION and len(password(parts)) < SECRET_LENGTH:
        raise Refused(f"REDIS_URL must hold a password of at least {SECRET_LENGTH} characters.")
    return parts.geturl()


DATABASES = {"default": postgres() if IN_PRODUCTION or env.secret("DATABASE_URL", "") else sqlite()}
REDIS_URL = redis() if IN_PRODUCTION or env.secret("REDIS_URL", "") else ""

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

MEDIA_ROOT = env.text("MEDIA_ROOT", str(VAR_DIR / "files"))
FILE_UPLOAD_PERMISSIONS = 0o640
# Behind nginx a checked download is handed over by X-Accel-Redirect to this internal address.
ACCEL_REDIRECT_PREFIX = "/protected/" if IN_PRODUCTION else ""
# ClamAV's socket (/run/clamav/clamd.ctl or host:port); without one the built-in signature check alone decides.
CLAMD_ADDRESS = env.text("CLAMD_ADDRESS", "")

FILE_UPLOAD_HANDLERS = [
    "files.uploads.RequestLimit",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
