"""The host's browser, and a brand that does not outlive its test."""

import shutil
from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from kith.core.branding import folder
from kith.members.models import Member


@pytest.fixture
def console(hana: Member, signed_in: Callable[[Member], Client]) -> Client:
    """Hana's browser."""
    return signed_in(hana)


@pytest.fixture(autouse=True)
def own_brand() -> Iterator[None]:
    yield
    shutil.rmtree(folder(), ignore_errors=True)
