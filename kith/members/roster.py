"""The host's roster: people the community knows, asked in by one letter and at most two reminders (b35)."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from kith.core.branding import brand
from kith.core.host import site_address
from kith.core.mail import send_letter
from kith.core.refusal import Refused
from kith.core.text import clean_line
from kith.members.audit import record
from kith.members.joining import hash_of
from kith.members.models import HostField, Member, MemberField, QuietAddress, RosterEntry

KEPT_DAYS = 90  # an unclaimed address is deleted then; its keyed hash stays
REMINDERS_AFTER_DAYS = (7, 21)  # after the first letter
VALUE_LIMIT = 200


def find_roster_entry(token: str) -> RosterEntry | None:
    """The entry of a claim link that can still be claimed."""
    return RosterEntry.objects.open().filter(token_hash=hash_of(token)).first() if token else None


def claim_roster_entry(entry: RosterEntry, member: Member) -> None:
    """This member is whom the roster means: lets them in and fills the host's own fields; once."""
    now = timezone.now()
    with transaction.atomic():
        if RosterEntry.objects.filter(claimed_by=member).exclude(pk=entry.pk).exists():
            raise Refused(_("You have claimed another place on the roster already."))
        won = RosterEntry.objects.open().filter(pk=entry.pk).update(claimed_by=member, claimed_at=now)
        if not won:
            if RosterEntry.objects.filter(pk=entry.pk, claimed_by=member).exists():
                return
            raise Refused(_("This place has been claimed or withdrawn. Ask the host for help."))
        Member.objects.filter(pk=member.pk, confirmed_at__isnull=True).update(confirmed_at=now)
        member.confirmed_at = member.confirmed_at or now
        fill_fields(member, entry.fields)
        record("roster_claimed", actor=member, subject=member, entry=entry.public_id)


def fill_fields(member: Member, values: dict[str, str]) -> None:
    """Put what the host knows into the host's own fields; an empty value empties the field."""
    fields = {field.key: field for field in HostField.objects.filter(key__in=values)}
    for key, value in values.items():
        if key not in fields:
            continue
        if value:
            MemberField.objects.update_or_create(member=member, field=fields[key], defaults={"value": value})
        else:
            MemberField.objects.filter(member=member, field=fields[key]).delete()


def found(words: str) -> QuerySet[RosterEntry]:
    """Entries in which every word is found, in name or address."""
    rows = RosterEntry.objects.all()
    for word in clean_line(words, 200).split()[:8]:
        rows = rows.filter(Q(name__icontains=word) | Q(email__icontains=word))
    return rows


def email_hash(email: str) -> str:
    """The keyed hash by which an address is known again after it was deleted."""
    return salted_hmac("kith.members.roster.email", email.strip().lower(), algorithm="sha256").hexdigest()


def claim_token(entry: RosterEntry) -> str:
    """The token of an entry's claim link, the same in the letter and its reminders."""
    return _signed(entry, "claim")


def stop_token(entry: RosterEntry) -> str:
    """The token of “no more letters”."""
    return _signed(entry, "stop")


def claim_path(entry: RosterEntry) -> str:
    """Where an entry is claimed; members know no pages, so the page `claim` is named here."""
    return f"/claim/{claim_token(entry)}/"


def find_by_stop_token(token: str) -> RosterEntry | None:
    """Whoever wants no more letters, also after the entry was claimed, withdrawn or emptied."""
    entry = RosterEntry.objects.filter(public_id=token.partition("-")[0]).first()
    return entry if entry and constant_time_compare(stop_token(entry), token) else None


def open_claim(entry: RosterEntry) -> None:
    """Make the claim link of an entry work."""
    entry.token_hash = hash_of(claim_token(entry))
    entry.save(update_fields=["token_hash"])


def agree_to_letters(host: Member, *, reminders: bool) -> int:
    """The host asks for one letter to everybody not written to yet; how many the task will write."""
    now = timezone.now()
    waiting = RosterEntry.objects.unwritten()
    with transaction.atomic():
        count = waiting.update(reminders_agreed_at=now if reminders else None)
        record("roster_mailed", actor=host, entries=count, reminders=reminders)
    return count


def write_letters() -> int:
    """Write the first letter to everybody on the roster who has none; each in its own transaction."""
    waiting = RosterEntry.objects.unwritten()
    written = 0
    for entry in waiting.order_by("pk").iterator():
        now = timezone.now()
        with transaction.atomic():
            still = RosterEntry.objects.unwritten().filter(pk=entry.pk)
            if still.update(mailed_at=now, last_mailed_at=now):
                open_claim(entry)
                _write(entry)
                written += 1
    return written


def remind(now: datetime | None = None) -> int:
    """Nightly: the first and second reminder, where the host ticked them and nobody said no."""
    now, written = now or timezone.now(), 0
    for number, days in enumerate(REMINDERS_AFTER_DAYS):
        due = (
            RosterEntry.objects.open()
            .exclude(email="")
            .filter(
                reminders_agreed_at__isnull=False,
                reminders_sent=number,
                mailed_at__lte=now - timedelta(days=days),
                mailed_at__gt=now - timedelta(days=KEPT_DAYS),
                last_mailed_at__lte=now - timedelta(days=REMINDERS_AFTER_DAYS[0]),
            )
            .exclude(email_hash__in=QuietAddress.objects.values("pk"))
        )
        for entry in list(due.order_by("pk")):
            with transaction.atomic():
                if due.filter(pk=entry.pk).update(reminders_sent=F("reminders_sent") + 1, last_mailed_at=now):
                    _write(entry, again=True)
                    written += 1
    return written


def forget_unclaimed(now: datetime | None = None) -> int:
    """Nightly: whoever did not come within 90 days is forgotten but for the keyed hash (b35)."""
    now = now or timezone.now()
    old = RosterEntry.objects.open().filter(made_at__lte=now - timedelta(days=KEPT_DAYS))
    return old.exclude(email="", name="", token_hash="").update(email="", name="", fields={}, token_hash="")


def withdraw(entry: RosterEntry, host: Member) -> None:
    """Take somebody off the roster: no reminder follows, and the claim link ends."""
    with transaction.atomic():
        if (
            not RosterEntry.objects.open()
            .filter(pk=entry.pk)
            .update(withdrawn_at=timezone.now(), token_hash="")
        ):
            raise Refused(_("They have come in, or were withdrawn already."))
        record("roster_withdrawn", actor=host, entry=entry.public_id)


def never_again(entry: RosterEntry) -> None:
    """The recipient wants no letter from here any more; all that stays is the keyed hash of the address."""
    unclaimed = RosterEntry.objects.filter(pk=entry.pk, never_again_at__isnull=True)
    with transaction.atomic():
        QuietAddress.objects.get_or_create(email_hash=entry.email_hash)
        unclaimed.update(
            never_again_at=timezone.now(),
            email="",
            name="",
            fields={},
            token_hash="",
            reminders_agreed_at=None,
        )


def wants_letters(email: str) -> bool:
    """Whether nobody at this address asked for quiet, here or in the letter of a member (b35)."""
    key = email_hash(email)
    quiet = QuietAddress.objects.filter(pk=key).exists()
    return not quiet and not RosterEntry.objects.filter(email_hash=key, never_again_at__isnull=False).exists()


def _signed(entry: RosterEntry, purpose: str) -> str:
    made = salted_hmac(f"kith.members.roster.{purpose}", entry.public_id, algorithm="sha256").hexdigest()
    return f"{entry.public_id}-{made[:40]}"


def _write(entry: RosterEntry, *, again: bool = False) -> None:
    site = brand().name
    subject = _("A place at %(site)s is kept for you") % {"site": site}
    text = _(
        "%(hello)s\n\n%(site)s has a place for you. Open this address to take it:\n\n%(claim)s\n\n"
        "It is yours alone, so please do not pass it on. If you do nothing, your address is deleted here "
        "after %(days)s days.\n\nNo more letters from us? Open this address and press the button:\n\n%(stop)s\n"
    ) % {
        "hello": _("Hello %(name)s,") % {"name": entry.name} if entry.name else _("Hello,"),
        "site": site,
        "claim": site_address() + claim_path(entry),
        "stop": f"{site_address()}/no-more-letters/{stop_token(entry)}/",
        "days": KEPT_DAYS,
    }
    send_letter(entry.email, _("Reminder: %(subject)s") % {"subject": subject} if again else subject, text)
