"""Apps, middleware, templates, language, static files, mail."""

from pathlib import Path

from platforms_site.env import Refused, env
from platforms_site.settings.deployment import BASE_DIR, IN_PRODUCTION, VAR_DIR

DEBUG = env.bool("DEBUG", False)
if DEBUG and IN_PRODUCTION:
    raise Refused("DEBUG must be off in production.")

# Whether the demo city may be played here; it also moves the clock (desk.demo.standing).
DEMO_ALLOWED = not IN_PRODUCTION

INSTALLED_APPS = [
    "desk",
    "notifications",
    "supervision",
    "review",
    "applications",
    "registry",
    "lifecycle",
    "files",
    "accounts",
    "guardian",
    "axes",
    "csp",
    "bootstrap",
    "django_htmx",
    "platforms_site.apps.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
]
MIDDLEWARE = [
    "platforms_site.middleware.RequestNumberMiddleware",
    "platforms_site.middleware.ClientAddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "platforms_site.middleware.PolicyMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "platforms_site.errors.ErrorPageMiddleware",
    "platforms_site.middleware.MethodMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "platforms_site.middleware.IdleSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.carrying.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.middleware.ActorMiddleware",
    "accounts.carrying.middleware.CarryingMiddleware",
    "lifecycle.middleware.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "platforms_site.urls"
WSGI_APPLICATION = "platforms_site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            # Every form says for whom it was made, see accounts.carrying.
            "builtins": ["accounts.templatetags.whose_form"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "accounts.context.shell",
                "desk.context.shell",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "desk:home"
LOGOUT_REDIRECT_URL = "desk:public_home"

# Names, contacts and record numbers in header and footer; what is empty is not shown.
SITE = {
    "bureau": env.text("SITE_BUREAU", "昆明市工业和信息化局"),
    "name": env.text("SITE_NAME", "中小企业公共服务示范平台认定管理系统"),
    "department": env.text("SITE_DEPARTMENT", ""),
    "phone": env.text("SITE_PHONE", ""),
    "address": env.text("SITE_ADDRESS", ""),
    "icp": env.text("SITE_ICP", ""),
    "police": env.text("SITE_POLICE", ""),
    "site_code": env.text("SITE_CODE", ""),
}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(VAR_DIR / "static")))
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"
        if IN_PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
# Embedded serves the sources themselves, so that a first start needs no collectstatic.
WHITENOISE_USE_FINDERS = not IN_PRODUCTION
WHITENOISE_AUTOREFRESH = DEBUG

# Links in messages and documents are built from this address, never from the Host header of a request.
BASE_URL = (
    (
        env.url("BASE_URL", ("https",))
        if IN_PRODUCTION
        else env.url("BASE_URL", ("http", "https"), "http://localhost:8000")
    )
    .geturl()
    .rstrip("/")
)

if IN_PRODUCTION:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = env.text("EMAIL_HOST")
    EMAIL_PORT = env.int("EMAIL_PORT", 587, least=1, most=65535)
    EMAIL_HOST_USER = env.text("EMAIL_USER", "")
    EMAIL_HOST_PASSWORD = env.secret("EMAIL_PASSWORD", "")
    EMAIL_USE_TLS = env.bool("EMAIL_TLS", True)
    EMAIL_TIMEOUT = 20
    DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM")
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(VAR_DIR / "mail")
    DEFAULT_FROM_EMAIL = "platforms@localhost"
SERVER_EMAIL = DEFAULT_FROM_EMAIL
