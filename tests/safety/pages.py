"""Walking every page: routes, forms as pages draw them, what of an answer is chance."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.db import IntegrityError, connection, transaction
from django.http import HttpResponse
from django.urls import URLPattern

from kith.core.refusal import Refused
from tests.web.permissions import MATRIX, Row
from tests.web.test_permissions import routes

__all__ = ["Form", "chanceless", "forms_of", "tables_holding", "walk"]

CHANCE = [
    (re.compile(rb'(name="csrfmiddlewaretoken" value=")[^"]*'), rb"\1-"),
    (re.compile(rb'("X-CSRFToken": ")[^"]*'), rb"\1-"),
    (re.compile(rb'(name="once" value=")[^"]*'), rb"\1-"),
    (re.compile(rb'(name="until" value=")[^"]*'), rb"\1-"),  # the moment a list was drawn
    (re.compile(rb"(The number to name: )\w+"), rb"\1-"),
]


def walk(addresses: Callable[[URLPattern], str]) -> Iterator[tuple[URLPattern, Row, str]]:
    """Every route with its row and an address; one that lacks them fails the permission matrix, not each walk."""
    for route in sorted(routes(), key=lambda route: route.name or ""):
        try:
            with transaction.atomic():
                address = addresses(route)
        except (KeyError, IntegrityError, Refused):
            continue
        if route.name in MATRIX:
            yield route, MATRIX[route.name], address


def chanceless(response: HttpResponse) -> bytes:
    """The body without tokens that differ between any two answers."""
    content = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    for pattern, plain in CHANCE:
        content = pattern.sub(plain, content)
    return content


@dataclass
class Form:
    """A form as a page draws it: where it is sent, and what it holds before anybody types."""

    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)
    typed: list[str] = field(default_factory=list)
    has_files: bool = False


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.forms = address, list[Form]()
        self.open: Form | None = None
        self.text_of: str | None = None
        self.choice_of: str | None = None

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attributes}
        if tag == "form":
            self.open = Form(said.get("action") or self.address, said.get("method", "get").lower())
            self.forms.append(self.open)
        if self.open is None:
            return
        name, kind = said.get("name", ""), said.get("type", "text").lower()
        if tag == "input" and name:
            if kind == "file":
                self.open.has_files = True
            elif kind not in ("checkbox", "radio") or "checked" in said:
                self.open.fields[name] = said.get("value", "on" if kind == "checkbox" else "")
                if kind not in ("checkbox", "radio") and name not in ("csrfmiddlewaretoken", "once"):
                    self.open.typed.append(name)
            elif kind == "radio":
                self.open.fields.setdefault(name, said.get("value", ""))
        elif tag == "button" and name:
            self.open.fields.setdefault(name, said.get("value", ""))
        elif tag == "textarea" and name:
            self.open.fields[name], self.text_of = "", name
            self.open.typed.append(name)
        elif tag == "select" and name:
            self.choice_of = name
            self.open.fields.setdefault(name, "")
        elif (
            tag == "option"
            and self.choice_of
            and ("selected" in said or not self.open.fields[self.choice_of])
        ):
            self.open.fields[self.choice_of] = said.get("value", "")

    def handle_data(self, data: str) -> None:
        if self.open is not None and self.text_of:
            self.open.fields[self.text_of] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.text_of = None
        elif tag == "select":
            self.choice_of = None
        elif tag == "form":
            self.open = None


def forms_of(response: HttpResponse, address: str) -> Iterator[Form]:
    """The forms of a page."""
    if not response.get("Content-Type", "").startswith("text/html") or response.status_code != 200:
        return
    reader = _Reader(address)
    reader.feed(response.content.decode())
    yield from reader.forms


def tables_holding(mark: str) -> list[str]:
    """The tables with a row that holds this text anywhere; one round trip."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        parts = " UNION ALL ".join(
            f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM \"{name}\" AS held WHERE held::text LIKE %s)"
            for name in names
        )
        cursor.execute(parts, [f"%{mark}%"] * len(names))
        return [name for (name,) in cursor.fetchall()]
