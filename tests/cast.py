"""The cast: Ada and Bo are members, Mal means no good, Hana hosts."""

from collections.abc import Callable

import pytest
from django.test import Client

from kith.members.actions import join
from kith.members.models import Member

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def ada(db: None) -> Member:
    return join(email="ada@example.org", name="Ada Lund")


@pytest.fixture
def bo(db: None) -> Member:
    return join(email="bo@example.org", name="Bo Ferreira")


@pytest.fixture
def mal(db: None) -> Member:
    return join(email="mal@example.org", name="Mal Grey")


@pytest.fixture
def hana(db: None) -> Member:
    return join(email="hana@example.org", name="Hana Okafor", as_host=True)


@pytest.fixture
def signed_in() -> Callable[[Member], Client]:
    """A browser of this member's."""

    def sign_in(member: Member) -> Client:
        client = Client()
        client.force_login(member, backend=BACKEND)
        return client

    return sign_in
