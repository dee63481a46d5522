"""Payloads in every text field of every model that pages show: nothing runs, nothing is reported (G19, b39, b40)."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from playwright.sync_api import Page

from kith.core.mail import send_letter
from kith.core.models import Letter
from kith.members.models import Member
from tests.browser.payloads import PAYLOADS, variants
from tests.safety.world import World, make_world

LONGEST = 25_000
KEPT = re.compile(
    r"key|hash|token|_id$|public_id|handle|email|kind|slug$|precision|state|channel|choice|verb|event|level|audience|url$|file$|step$"
)
SURFACES = [
    "/today/", "/contacts/", "/contacts/{contact}/", "/contacts/{contact}/edit/", "/contacts/{contact}/merge/", "/bring-in/",
    "/bring-in/{run}/", "/report/", "/contacts/back-fill/", "/people/", "/people/{handle}/", "/people/{handle}/?as=web",
    "/profile/skills/", "/profile/positions/", "/profile/links/", "/profile/summary/", "/notices/", "/announcements/{announcement}/",
    "/settings/", "/settings/blocked/", "/welcome/", "/leave/", "/profile/fill/", "/host/", "/host/members/", "/host/roster/",
    "/host/members/{host}/", "/host/invitations/", "/host/announcements/", "/host/brand/", "/host/settings/", "/host/organisations/",
    "/host/audit/", "/outbox/", "/outbox/{letter}/", "/contacts/?q={payload}", "/people/?q={payload}", "/nothing/{payload}/",
]  # fmt: skip


def text_fields(model: type[models.Model]) -> Iterator[Any]:
    """Fields of a model in which people's words stand, whatever their length."""
    for found in model._meta.concrete_fields:
        free = (
            isinstance(found, models.CharField | models.TextField) and not found.choices and not found.unique
        )
        if free and not found.primary_key and not KEPT.search(found.name) and not found.is_relation:
            yield found


def poison(payloads: list[str]) -> int:
    """Put payloads into every text field of every row; says how many fields."""
    filled = 0
    for model in apps.get_models():
        if not model.__module__.startswith("kith.") or model._meta.label in (
            "core.HostSetting",
            "members.AuditEntry",
        ):
            continue
        fields = list(text_fields(model))
        for row in model._default_manager.all():
            for found in fields:
                text = payloads[filled % len(payloads)]
                length = min(found.max_length or LONGEST, LONGEST)
                if isinstance(found, models.TextField):
                    text = "\n".join(payloads)
                setattr(row, found.attname, text[:length])
                filled += 1
            if fields:
                model._default_manager.filter(pk=row.pk).update(
                    **{f.attname: getattr(row, f.attname) for f in fields}
                )
    return filled


@pytest.fixture
def poisoned(stored: None) -> Iterator[tuple[World, dict[str, str]]]:
    world = make_world(7)
    host = Member.objects.get(pk=world.host.pk)
    mails = "\n".join(PAYLOADS)
    letter = send_letter(
        "a@example.org", PAYLOADS[0], mails, "".join(f"<p>{payload}</p>" for payload in PAYLOADS)
    )
    assert poison(PAYLOADS) > 300
    Letter.objects.filter(pk=letter.pk).update(html="".join(PAYLOADS))
    label = {
        "contact": "contacts.Contact", "run": "contacts.ImportRun", "announcement": "notifications.Announcement",
    }  # fmt: skip
    named = {}
    for name, model in label.items():
        rows = apps.get_model(model)._default_manager.all()
        own = rows.filter(owner=host) if name != "announcement" else rows
        named[name] = own.first().public_id if own.exists() else "none"
    named |= {"handle": world.members[1].handle, "host": host.public_id, "letter": letter.public_id}
    yield world, named


def watch(page: Page) -> list[str]:
    """What ran or was refused: dialogs, errors, reports of the policy, requests to elsewhere."""
    heard: list[str] = []
    page.on("dialog", lambda dialog: (heard.append(f"ran: {dialog.message}"), dialog.dismiss()))
    page.on("pageerror", lambda error: heard.append(f"error: {error}"))
    page.on(
        "request",
        lambda asked: (
            heard.append(f"asked: {asked.url}")
            if "//localhost" not in asked.url and not asked.url.startswith("data:")
            else None
        ),
    )

    def hear(said: str) -> None:  # a builtin method cannot be exposed
        heard.append(said)

    page.expose_function("kithHeard", hear)
    page.add_init_script(
        "document.addEventListener('securitypolicyviolation', (e) => kithHeard(`report: ${e.violatedDirective} ${e.blockedURI} ${e.sample}`));"
    )
    return heard


def visit(page: Page, named: dict[str, str], payload: str, heard: list[str]) -> list[str]:
    from urllib.parse import quote

    wrong, seen = [], 0
    for surface in SURFACES:
        answer = page.goto(surface.format(payload=quote(payload, safe=""), **named))
        page.wait_for_timeout(30)
        seen += answer is not None and answer.status == 200
        if page.evaluate("typeof window.kithRan !== 'undefined'"):
            wrong.append(f"{surface}: ran")
        wrong += [f"{surface}: {what}" for what in heard]
        heard.clear()
        assert answer is not None
        assert answer.status < 500, surface
    assert seen >= 25
    return wrong


@pytest.mark.thorough
def test_no_payload_in_any_field_runs_on_any_page(
    page: Page, as_member: Callable[[Member], None], poisoned: tuple[World, dict[str, str]]
) -> None:
    world, named = poisoned
    as_member(Member.objects.get(pk=world.host.pk))
    heard = watch(page)
    assert visit(page, named, PAYLOADS[0], heard) == []
    print(f"{len(PAYLOADS)} payloads on {len(SURFACES)} surfaces: nothing ran")


@pytest.mark.slow
def test_none_of_five_hundred_variants_runs(
    page: Page, as_member: Callable[[Member], None], poisoned: tuple[World, dict[str, str]]
) -> None:
    world, named = poisoned
    as_member(Member.objects.get(pk=world.host.pk))
    heard, every, wrong = watch(page), variants(), []
    assert len(every) >= 500
    for start in range(0, len(every), 60):
        poison(every[start : start + 60])
        wrong += visit(page, named, every[start], heard)
    assert wrong == []
