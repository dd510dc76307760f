"""Settings common to every environment. What may differ comes from the environment (see README)."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from config import env

BASE_DIR = Path(__file__).resolve().parents[3]
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = False
SECRET_KEY = env.text("SECRET_KEY")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost")
PUBLIC_BASE_URL = env.text("PUBLIC_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", PUBLIC_BASE_URL)

INSTALLED_APPS = [
    "accounts",
    "stories.units",
    "media",
    "stories.moderation",
    "stories.pages",
    "stories.releases",
    "stories.website",
    "stories.press",
    "search",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "modelsearch",
    "taggit",
    "ninja",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "config.middleware.policies",
    "config.middleware.maintenance",
    "config.middleware.no_null_in_path",
    "media.uploads.refuse_long_bodies",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "search.asked.watch_followed",
    "config.middleware.who_is_there",
    "media.stores.answers.tell_when_down",
]
SIGN_IN_MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "accounts.onscreen.middleware",
]
# Read without signing in, whoever asks; an address that isn't here only takes a little longer.
ANONYMOUS_PATHS = (
    "/api/",
    "/phu-nu-dat-to/",
    "/dien-hinh/",
    "/luu-tru/",
    "/don-vi/",
    "/chu-de/",
    "/gioi-thieu/",
    "/anh/",
    "/chia-se/",
    "/id/",
)

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.User"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DATABASES = {
    "default": env.database(env.text("DATABASE_URL", f"sqlite:///{VAR_DIR / 'guong-sang.sqlite3'}"))
}

# Rendered public pages: each process keeps its own; the ledger tells it which are still true.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
    # Drawn for messengers, some 60 kB each.
    "share_pictures": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "share_pictures",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 100},
    },
    # Wagtail would keep renditions of transactions that were undone, and each process its own.
    "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
AUTHENTICATION_BACKENDS = ["accounts.backends.Backend"]
LOGIN_URL = "wagtailadmin_login"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Tiếng Việt"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_URL = "/tep/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    # MEDIA_ROOT, or a bucket of an S3-compatible server
    "default": env.storage(
        bucket_name=env.text("S3_BUCKET"),
        endpoint_url=env.text("S3_ENDPOINT_URL"),
        access_key=env.text("S3_ACCESS_KEY"),
        secret_key=env.text("S3_SECRET_KEY"),
        region_name=env.text("S3_REGION"),
    ),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
MAX_BODY_SIZE = 60 * 1024 * 1024  # of any request: the largest document and the form around it
FILE_UPLOAD_HANDLERS = ["media.uploads.MemoryHandler", "media.uploads.DiskHandler"]
# Pictures sent in parts (media/resumable): what a user may leave unfinished, and for how long
UPLOAD_QUOTA = int(env.text("UPLOAD_QUOTA_MB", "600")) * 1024 * 1024
UPLOAD_COUNT = 200
UPLOAD_KEPT = timedelta(days=7)
FILE_UPLOAD_TEMP_DIR = None  # the system's; uploads longer than 2.5 MB pass through it

# Virus check of uploads: the address of a ClamAV daemon, or nothing
CLAMAV_ADDRESS = env.text("CLAMAV_ADDRESS")
CLAMAV_REQUIRED = env.flag("CLAMAV_REQUIRED", True)

EMAIL_BACKEND = env.text("EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = int(env.text("EMAIL_PORT", "25"))
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Gương sáng Đất Tổ <guong-sang@localhost>")

# Wagtail
WAGTAIL_SITE_NAME = "Gương sáng Đất Tổ"
WAGTAILADMIN_BASE_URL = PUBLIC_BASE_URL
WAGTAIL_I18N_ENABLED = False
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]
WAGTAILADMIN_NOTIFICATION_INCLUDE_SUPERUSERS = False
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAILIMAGES_IMAGE_MODEL = "media.Picture"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 30 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 50_000_000
WAGTAILIMAGES_IMAGE_FORM_BASE = "media.forms.PictureForm"
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp", "heic", "heif"]
WAGTAILDOCS_DOCUMENT_MODEL = "media.File"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "media.forms.DocumentForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 50 * 1024 * 1024
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "odt", "txt", "jpg", "png"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
MODELSEARCH_BACKENDS = {"default": {"BACKEND": "search.staff_search"}}
WAGTAIL_FINISH_WORKFLOW_ACTION = "stories.moderation.finish.publish_approved"
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = True
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILADMIN_COMMENTS_ENABLED = True
WAGTAIL_PASSWORD_RESET_ENABLED = True

# People (see media/people/)
CONSENT_CONTACT = env.text("CONSENT_CONTACT")
PURGE_AFTER_DAYS = int(env.text("PURGE_AFTER_DAYS", "90"))  # what is withdrawn for good

# Webhooks and WebSub (see stories/press/outgoing/): for a trial within one's own network
WEBHOOK_PRIVATE_ADDRESSES = env.flag("WEBHOOK_PRIVATE_ADDRESSES", False)
WEBHOOK_PLAIN_HTTP = env.flag("WEBHOOK_PLAIN_HTTP", False)
# Requests that one process holds for the feed (stories/press/waiting.py): at most half its threads
PRESS_WAITING = int(env.text("PRESS_WAITING", "4"))
PRESS_TOLD_AT_ONCE = True  # by a thread after each release; else by the next `press_round`

# Other front ends (see stories/website/headless/): where drafts are previewed, for how long
HEADLESS_PREVIEW_URL = env.text("HEADLESS_PREVIEW_URL")
HEADLESS_PREVIEW_HOURS = int(env.text("HEADLESS_PREVIEW_HOURS", "24"))

# The archive (see search/), and what answers the website's few questions to it
WEBSITE_ARCHIVE = "search.for_website"
ARCHIVE_ENGINE = env.text("ARCHIVE_ENGINE", "embedded")
ARCHIVE_INDEX_PATH = Path(env.text("ARCHIVE_INDEX_PATH", str(VAR_DIR / "archive.sqlite3")))
ELASTICSEARCH_URL = env.words("ELASTICSEARCH_URL", "http://127.0.0.1:9200")
ELASTICSEARCH_API_KEY = env.text("ELASTICSEARCH_API_KEY")
ELASTICSEARCH_INDEX = env.text("ELASTICSEARCH_INDEX", "guong-sang")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"without_keys": {"()": "config.logs.WithoutKeys"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["without_keys"],
        }
    },
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
    "loggers": {
        "wagtail": {"level": "WARNING"},
        "django_tasks": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
        "elastic_transport": {"level": "ERROR"},  # each request; what fails is told by the engine
        # The trial server's request lines: by our handler, so that keys are taken out of them too.
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
