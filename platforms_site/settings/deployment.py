"""What kind of installation this is, and where it keeps its data."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from platforms_site.env import Refused, env

EMBEDDED = "embedded"
PRODUCTION = "production"
KEY_LENGTH = 50
KEY_VARIETY = 20

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DEPLOYMENT = env.choice("DEPLOYMENT", (EMBEDDED, PRODUCTION), EMBEDDED)
IN_PRODUCTION = DEPLOYMENT == PRODUCTION
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var"))).resolve()
VAR_DIR.mkdir(parents=True, exist_ok=True)


def strong_key(key: str) -> str:
    """``key`` when it may sign sessions and links: long, varied, not an example."""
    if len(key) < KEY_LENGTH or len(set(key)) < KEY_VARIETY or key.startswith("django-insecure"):
        raise Refused(f"SECRET_KEY is weak: give at least {KEY_LENGTH} random characters.")
    return key


def kept_key(file: Path) -> str:
    """The random key of an embedded installation: made once, kept in ``file``, readable by its owner only."""
    if not file.exists():
        draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64), encoding="ascii")
        # A link never overwrites: when web and worker start together the first one's key is everybody's.
        with suppress(FileExistsError):
            os.link(draft, file)
        draft.unlink()
    return strong_key(file.read_text(encoding="ascii").strip())
