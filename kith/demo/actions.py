"""The demo community: people marked as such, whom a visitor may walk in as, and their removal."""

from django.conf import settings
from django.db import transaction

from kith.archive import uploads
from kith.archive.actions import receive_sample
from kith.contacts.models import ImportRun
from kith.members import actions as members
from kith.members.models import Member

CAST = {
    "consultant": ("Ingrid Sæther-Vale", "ingrid@demo.example"),
    "new": ("Noor Haddad", "noor@demo.example"),
    "host": ("Hana Okafor", "hana@demo.example"),
}


def build() -> bool:
    """On a fresh data folder bound to loopback: the cast, and the sample archive on its way in."""
    if not settings.BOUND_TO_LOOPBACK or Member.objects.exists():
        return False
    with transaction.atomic():
        people = {
            role: members.join(email=email, name=name, as_host=role == "host", from_demo=True)
            for role, (name, email) in CAST.items()
        }
        members.offer_walk_in(people)
    receive_sample(people["consultant"], at_once=True)
    return True


def remove() -> int:
    """Delete everybody the demo made, with all that is theirs; returns how many."""
    with transaction.atomic():
        members.stop_walk_in()
        for run in ImportRun.objects.filter(owner__demo_at__isnull=False).exclude(upload=""):
            uploads.delete(run)
        demo = Member.objects.from_demo()
        count = demo.count()
        demo.delete()
    return count
