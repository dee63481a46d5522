"""One settings file: the environment decides, defaults serve a single machine (docs/configuration.md)."""

import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from kith.ops.exposure import refuse_exposure
from kith.ops.folders import data_folder
from kith.ops.postgres import embedded_url
from kith.ops.secrets import secret_key

BASE_DIR = Path(__file__).resolve().parent
DATA_DIR = data_folder()
SECRET_KEY = secret_key(DATA_DIR)
refuse_exposure(os.environ, SECRET_KEY)
DEBUG = os.environ.get("KITH_DEBUG") == "1"
PORT = int(os.environ.get("PORT", "8000"))
BIND = os.environ.get("KITH_BIND", "127.0.0.1")
BOUND_TO_LOOPBACK = BIND in ("127.0.0.1", "::1", "localhost")
ALLOWED_HOSTS = os.environ.get("KITH_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if host.strip("*")]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "csp",
    "procrastinate.contrib.django",
    "kith.core",
    "kith.members",
    "kith.notifications",
    "kith.contacts",
    "kith.network",
    "kith.profiles",
    "kith.trust",
    "kith.desk",
    "kith.archive",
    "kith.web",  # before allauth, whose pages it draws
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "kith.web.middleware.harden",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kith.web.middleware.keep_it_private",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "kith.web.middleware.refuse_unreadable",
    "kith.web.middleware.read_settings_once",
    "kith.web.middleware.know_the_viewer",
    "kith.web.middleware.refuse_huge",  # before the checks of views: CSRF's reads the form whole
    "kith.web.middleware.hold_back",
    "kith.web.middleware.explain_wrong_methods",
    "kith.web.middleware_once.answer_once",
]

ROOT_URLCONF = "kith.urls"
WSGI_APPLICATION = "kith.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ],
        },
    },
]


def _database(url: str) -> dict[str, object]:
    """Django's settings for a postgresql:// URL; `host` may come as a query (a socket folder)."""
    parts = urlsplit(url)
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    host = query.pop("host", None) or unquote(parts.hostname or "")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "kith",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or query.pop("port", "")),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}, **query},
    }


DATABASE_URL = os.environ.get("DATABASE_URL") or embedded_url(DATA_DIR)
DATABASES = {"default": _database(DATABASE_URL)}
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"

AUTH_USER_MODEL = "members.Member"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
    "kith.members.links.OneTimeLinkBackend",
]
LOGIN_URL = "front"
LOGIN_REDIRECT_URL = "today"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name", "handle")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Accounts are allauth's machinery under our adapters, forms and pages (kith.web.accounts).
ACCOUNT_ADAPTER = "kith.web.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "kith.web.accounts.forms.SignInForm",
    "signup": "kith.web.accounts.signing_up.SignUpForm",
    "add_email": "kith.web.accounts.forms.NewAddressForm",
    "request_login_code": "kith.web.accounts.forms.AskForCodeForm",
    "confirm_login_code": "kith.web.accounts.forms.LoginCodeForm",
    "confirm_email_verification_code": "kith.web.accounts.forms.AddressCodeForm",
    "confirm_password_reset_code": "kith.web.accounts.forms.ResetCodeForm",
    "reset_password": "kith.web.accounts.forms.AskForResetForm",
    "reset_password_from_key": "kith.web.accounts.forms.ResetPasswordForm",
    "change_password": "kith.web.accounts.forms.ChangePasswordForm",
    "set_password": "kith.web.accounts.forms.SetPasswordForm",
    "reauthenticate": "kith.web.accounts.forms.AgainForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_DISPLAY = "kith.web.accounts.adapter.name_of"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "front"
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False  # one budget over every door instead: kith.members.guesses
MFA_ADAPTER = "kith.web.accounts.second_step.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "kith.web.accounts.second_step.CodeForm",
    "reauthenticate": "kith.web.accounts.second_step.CodeAgainForm",
    "activate_totp": "kith.web.accounts.second_step.StartAppForm",
    "add_webauthn": "kith.web.accounts.second_step.AddPasskeyForm",
    "authenticate_webauthn": "kith.web.accounts.second_step.PasskeyForm",
    "reauthenticate_webauthn": "kith.web.accounts.second_step.PasskeyAgainForm",
    "login_webauthn": "kith.web.accounts.second_step.PasskeySignInForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
SOCIALACCOUNT_ADAPTER = "kith.web.accounts.provider.ProviderAdapter"
SOCIALACCOUNT_FORMS = {"signup": "kith.web.accounts.provider.ProviderSignUpForm"}
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = ""
OIDC_URL = os.environ.get("KITH_OIDC_URL", "")
PROVIDER_ORIGIN = ["{0.scheme}://{0.netloc}".format(urlsplit(OIDC_URL))] if OIDC_URL else []
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "provider",
                "name": os.environ.get("KITH_OIDC_NAME", "OpenID Connect"),
                "client_id": os.environ.get("KITH_OIDC_CLIENT", ""),
                "secret": os.environ.get("KITH_OIDC_SECRET", ""),
                "settings": {"server_url": OIDC_URL},
            }
        ]
        if OIDC_URL
        else [],
    }
}
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("KITH_PROXIES", "0"))
SILENCED_SYSTEM_CHECKS = [
    "auth.W004",  # an address is unique whatever its case, by a constraint
    "security.W005",  # hosts beside this one under the same domain may speak plain HTTP
    "security.W008",  # the proxy redirects; Kith itself is asked in plain HTTP by its own start
    "security.W021",  # whether a domain is preloaded is its owner's to say
]
ONE_TIME_LINK_SECONDS = 3 * 24 * 3600
SESSION_COOKIE_AGE = 30 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
BEHIND_HTTPS = os.environ.get("KITH_HTTPS") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_HTTPS
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # a toast survives a double click
if BEHIND_HTTPS:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 365 * 24 * 3600

X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        # A browser holds a form's redirects to this too, and signing in leads to the provider.
        "form-action": ["'self'", *PROVIDER_ORIGIN],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    },
}

PROCRASTINATE_IMPORT_PATHS = ["kith.demo.tasks"]  # the demo has no tables, so it is no app

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("KITH_TIME_ZONE", "UTC")
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "media"
UPLOADS_DIR = MEDIA_ROOT / "uploads"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if os.environ.get("KITH_TESTING") == "1" or DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
UPLOAD_MAX_BYTES = 500_000_000

EMAIL_BACKEND = "kith.core.mail.OutboxBackend"
MAIL_SERVER = os.environ.get("KITH_MAIL", "")  # smtp://user:password@host:587

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "kith.ops.logs.WordlessTraces",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "filters": {"hide_links": {"()": "kith.ops.logs.HideLinks"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["hide_links"]}
    },
    # Anybody can send a foreign Host header; a traceback for each would bury the rest.
    "loggers": {"django.security.DisallowedHost": {"level": "CRITICAL"}},
    "root": {"handlers": ["console"], "level": os.environ.get("KITH_LOG_LEVEL", "WARNING")},
}
