"""Acts on a private address book; each is one transaction and refuses with one sentence."""

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kith.contacts.exchange import recount
from kith.contacts.models import Contact, Note, Talk, Thread, ThreadPerson
from kith.contacts.shown import refresh_search, refresh_shown
from kith.core.refusal import Refused, line_of, text_of

NOTE_LIMIT = 5_000
FIRST_DAY = date(1950, 1, 1)
LIMITS = {"name": 300, "title": 300, "company": 300, "email": 254, "specialties": 500, "good_fit_for": 500}
FROM_ARCHIVES = ("name", "title", "company", "email")


@transaction.atomic
def log_talk(
    contact: Contact,
    *,
    kind: str,
    held_on: date,
    precision: str = Talk.Precision.DAY,
    notes: str = "",
    today: date | None = None,
) -> Talk:
    """Remember a real conversation: the one thing that makes somebody an A contact (E-24)."""
    if kind not in Talk.Kind.values:
        raise Refused(_("How: a call, a meeting or a video talk?"), "kind")
    if precision not in Talk.Precision.values:
        raise Refused(_("When: a day, a month or a year?"), "when")
    if held_on > (today or timezone.localdate()):
        raise Refused(_("When: that day has not come yet; log a talk once it was held."), "when")
    if held_on < FIRST_DAY:
        raise Refused(_("When: that is before %(year)s.") % {"year": FIRST_DAY.year}, "when")
    talk = Talk.objects.create(
        owner=contact.owner,
        contact=contact,
        kind=kind,
        held_on=held_on,
        precision=precision,
        notes=text_of(notes, NOTE_LIMIT, _("Notes"), "notes"),
    )
    _count_anew(contact)
    return talk


@transaction.atomic
def erase_talk(talk: Talk) -> None:
    """Forget a talk that was logged by mistake; without another one its contact is B again."""
    contact = talk.contact
    talk.delete()
    _count_anew(contact)


@transaction.atomic
def write_note(contact: Contact, text: str) -> Note:
    """Keep a private line about somebody; refuses nothing and too much."""
    text = text_of(text, NOTE_LIMIT, _("Note"), "text")
    if not text:
        raise Refused(_("Note: there is nothing in it yet."), "text")
    note = Note.objects.create(owner=contact.owner, contact=contact, text=text, typed_at=timezone.now())
    refresh_search(contact.owner, [contact.pk])
    return note


@transaction.atomic
def erase_note(note: Note) -> None:
    """Drop a private line."""
    contact = note.contact
    note.delete()
    refresh_search(contact.owner, [contact.pk])


@transaction.atomic
def edit_contact(contact: Contact, **typed: str) -> None:
    """Change what is known of somebody; what the owner typed wins over every later archive."""
    labels = {
        "name": _("Name"),
        "title": _("Title"),
        "company": _("Company"),
        "email": _("E-mail"),
        "specialties": _("Real specialties"),
        "good_fit_for": _("Good fit for"),
    }
    lines = {name: line_of(text, LIMITS[name], labels[name], name) for name, text in typed.items()}
    if not lines.get("name", "named"):
        raise Refused(_("Name: please give one."), "name")
    if lines.get("email"):
        try:
            validate_email(lines["email"])
        except ValidationError:
            raise Refused(_("E-mail: “%(email)s” is not an address.") % lines, "email") from None
    changed = {name for name, line in lines.items() if line != getattr(contact, name)}
    for name in changed:
        setattr(contact, name, lines[name])
    contact.typed_fields = sorted({*contact.typed_fields, *changed.intersection(FROM_ARCHIVES)})
    contact.save(update_fields=[*changed, "typed_fields"])
    refresh_search(contact.owner, [contact.pk])


@transaction.atomic
def let_go(contact: Contact) -> None:
    """Stop proposing somebody; nothing about them is lost (CON-12)."""
    Contact.objects.filter(pk=contact.pk, let_go_at__isnull=True).update(let_go_at=timezone.now())


@transaction.atomic
def take_up_again(contact: Contact) -> None:
    """Have somebody proposed again."""
    Contact.objects.filter(pk=contact.pk).update(let_go_at=None)


@transaction.atomic
def merge_contacts(kept: Contact, other: Contact) -> None:
    """Let one contact stand behind another as the same person; nothing moves, so it can be undone."""
    pair = Contact.objects.select_for_update().filter(pk__in=(kept.pk, other.pk)).order_by("pk")
    rows = {row.pk: row for row in pair}
    if len(rows) != 2 or kept.owner_id != other.owner_id:
        raise Refused(_("Merge: choose another contact of yours."), "other")
    if any(row.merged_into_id for row in rows.values()):
        raise Refused(_("Merge: one of the two is merged already; undo that first."), "other")
    Contact.objects.filter(pk=other.pk).update(merged_into=kept)
    _show_anew(kept, other)


@transaction.atomic
def undo_merge(contact: Contact) -> None:
    """Make two contacts of one again; each has what it had."""
    kept = contact.merged_into
    if kept is None:
        raise Refused(_("Merge: this contact is not merged any more."))
    Contact.objects.filter(pk=contact.pk).update(merged_into=None)
    _show_anew(kept, contact)


@transaction.atomic
def remove(contact: Contact) -> None:
    """Delete somebody with everything between you; a later archive may bring them back."""
    gone = [contact.pk, *everyone_behind(contact)]
    others = ThreadPerson.objects.exclude(contact__in=gone).values("thread")
    Thread.objects.filter(people__in=gone).exclude(pk__in=others).delete()
    Contact.objects.filter(pk__in=gone).delete()


def everyone_behind(contact: Contact) -> list[int]:
    """The row numbers of all contacts merged into this one, through any chain."""
    found: list[int] = []
    level = [contact.pk]
    while level:
        level = list(Contact.objects.filter(merged_into__in=level).values_list("pk", flat=True))
        found += level
    return found


def _count_anew(contact: Contact) -> None:
    recount(contact.owner, [contact.pk])
    refresh_search(contact.owner, [contact.pk])


def _show_anew(*contacts: Contact) -> None:
    numbers = [contact.pk for contact in contacts]
    recount(contacts[0].owner, numbers)
    refresh_shown(contacts[0].owner, numbers)
