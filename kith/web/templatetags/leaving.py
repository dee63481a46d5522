"""Ties of another house, and the files of a copy, in words."""

from typing import Any

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.archive.models import KeptTie

register = template.Library()


@register.filter
def tie_words(tie: KeptTie) -> str:
    """One line about a tie that came along."""
    said: dict[str, Any] = tie.line
    name = str(said.get("name") or said.get("email") or said.get("label") or "")[:200]
    words = {
        "addresses": _("Your address there: %(name)s"),
        "blocks": _("You had blocked %(name)s"),
        "browsers": _("You were signed in with %(browser)s"),
        "exports_brought_in": _("You brought in %(file)s"),
        "host_fields": _("The host noted %(name)s: %(value)s"),
        "join_links": _("You made a join link for %(name)s") if name else _("You made a join link"),
        "join_request": _("You asked to be let in: %(reason)s"),
        "keys": _("A key of yours: %(type)s"),
        "notices": _("A notice about %(name)s: %(kind)s") if name else _("A notice: %(kind)s"),
        "restrictions": _("The host held you back: %(reason)s"),
        "roster": _("You stood on the host’s roster as %(name)s"),
        "connections": _("You were connected with %(name)s"),
        "invitations_sent": _("You invited %(name)s: %(state)s"),
        "invitations_received": _("%(name)s invited you"),
        "invitation_words": _("A word about an invitation: %(text)s"),
        "following": _("You followed %(name)s"),
        "followers": _("%(name)s followed you"),
        "audit": _("The log of the house: %(verb)s"),
    }.get(tie.kind, tie.kind)
    spoken = {key: str(value)[:300].replace("_", " ") for key, value in said.items() if value is not None}
    return words % _Blank(spoken | {"name": name, "file": said.get("file_name", "")})


class _Blank(dict[str, Any]):
    """A word that is missing is left out."""

    def __missing__(self, key: str) -> str:
        return ""


@register.filter
def rows_in_words(counts: dict[str, int]) -> list[tuple[str, int]]:
    """The lines of a copy by what people call them, biggest matters first."""
    found: list[tuple[str, int]] = []
    for path, words in _WORDS.items():
        count = counts.get(path, 0)
        if count:
            found.append((words(count), count))
    ties = sum(count for path, count in counts.items() if path.startswith("ties/"))
    if ties:
        found.append((_("ties, to read"), ties))
    return found


@register.filter
def came_in(counts: dict[str, dict[str, int]]) -> list[tuple[str, dict[str, int]]]:
    """What became of each kind of line: words, and how many were added and left out."""
    found = [(words(2), counts[path]) for path, words in _WORDS.items() if path in counts]
    for beginning, words in (("mine/", _("other things of yours")), ("ties/", _("ties, to read"))):
        rest = [count for path, count in counts.items() if path.startswith(beginning) and path not in _WORDS]
        if rest:
            found.append((words, {key: sum(count[key] for count in rest) for key in ("added", "left")}))
    return [(words, count) for words, count in found if count["added"] or count["left"]]


_WORDS = {
    "mine/contacts.jsonl": lambda n: ngettext("contact", "contacts", n),
    "mine/talks.jsonl": lambda n: ngettext("talk", "talks", n),
    "mine/notes.jsonl": lambda n: ngettext("note", "notes", n),
    "mine/imports.jsonl": lambda n: ngettext("import", "imports", n),
    "mine/threads.jsonl": lambda n: ngettext("conversation", "conversations", n),
    "mine/past_messages.jsonl": lambda n: ngettext("message", "messages", n),
    "mine/past_invitations.jsonl": lambda n: ngettext("invitation", "invitations", n),
    "mine/deeds.jsonl": lambda n: ngettext("thing you did", "things you did", n),
    "mine/positions.jsonl": lambda n: ngettext("position", "positions", n),
    "mine/education.jsonl": lambda n: ngettext("school", "schools", n),
    "mine/specialties.jsonl": lambda n: ngettext("specialty", "specialties", n),
    "mine/skills.jsonl": lambda n: ngettext("skill", "skills", n),
    "mine/desk_answers.jsonl": lambda n: ngettext("answer on Today", "answers on Today", n),
    "mine/desk_cards.jsonl": lambda n: ngettext("card answered", "cards answered", n),
}
