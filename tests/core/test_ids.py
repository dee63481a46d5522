"""Ids and handles."""

import re

import pytest

from kith.core.ids import ALPHABET, LENGTH, lookalikes, public_id
from kith.members.actions import join


def test_ids_are_long_and_hold_no_signs_people_mistake() -> None:
    found = {public_id() for _ in range(1_000)}
    assert len(found) == 1_000
    assert all(len(one) == LENGTH and set(one) <= set(ALPHABET) for one in found)
    assert not set("0o1li") & set(ALPHABET)


@pytest.mark.parametrize(
    ("handle", "twin"),
    [
        ("bo-lund", "b0-1und"),
        ("b0-1und", "bo-lund"),
        ("mo", "rno"),
        ("corn", "com"),
        ("ewa", "evva"),
        ("a-b", "a_b"),
    ],
)
def test_handles_one_could_mistake_are_found(handle: str, twin: str) -> None:
    assert re.search(lookalikes(handle), twin)
    assert re.search(lookalikes(handle), handle)


@pytest.mark.parametrize(("handle", "other"), [("bo", "bo-lund"), ("bo", "ba"), ("a.b", "axb")])
def test_handles_that_differ_are_not(handle: str, other: str) -> None:
    assert not re.search(lookalikes(handle), other)


@pytest.mark.django_db
def test_nobody_gets_a_handle_one_could_take_for_anothers() -> None:
    first = join(email="a@example.org", name="Bo Lund")
    second = join(email="b@example.org", name="B0 1und")
    assert first.handle == "bo-lund"
    assert second.handle.startswith("b0-1und-")
