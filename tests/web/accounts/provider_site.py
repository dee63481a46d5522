"""A real identity provider in a process of its own: allauth's, over SQLite; run with a folder and a port."""

import os
import sys
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, make_server

CLIENT, SECRET, PASSWORD = "kith", "a secret of the provider's", "a passphrase there"


class Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:
        pass


def configure(folder: Path) -> None:
    from cryptography.hazmat.primitives.asymmetric import rsa
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
    from django.conf import settings

    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    settings.configure(
        SECRET_KEY="only for this process and test",
        ALLOWED_HOSTS=["localhost"],
        ROOT_URLCONF="tests.web.accounts.provider_urls",
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            "allauth",
            "allauth.account",
            "allauth.idp.oidc",
        ],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "allauth.account.middleware.AccountMiddleware",
        ],
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "provider.db")}},
        AUTHENTICATION_BACKENDS=["allauth.account.auth_backends.AuthenticationBackend"],
        LOGIN_URL="account_login",
        LOGIN_REDIRECT_URL="/",
        ACCOUNT_LOGIN_METHODS={"email"},
        ACCOUNT_SIGNUP_FIELDS=["email*", "password1*"],
        ACCOUNT_RATE_LIMITS=False,
        IDP_OIDC_PRIVATE_KEY=key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode(),
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],  # nothing here is worth guessing
        USE_TZ=True,
    )


def people(back: str) -> None:
    """Somebody new, somebody whose address is known here, and one the provider has not verified."""
    from allauth.account.models import EmailAddress
    from allauth.idp.oidc.models import Client
    from django.contrib.auth.hashers import make_password
    from django.contrib.auth.models import User

    for name, email, verified in (
        ("Dee Marsh", "dee@example.org", True),
        ("Ada Lund", "ada@example.org", True),
        ("Eve Stone", "eve@example.org", False),
    ):
        first, last = name.split()
        user = User.objects.create_user(
            email, email=email, password=PASSWORD, first_name=first, last_name=last
        )
        EmailAddress.objects.create(user=user, email=email, verified=verified, primary=True)
    client = Client(
        id=CLIENT, name="Kith", secret=make_password(SECRET), redirect_uris=back, skip_consent=True
    )
    client.scopes = client.default_scopes = "openid\nprofile\nemail"
    client.save()


def main() -> None:
    folder, port, back = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    sys.path.insert(0, os.getcwd())
    configure(folder)
    import django

    django.setup()
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    call_command("migrate", verbosity=0)
    people(back)
    with make_server("localhost", port, get_wsgi_application(), handler_class=Quiet) as server:
        server.serve_forever()


if __name__ == "__main__":
    main()
