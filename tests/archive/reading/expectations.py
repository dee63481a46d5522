"""Compares what was read with what a sample's expectation says, for every key that the files can tell."""

from typing import Any

from kith.archive.reading import Archive

KEYS = (
    "connections", "invitations", "messages", "endorsements", "recommendations", "shares", "comments", "reactions",
    "follows", "address_book", "people",
)  # fmt: skip


def differences(expected: dict[str, Any], archive: Archive) -> list[str]:
    """Every figure that differs, as readable lines."""
    return figures_that_differ(expected, archive.facts()) + _texts(expected, archive)


def figures_that_differ(expected: dict[str, Any], facts: dict[str, Any]) -> list[str]:
    """The same for figures alone, wherever they were counted."""
    found: list[str] = []
    era, is_small = expected["era"], expected["connections"]["rows"] < 50
    for key in KEYS:
        if key in expected and key in facts:
            _compare(key, _tellable(key, expected, era, is_small), _untold(facts[key], key, era), found)
    return found


def _tellable(key: str, expected: dict[str, Any], era: int, is_small: bool) -> Any:
    """The part of an expectation that stands in the files of its era at all."""
    told = dict(expected[key])
    told.pop("decoded", None)
    if key == "connections":
        told["same_name_different_person"] = _names(told["same_name_different_person"], era)
    if key == "messages" and era in (2021, 2022, 2024):
        told.pop("with_attachment")  # the column came in 2025
    if key == "comments" and is_small:
        told.pop("style")  # no row that shows it
    if key == "people" and era in (2021, 2022):
        return _by_name(told)  # connections had no address then
    return told


def _untold(told: Any, key: str, era: int) -> Any:
    if key == "connections":
        told = {**told, "same_name_different_person": _names(told["same_name_different_person"], era)}
    if key == "people" and era in (2021, 2022):
        return _by_name(told)
    return told


def _names(homonyms: list[list[str]], era: int) -> Any:
    """Homonyms with their addresses in any order; without them where connections had none."""
    if era < 2024:
        return sorted((*names[:2], len(names)) for names in homonyms)
    return sorted((*names[:2], frozenset(names[2:])) for names in homonyms)


def _by_name(people: dict[str, Any]) -> Any:
    """Under the names only one connection bears: day and that is all an era without addresses can surely tell."""
    named: dict[str, list[Any]] = {}
    for person in people.values():
        if "connected_on" in person:
            named.setdefault(person["name"], []).append(person["connected_on"])
    return {name: days[0] for name, days in named.items() if len(days) == 1}


def _texts(expected: dict[str, Any], archive: Archive) -> list[str]:
    found: list[str] = []
    for kind in ("share", "comment"):
        wanted = expected.get(f"{kind}s", {}).get("decoded", [])
        read = [deed for deed in archive.deeds if deed.kind == kind]
        told = [
            {
                "urn": deed.urn,
                "date": deed.at.strftime("%Y-%m-%d %H:%M:%S") if deed.at else "",
                "text": deed.text,
            }
            | ({name: deed.detail[name] for name in ("shared_url", "media_url")} if kind == "share" else {})
            for deed in read
        ]
        found += [f"{kind}: expected {a}, read {b}" for a, b in zip(wanted, told, strict=False) if a != b]
        if len(wanted) != len(told):
            found.append(f"{kind}: expected {len(wanted)}, read {len(told)}")
    return found


def _compare(path: str, expected: Any, told: Any, found: list[str]) -> None:
    if isinstance(expected, dict) and isinstance(told, dict):
        for name, value in expected.items():
            if name not in told:
                found.append(f"{path}.{name} is missing, expected {str(value)[:80]}")
            else:
                _compare(f"{path}.{name}", value, told[name], found)
    elif expected != told:
        found.append(f"{path}: expected {str(expected)[:120]}, read {str(told)[:120]}")
