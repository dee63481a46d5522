"""Suggestions on the page of people."""

from collections.abc import Callable

import pytest
from django.test import Client

from kith.members.models import Member
from kith.network.actions.connections import connect

pytestmark = pytest.mark.django_db


def test_a_suggestion_says_why_and_goes_for_good(
    ada: Member, bo: Member, mal: Member, signed_in: Callable[[Member], Client]
) -> None:
    connect(ada, bo)
    connect(bo, mal)
    browser = signed_in(ada)
    page = browser.get("/people/").text
    assert "You may know" in page and "You both know Bo Ferreira." in page
    assert "You may know" not in browser.get("/people/?q=mal").text
    gone = browser.post(f"/people/{mal.handle}/not-suggested/", headers={"HX-Request": "true"})
    assert (gone.status_code, gone.content) == (200, b"")
    assert "You may know" not in browser.get("/people/").text
