"""The figures of an archive by name, as the importer reports them and the expectations of the samples hold them."""

from __future__ import annotations

from collections import Counter
from typing import Any

from kith.archive.reading.model import Archive

Facts = dict[str, Any]


def facts(archive: Archive) -> Facts:
    """JSON-ready figures; a kind of deed whose file is missing is missing here too, and None is unknown."""
    told: Facts = {
        "connections": _connections(archive),
        "invitations": _invitations(archive),
        "messages": _messages(archive),
        "endorsements": _endorsements(archive),
        "recommendations": {
            "received": sum(one.received for one in archive.recommendations),
            "given": sum(not one.received for one in archive.recommendations),
        },
        "people": _people(archive),
    }
    present = {report.key for report in archive.files if report.state in ("read", "empty")}
    if "shares" in present:
        told["shares"] = _shares(archive)
    if "comments" in present:
        told["comments"] = _comments(archive)
    if "reactions" in present:
        told["reactions"] = _reactions(archive)
    if present & {"memberfollows", "companyfollows", "hashtagfollows"}:
        follows = archive.counted.get("follows", {})
        told["follows"] = {
            "members": follows.get("members", 0) if "memberfollows" in present else None,
            "companies": follows.get("companies", 0) if "companyfollows" in present else None,
            "hashtags": follows.get("hashtags", 0) if "hashtagfollows" in present else None,
        }
    if present & {"contacts", "importedcontacts"}:
        told["address_book"] = {
            "rows": len(archive.address_book),
            "matching_a_connection_by_email": sum(entry.person is not None for entry in archive.address_book),
        }
    return told


def _connections(archive: Archive) -> Facts:
    counted = archive.counted.get("connections", {})
    days = [one.connected_on.isoformat() for one in archive.connections if one.connected_on]
    names = (
        "rows",
        "named",
        "hidden_date_only_rows",
        "with_email",
        "without_position",
        "percent_encoded_urls",
    )
    told: Facts = {name: counted.get(name, 0) for name in names}
    told["first_connected_on"] = min(days, default=None)
    told["last_connected_on"] = max(days, default=None)
    told["same_name_different_person"] = sorted(
        [*name.split("\t"), *(archive.people[key].slug or "" for key in keys)]
        for name, keys in archive.counted.get("homonyms", {}).items()
    )
    return told


def _invitations(archive: Archive) -> Facts:
    connected = _connected(archive)
    counted = archive.counted.get("invitations", {})
    told: Facts = {"rows": counted.get("rows", 0), "with_note": {}}
    for side, is_outgoing in (("outgoing", True), ("incoming", False)):
        those = [one for one in archive.invitations if one.outgoing == is_outgoing]
        accepted = sum(one.person in connected for one in those)
        told[side], told[f"{side}_accepted"], told[f"{side}_pending"] = (
            len(those),
            accepted,
            len(those) - accepted,
        )
        told["with_note"][side] = sum(bool(one.note) for one in those)
    sent = [one.sent_at.strftime("%Y-%m-%d %H:%M") for one in archive.invitations if one.sent_at]
    told["first_sent_utc"], told["last_sent_utc"] = min(sent, default=None), max(sent, default=None)
    decoded = "accepted_only_found_after_percent_decoding"
    told[decoded] = counted.get(decoded, 0)
    return told


def _messages(archive: Archive) -> Facts:
    counted = archive.counted.get("messages", {})
    told: Facts = {
        name: counted.get(name) for name in ("rows", "exact_duplicate_rows", "drafts", "multiline")
    }
    told["rows"] = told["rows"] or 0
    told["sender_without_url"] = counted.get("sender_without_url")
    told["with_attachment"] = counted.get("with_attachment")  # None before the file had the column
    mine: set[int] = set()
    others: set[int] = set()
    folders: dict[str, set[int]] = {"SPAM": set(), "ARCHIVE": set()}
    for message in archive.messages:
        (mine if message.from_owner else others).add(message.thread)
        if message.folder in folders:
            folders[message.folder].add(message.thread)
    told["threads"] = len(archive.threads)
    told["with_reply"] = len(mine & others)
    told["only_owner_wrote"], told["only_others_wrote"] = len(mine - others), len(others - mine)
    told["group"] = sum(thread.is_group for thread in archive.threads)
    told["sponsored"] = sum(thread.is_sponsored for thread in archive.threads)
    told["spam"], told["archive"] = len(folders["SPAM"]), len(folders["ARCHIVE"])
    return told


def _endorsements(archive: Archive) -> Facts:
    received = [one for one in archive.endorsements if one.received]
    return {
        "received": len(received),
        "received_accepted": sum(one.status == "ACCEPTED" for one in received),
        "given": len(archive.endorsements) - len(received),
    }


def _shares(archive: Archive) -> Facts:
    shares = [deed for deed in archive.deeds if deed.kind == "share"]
    return {
        "rows": archive.counted.get("shares", {}).get("rows", 0),
        "without_text": sum(not deed.text for deed in shares),
        "multiline": sum("\n" in deed.text for deed in shares),
        "in_groups": sum(bool(deed.detail["in_group"]) for deed in shares),
    }


def _comments(archive: Archive) -> Facts:
    comments = [deed for deed in archive.deeds if deed.kind == "comment"]
    styles = archive.counted.get("comment_styles", {})
    style = "backslash" if styles.get("backslash") else "raw" if styles.get("raw") else "rfc"
    return {
        "rows": archive.counted.get("comments", {}).get("rows", 0),
        "multiline": sum("\n" in deed.text for deed in comments),
        "with_quote": sum('"' in deed.text for deed in comments),
        "style": style,
    }


def _reactions(archive: Archive) -> Facts:
    reactions = [deed for deed in archive.deeds if deed.kind == "reaction"]
    return {
        "rows": archive.counted.get("reactions", {}).get("rows", 0),
        "by_type": dict(Counter(deed.detail["type"] for deed in reactions)),
        "on_comments": sum(bool(deed.detail["on_comment"]) for deed in reactions),
    }


def _people(archive: Archive) -> Facts:
    """Who is connected or invited, by slug, or by a name that one of them bears."""
    told: dict[int, Facts] = {}
    for connection in archive.connections:
        if connection.person is not None:
            on = connection.connected_on
            told[connection.person] = {
                "name": archive.people[connection.person].name,
                "connected_on": on.isoformat() if on else None,
            }
    connected = set(told)
    for invitation in archive.invitations:
        person = told.setdefault(invitation.person, {"name": archive.people[invitation.person].name})
        person["invitation"] = "outgoing" if invitation.outgoing else "incoming"
        person["accepted"] = invitation.person in connected
    for thread in archive.threads:
        for key in thread.people:
            if key in told:
                told[key]["threads"] = told[key].get("threads", 0) + 1
    for endorsement in archive.endorsements:
        if endorsement.received and endorsement.person in told:
            told[endorsement.person]["endorsed_owner"] = told[endorsement.person].get("endorsed_owner", 0) + 1
    return _under_their_names(archive, told, connected)


def _under_their_names(archive: Archive, told: dict[int, Facts], connected: set[int]) -> Facts:
    """By slug; without one by name, connections first, and nobody under a name that two of them bear."""
    named: Facts = {}
    for those in (connected, told.keys() - connected):
        keys = [key for key in told if key in those]
        names = Counter(archive.people[key].name for key in keys)
        for key in keys:
            person = archive.people[key]
            if person.slug or names[person.name] == 1:
                named.setdefault(person.slug or person.name, told[key])
    return named


def _connected(archive: Archive) -> set[int]:
    return {one.person for one in archive.connections if one.person is not None}
