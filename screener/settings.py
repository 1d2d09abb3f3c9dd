"""Settings, all from the environment (`ASSAY_*`, see `.env.example`), refused when they make no sense."""

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import quote

import environ
from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from kombu import Queue

from assets.metrics.families import EQUITY, TOKEN
from screener import configuration, logs
from screener.screens.tier_limits import OF_CHECKLIST, TierLimits, TierLimitsError, Whose, read_limits

BASE_DIR = Path(__file__).resolve().parent.parent
environ.Env.read_env(configuration.text("ASSAY_ENV_FILE", default=str(BASE_DIR / ".env")))

# Where things are --------------------------------------------------------------

# Whether somebody tries Assay out on their own machine. Django's own DEBUG stays off: its pages show settings
# and variables to whoever comes by, and it remembers every query; ours say what was raised (views/errors.py).
ASSAY_DEBUG = configuration.flag("ASSAY_DEBUG", default=False)
DEBUG = False
STATE_DIR = Path(configuration.text("ASSAY_STATE_DIR", default=str(BASE_DIR / "var"))).absolute()
# The machine itself may always ask: that is where health checks come from.
ALLOWED_HOSTS = [
    *configuration.names("ASSAY_ALLOWED_HOSTS", check=configuration.is_host, example="assay.example.com"),
    *("localhost", "127.0.0.1", "[::1]"),
]
CSRF_TRUSTED_ORIGINS = configuration.names(
    "ASSAY_TRUSTED_ORIGINS", check=configuration.is_origin, example="https://assay.example.com"
)
ROOT_URLCONF = "screener.urls"
WSGI_APPLICATION = "screener.wsgi.application"
# Pages are made by so many processes; each has the universe in memory.
PAGE_PROCESSES = configuration.whole_number("ASSAY_PAGE_PROCESSES", default=2, low=1, high=64)


def secret_key() -> str:
    """The secret key: from the environment, or, when debugging, one made once for this checkout."""
    told = configuration.text("ASSAY_SECRET_KEY")
    if told:
        return told
    if not ASSAY_DEBUG:
        raise ImproperlyConfigured(
            "ASSAY_SECRET_KEY is not set. Set it to a long random text, "
            "or set ASSAY_DEBUG=true to try Assay out."
        )
    kept = STATE_DIR / "secret-key"
    try:
        if not kept.exists() or not kept.read_text():
            STATE_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
            kept.touch(mode=0o600)
            kept.write_text(secrets.token_urlsafe(50))
        return kept.read_text()
    except OSError as error:
        raise ImproperlyConfigured(
            f"The state folder {STATE_DIR} can't be used ({error.strerror}). "
            "Make it writable, or set ASSAY_STATE_DIR to another folder."
        ) from error


SECRET_KEY = secret_key()

# Applications ------------------------------------------------------------------

ASSAY_METRICS = configuration.flag("ASSAY_METRICS", default=False)
# Where the processes of one web server count together; it has to be known before the library is read in.
METRICS_DIR = configuration.shared_folder("assay-metrics") if ASSAY_METRICS else None
if METRICS_DIR is not None:
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(METRICS_DIR)

INSTALLED_APPS = [
    "whitenoise.runserver_nostatic",
    "screener.views.accounts.admin_config.GuardedAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "template_partials",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_structlog",
    *(["django_prometheus"] if ASSAY_METRICS else []),
    "assets",
    "screener",
]

MIDDLEWARE = [
    *(["django_prometheus.middleware.PrometheusBeforeMiddleware"] if ASSAY_METRICS else []),
    "screener.admission.proxies.ProxyHeadersMiddleware",
    "screener.views.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "screener.outages.OutageMiddleware",
    "screener.views.accounts.personal_pages.PersonalPagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "screener.views.readable_input.ReadableInputMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "screener.views.accounts.sessions.SessionLimitsMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "screener.views.errors.MethodNotAllowedMiddleware",
    "screener.admission.busy.BusyMiddleware",
    *(["django_prometheus.middleware.PrometheusAfterMiddleware"] if ASSAY_METRICS else []),
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "screener.context.sandbox",
                "screener.context.state_of_data",
                "screener.context.position",
                "screener.context.accounts",
            ],
            "builtins": ["django.templatetags.i18n", "screener.templatetags.figures"],
        },
    }
]

# Database ----------------------------------------------------------------------

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
database_url = configuration.address(
    "ASSAY_DATABASE_URL",
    schemes=("postgres", "postgresql", "sqlite"),
    example="postgres://user:password@host:5432/assay",
)
DATABASES: dict[str, dict[str, Any]] = {
    "default": environ.Env.db_url_config(database_url)
    if database_url
    else {"ENGINE": "django.db.backends.sqlite3", "NAME": STATE_DIR / "assay.sqlite3"}
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # IMMEDIATE takes the write lock at BEGIN, so that a reader turned writer can't be refused;
    # the time-out is what a writer may wait behind others before "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "timeout": 30,
        "transaction_mode": "IMMEDIATE",
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-64000;"
            "PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY;"
        ),
    }
else:
    DATABASES["default"] |= {
        "ENGINE": "screener.postgres",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
    # A machine that is gone is noticed after 20 s; what `sslmode` and the like in the address say stays.
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 5,
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 2,
        "tcp_user_timeout": 20_000,
    } | DATABASES["default"].get("OPTIONS", {})
# How long a page may wait for one statement; a task has as long as it may take, a command has no limit.
WEB_STATEMENT_S = configuration.whole_number("ASSAY_STATEMENT_S", default=15, low=1, high=600)
STATEMENT_LIMIT_S: float | None = None
LOCK_LIMIT_S = 10.0
# On SQLite a task may wait longer behind others that write: a file has one writer, and a market is many rows.
TASK_LOCK_S = 30.0

# Where web processes keep the universe's columns, to start with them; None keeps them nowhere.
UNIVERSE_DIR = STATE_DIR / "universe" if configuration.flag("ASSAY_KEEP_COLUMNS", default=True) else None

# Where `manage.py backup` puts its archives and notes when it made the newest.
BACKUP_DIR = Path(configuration.text("ASSAY_BACKUP_DIR", default=str(STATE_DIR / "backups"))).absolute()

# Broker, cache, tasks ----------------------------------------------------------

LOCAL_BROKER_SOCKET = STATE_DIR / "valkey.sock"
broker_url = configuration.address(
    "ASSAY_BROKER_URL", schemes=("redis", "rediss", "unix"), example="redis://localhost:6379/0"
)
OWN_BROKER = not broker_url
BROKER_URL = broker_url or f"unix://{quote(str(LOCAL_BROKER_SOCKET))}"
BROKER_ADDRESS = configuration.without_password(BROKER_URL)
CACHES = {
    "default": {
        "BACKEND": "screener.cache.JsonCache",
        "LOCATION": BROKER_URL,
        "KEY_PREFIX": "assay",
        "VERSION": 2,  # 1 was pickles, which nobody reads any more.
        "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 5},
    }
}
# A task whose worker died is taken by another one after this long.
TASK_REDELIVERY_S = configuration.whole_number("ASSAY_TASK_REDELIVERY_S", default=90, low=15, high=86_400)
CELERY_BROKER_URL = BROKER_URL.replace("unix://", "redis+socket://", 1)
if BROKER_URL.startswith("rediss://"):
    # The certificate is checked; the address may name the authorities (`?ssl_ca_certs=`).
    CELERY_BROKER_USE_SSL = {"ssl_cert_reqs": "required"}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": TASK_REDELIVERY_S,
    # How often lost tasks are looked for; without the throttle only every tenth look counts.
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 3,
}
# Pickles would run code of whoever writes the broker.
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = CELERY_RESULT_SERIALIZER = "json"
CELERY_BEAT_SCHEDULER = "screener.scheduler.SteadyScheduler"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
# Shorter than the redelivery: a task is never handed out again while it may still run.
CELERY_TASK_TIME_LIMIT = TASK_REDELIVERY_S - 10
CELERY_TASK_SOFT_TIME_LIMIT = CELERY_TASK_TIME_LIMIT * 0.9
CELERY_TIMEZONE = "UTC"
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
# Workers take from their queues in turn, so that thousands of waiting calls can't hold up the heartbeat.
CELERY_TASK_QUEUES = (Queue("celery"), Queue("scores"), Queue("heartbeat"))
CELERY_TASK_ROUTES = {
    "screener.tasks.score_waiting": {"queue": "scores"},
    "screener.tasks.heartbeat": {"queue": "heartbeat"},
}
HEARTBEAT_S = 15
CELERY_BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "heartbeat": {
        "task": "screener.tasks.heartbeat",
        "schedule": HEARTBEAT_S,
        "options": {"expires": HEARTBEAT_S},
    },
    "advance_filling": {"task": "screener.tasks.advance_filling", "schedule": 60, "options": {"expires": 60}},
    "remove_sandbox": {"task": "screener.tasks.remove_sandbox", "schedule": 60, "options": {"expires": 60}},
    "undo_filling": {"task": "screener.tasks.undo_filling", "schedule": 60, "options": {"expires": 60}},
    "schedule_refreshes": {
        "task": "screener.tasks.schedule_refreshes",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "forget_payloads": {
        "task": "assets.tasks.forget_payloads",
        "schedule": 3_600,
        "options": {"expires": 3_600},
    },
    "label_cases": {
        "task": "screener.tasks.label_cases",
        "schedule": crontab(hour=3, minute=20),
        "options": {"expires": 43_200},
    },
    "replay_scorecards": {
        "task": "screener.tasks.replay_scorecards",
        "schedule": crontab(hour=3, minute=40),
        "options": {"expires": 43_200},
    },
    "prune": {
        "task": "screener.tasks.prune",
        "schedule": crontab(hour=4, minute=10),
        "options": {"expires": 43_200},
    },
    "sector_medians": {
        "task": "screener.tasks.sector_medians",
        "schedule": crontab(hour="*/6", minute=5),
        "options": {"expires": 43_200},
    },
    "end_stalled_sessions": {
        "task": "screener.tasks.end_stalled_sessions",
        "schedule": 30,
        "options": {"expires": 30},
    },
    "resume_runs": {"task": "assets.tasks.resume_runs", "schedule": 15, "options": {"expires": 15}},
}

# People, languages, times ------------------------------------------------------

AUTHENTICATION_BACKENDS = [
    "screener.services.accounts.readers.ReaderBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
# The first one hashes; passwords that another one has hashed are hashed anew at the next log-in.
PASSWORD_HASHERS = [
    "screener.services.accounts.passwords.ModestArgon2Hasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
# OWASP ASVS 4.0.3, 2.1: long enough, not known from breaches, and no rule of composition.
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "screener.services.accounts.passwords.MaximumLengthValidator"},
    {"NAME": "screener.services.accounts.passwords.PaddedPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "screener"
# Whether strangers may make themselves an account.
SIGN_UP_OPEN = configuration.flag("ASSAY_SIGN_UP", default=ASSAY_DEBUG)
# "admin": staff reach the admin with a second factor only. "staff": nor do they do anything else of staff's
# without one. "off": nobody needs one.
STAFF_SECOND_FACTOR = configuration.choice(
    "ASSAY_STAFF_SECOND_FACTOR", default="off" if ASSAY_DEBUG else "admin", of=("off", "admin", "staff")
)
ACCOUNT_ADAPTER = "screener.views.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_USERNAME_MIN_LENGTH = 2
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_REDIRECT_URL = "screener"
# The password is asked for again before an account is changed, unless it was given within this time.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
# A link for a new password is good for ten minutes (ASVS 2.7.2).
PASSWORD_RESET_TIMEOUT = 600
# Failed log-ins are slowed down by screener/services/accounts/log_in_delays.py, which needs no broker; the
# limit of "login_failed" is that of codes of the second factor.
ACCOUNT_RATE_LIMITS = {
    "login": None,
    "login_failed": "10/m/ip,5/5m/key",
    "signup": "20/h/ip",
    "reset_password": "10/h/ip,3/h/key",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Assay"
MFA_TOTP_TOLERANCE = 1
# A session ends so long after its log-in, and so long after its last page.
SESSION_COOKIE_AGE = SESSION_LONGEST_S = 86_400 * configuration.whole_number(
    "ASSAY_SESSION_DAYS", default=14, low=1, high=30
)
SESSION_IDLE_S = 3_600 * configuration.whole_number("ASSAY_SESSION_IDLE_HOURS", default=72, low=1, high=720)
# The proxies of ours: what they alone say of address and scheme counts, of X-Forwarded-For the last entry.
PROXIES = configuration.names(
    "ASSAY_PROXIES", check=configuration.is_network, example="127.0.0.1,172.16.0.0/12"
)
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if PROXIES else 0
email_url = configuration.address(
    "ASSAY_EMAIL_URL",
    schemes=("smtp", "smtp+tls", "smtp+ssl", "consolemail"),
    example="smtp+tls://user:password@mail.example.com:587",
    default="consolemail://log" if ASSAY_DEBUG else "",
)
if email_url.startswith("consolemail") and not ASSAY_DEBUG:
    raise ImproperlyConfigured(
        "ASSAY_EMAIL_URL is consolemail, which would write links for new passwords to the log. "
        "Leave it empty, and nobody can ask for one by mail, or name a mail server."
    )
# Without a mail server nobody can ask for a new password, and the pages say so.
MAIL_CONFIGURED = bool(email_url)
MFA_ALLOW_UNVERIFIED_EMAIL = not MAIL_CONFIGURED
EMAIL_TIMEOUT = 10
vars().update(environ.Env.email_url_config(email_url or "dummymail://none"))
DEFAULT_FROM_EMAIL = configuration.text("ASSAY_EMAIL_FROM", default="assay@localhost")

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
FORMAT_MODULE_PATH = "screener.words"
LOCALE_PATHS = [BASE_DIR / "screener" / "locale"]
USE_I18N = True
TIME_ZONE = "UTC"
USE_TZ = True

# Static files ------------------------------------------------------------------

STATIC_URL = "static/"
STATIC_ROOT = STATE_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if ASSAY_DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = ASSAY_DEBUG

# Security ----------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
HTTPS_ONLY = configuration.flag("ASSAY_HTTPS_ONLY", default=not ASSAY_DEBUG)
SECURE_SSL_REDIRECT = HTTPS_ONLY
# Health checks ask the server itself, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS_ONLY
# A cookie of this prefix is taken from this host alone, and over TLS alone.
COOKIE_PREFIX = "__Host-" if HTTPS_ONLY else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
CSRF_COOKIE_HTTPONLY = True
KNOWN_BROWSER_COOKIE_NAME = f"{COOKIE_PREFIX}known-browser"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS_ONLY else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS_ONLY
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None

# A clamd that looks at each file that is sent, before anything reads it; "" for none.
ANTIVIRUS_ADDRESS = configuration.address(
    "ASSAY_ANTIVIRUS_URL", schemes=("tcp", "unix"), example="unix:///run/clamav/clamd.ctl"
)

# Logs --------------------------------------------------------------------------

LOG_LEVEL = configuration.choice(
    "ASSAY_LOG_LEVEL", default="INFO", of=("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
)
LOGGING = logs.configure(readable=ASSAY_DEBUG, level=LOG_LEVEL)
DJANGO_STRUCTLOG_CELERY_ENABLED = True
DJANGO_STRUCTLOG_CELERY_DEFAULT_LOG_LEVEL = DJANGO_STRUCTLOG_STATUS_START_LOG_LEVEL = 10  # debug
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False

# The product -------------------------------------------------------------------

ASSAY_POSITION_USD = configuration.whole_number(
    "ASSAY_POSITION_USD", default=5_000, low=1, high=1_000_000_000
)


def size_tiers() -> TierLimits:
    """The limits of the size tiers: the checklist's, or the operator's of tokens, of shares, or of both."""
    own = {}
    for kind, name in ((TOKEN, "ASSAY_TIERS_TOKEN"), (EQUITY, "ASSAY_TIERS_EQUITY")):
        if told := configuration.text(name):
            try:
                own[kind] = read_limits(told)
            except TierLimitsError as error:
                raise ImproperlyConfigured(
                    f"{name} is {told!r}: {error} Write rising limits of market cap in US dollars for micro, "
                    "small and mid, and for nano where there is one: nano:50m,micro:300m,small:2b,mid:10b."
                ) from None
    return OF_CHECKLIST.with_own(own, whose=Whose.OPERATOR)


ASSAY_TIERS = size_tiers()
# The providers that may be asked without a person's order, as far as their free calls reach.
ASSAY_REFRESH = configuration.names(
    "ASSAY_REFRESH", check=str.isidentifier, example="coingecko,geckoterminal", default="sandbox"
)
# How many days the providers' answers are kept word for word; 0 keeps them for ever.
ASSAY_PAYLOAD_DAYS = configuration.whole_number("ASSAY_PAYLOAD_DAYS", default=0, low=0, high=36_500)
# How many days scorecards, unread answers and ended steps are kept in full; 0 keeps them for ever.
ASSAY_SCORECARD_DAYS = configuration.whole_number("ASSAY_SCORECARD_DAYS", default=0, low=0, high=36_500)
ASSAY_OBSERVATION_DAYS = configuration.whole_number("ASSAY_OBSERVATION_DAYS", default=0, low=0, high=36_500)
ASSAY_STEP_DAYS = configuration.whole_number("ASSAY_STEP_DAYS", default=90, low=0, high=36_500)
ASSAY_SANDBOX_ASSETS = configuration.whole_number("ASSAY_SANDBOX_ASSETS", default=600, low=0, high=1_000_000)
