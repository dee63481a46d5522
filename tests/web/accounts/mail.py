"""Reading the letters an account gets."""

import re

from django.test import Client

from kith.core.models import Letter

CODE = re.compile(r"\b[B-Z]{4}-[B-Z]{4}\b")
GOOD = "a quiet river bends"  # a password that passes


def letters_to(email: str) -> list[Letter]:
    return list(Letter.objects.filter(to=email).order_by("id"))


def code_for(email: str) -> str:
    """The code of the newest letter."""
    found = CODE.search(letters_to(email)[-1].text)
    assert found, letters_to(email)[-1].text
    return found.group()


def sign_in_by_code(client: Client, email: str) -> None:
    assert client.post("/sign-in/", {"login": email}).url == "/sign-in/code/"
    client.post("/sign-in/code/", {"code": code_for(email)})


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session
