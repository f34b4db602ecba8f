"""Keys, hosts, cookies, passwords, lock-out, content policy."""

from datetime import timedelta

from csp.constants import NONE, SELF

from platforms_site.env import Refused, env
from platforms_site.settings.deployment import IN_PRODUCTION, VAR_DIR, kept_key, strong_key

SECRET_KEY = strong_key(env.secret("SECRET_KEY")) if IN_PRODUCTION else kept_key(VAR_DIR / "secret_key")

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", None if IN_PRODUCTION else ["localhost", "127.0.0.1", "[::1]"])
if IN_PRODUCTION and any("*" in host or host.startswith(".") for host in ALLOWED_HOSTS):
    raise Refused("ALLOWED_HOSTS must name each host; wildcards are refused in production.")

# How many proxies of ours stand in front: 0 ignores X-Forwarded-For altogether.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 1 if IN_PRODUCTION else 0, most=5)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IN_PRODUCTION else None
SECURE_SSL_REDIRECT = IN_PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz(/deep)?$"]
SECURE_HSTS_SECONDS = 31_536_000 if IN_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IN_PRODUCTION
SECURE_HSTS_PRELOAD = IN_PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IN_PRODUCTION
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-session" if IN_PRODUCTION else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if IN_PRODUCTION else "csrf"
# Seconds without any request after which a person must sign in again.
SESSION_COOKIE_AGE = env.int("SESSION_IDLE_SECONDS", 1800, least=60, most=1800)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_FAILURE_VIEW = "platforms_site.errors.csrf_failure"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
_VALIDATORS = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": f"{_VALIDATORS}UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name", "email")},
    },
    {"NAME": f"{_VALIDATORS}MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{_VALIDATORS}CommonPasswordValidator"},
    {"NAME": f"{_VALIDATORS}NumericPasswordValidator"},
]

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "guardian.backends.ObjectPermissionBackend",
]
# No AnonymousUser row; policy code asks for grants with accept_global_perms=False.
ANONYMOUS_USER_NAME = None
GUARDIAN_MONKEY_PATCH_USER = False

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
# The pair, never the name alone: otherwise a stranger could lock an officer out.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "platforms_site.errors.locked_out"
AXES_RESET_ON_SUCCESS = True
# The log of failed sign-ins keeps nothing of the text that a login page carries along (accounts.carrying).
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "carried"]
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_CLIENT_IP_CALLABLE = "platforms_site.middleware.client_address"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
