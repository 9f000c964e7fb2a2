"""設定。秘密は置き場（TSUGARU_HOME）にあり、ここにはない。"""

from __future__ import annotations

import os

from tsugaru.platform.tenancy import home
from tsugaru.platform.tenancy.connections import install

SECRET_KEY = home.installation_secret()
DEBUG = False
ALLOWED_HOSTS = os.environ.get("TSUGARU_HOSTS", ".localhost,127.0.0.1,[::1]").split(",")

# 接続は団体ごとに、使うときに登録する（platform.tenancy.connections）。
DATABASES = {"default": {"ENGINE": "tsugaru.platform.tenancy.unbound"}}
install()
DATABASE_ROUTERS = ["tsugaru.platform.tenancy.router.MunicipalRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

PLATFORM = [
    "tenancy",
    "audit",
    "identity",
    "authz",
    "disclosure",
    "screens",
    "documents",
    "jobs",
    "ledger",
    "inbound",
    "runs",
]
GYOMU = ["juki", "inkan", "atena", "kojin"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django_htmx",
    *(f"tsugaru.platform.{name}" for name in PLATFORM),
    "tsugaru.council",
    *(f"tsugaru.gyomu.{name}" for name in GYOMU),
    "tsugaru.faces.web",
    "tsugaru.faces.demo",
]

AUTH_USER_MODEL = "identity.Staff"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tsugaru.faces.web.middleware.headers",
    "tsugaru.faces.web.middleware.timing",
    "tsugaru.faces.web.middleware.municipality",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "tsugaru.faces.web.middleware.seat",
    "tsugaru.faces.web.middleware.act",
    "tsugaru.faces.web.gate.gate",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "tsugaru.site.urls"
WSGI_APPLICATION = "tsugaru.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "tsugaru.faces.web.context.shell",
            ],
        },
    }
]

SESSION_ENGINE = "tsugaru.faces.web.session_store"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_NAME = "tsugaru"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_USE_SESSIONS = True
# 内部の TLS の後ろに置くときは TSUGARU_HTTPS=1（クッキーは https だけに載る）
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = os.environ.get("TSUGARU_HTTPS") == "1"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 2**20
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 2**20

LANGUAGE_CODE = "ja"
TIME_ZONE = "Asia/Tokyo"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = False
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

# デモの開始だけが立てる旗。立っているときだけ、ログイン画面が見本の職員と今の符号を見せる。
DEMO = os.environ.get("TSUGARU_DEMO") == "1"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
