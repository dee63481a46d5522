"""A profile as a vCard 3.0 for anybody's address book: exactly what its viewer sees."""

import unicodedata
from io import BytesIO

import vobject
from PIL import Image

from kith.profiles.models import ContactField
from kith.profiles.shown import ShownProfile
from kith.profiles.work import work_now, works_for

PHOTO_SIDE = 256
TYPES = {ContactField.Kind.EMAIL: "email", ContactField.Kind.PHONE: "tel"}


def vcard(shown: ShownProfile, address: str, photo: bytes | None = None) -> str:
    """The card's text; `address` is the profile's page, `photo` the picture's bytes."""
    assert shown.card
    card = vobject.vCard()
    card.add("fn").value = shown.card.name
    card.add("n").value = _name(shown.card.name)
    card.add("uid").value = card.add("url").value = address
    for link in shown.links:
        card.add("url").value = link.url
    _work(card, shown)
    _contact(card, shown)
    if note := "\n\n".join(part for part in (shown.card.headline, shown.summary) if part):
        card.add("note").value = note
    if shown.card.place:
        card.add("label").value = shown.card.place
    if shown.birthday:
        card.add("bday").value = "--{:02}-{:02}".format(*shown.birthday)
    if photo:
        picture = card.add("photo")
        picture.encoding_param, picture.type_param = "b", "JPEG"
        picture.value = _jpeg(photo)
    return str(card.serialize())


def _name(name: str) -> vobject.vcard.Name:
    """Given and family name as far as a line tells: East Asian names begin with the family."""
    words = name.split(" ")
    if len(words) == 1:
        return vobject.vcard.Name(given=name)
    if unicodedata.east_asian_width(name[0]) == "W":
        return vobject.vcard.Name(family=words[0], given=" ".join(words[1:]))
    return vobject.vcard.Name(family=words[-1], given=" ".join(words[:-1]))


def _work(card: vobject.base.Component, shown: ShownProfile) -> None:
    now = work_now(shown)
    if now is None:
        return
    card.add("title").value = now.title
    if organisation := works_for(now):
        card.add("org").value = [organisation]


def _contact(card: vobject.base.Component, shown: ShownProfile) -> None:
    for row in shown.contact:
        if row.kind == ContactField.Kind.ADDRESS:
            card.add("adr").value = vobject.vcard.Address(street=row.value)
        else:
            card.add(TYPES.get(ContactField.Kind(row.kind), "impp")).value = row.value


def _jpeg(photo: bytes) -> bytes:
    """Small, and of the kind that every address book reads."""
    image = Image.open(BytesIO(photo)).convert("RGB")
    image.thumbnail((PHOTO_SIDE, PHOTO_SIDE))
    kept = BytesIO()
    image.save(kept, "JPEG", quality=80)
    return kept.getvalue()
