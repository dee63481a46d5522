"""The demo community: people marked as such, whom a visitor may walk in as, and their removal."""

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from kith.archive import uploads
from kith.archive.actions import receive_sample
from kith.contacts.models import ImportRun
from kith.demo import tasks
from kith.demo.cast import CAST, give_profiles
from kith.members import actions as members
from kith.members.models import Member, Organisation
from kith.network import adjacency
from kith.network.actions.connections import disconnect
from kith.network.models import Connection, NetworkChoices
from kith.profiles.models import Education, Position
from kith.profiles.photos import remove_banner, remove_photo


def build() -> bool:
    """On a fresh data folder bound to loopback: the cast at once; the sample archive and the others on their way."""
    if not settings.BOUND_TO_LOOPBACK or Member.objects.exists():
        return False
    with transaction.atomic():
        people = {
            role: members.join(email=email, name=name, as_host=role == "host", from_demo=True)
            for role, (name, email) in CAST.items()
        }
        give_profiles(people)
        members.offer_walk_in(people)
        tasks.settle.defer()
    receive_sample(people["consultant"], at_once=True)
    return True


@transaction.atomic
def remove() -> int:
    """Delete everybody the demo made, with all that is theirs; returns how many."""
    members.stop_walk_in()
    _part_from_the_real()
    for run in ImportRun.objects.filter(owner__demo_at__isnull=False).exclude(upload=""):
        uploads.delete(run)
    demo = Member.objects.from_demo().select_for_update()
    for member in demo.exclude(photo_key=""):
        remove_photo(member)
    for member in demo.exclude(profile__banner_key="").exclude(profile=None):
        remove_banner(member)
    named = _named_by_the_demo()
    count = len(demo)
    Member.objects.from_demo().delete()
    _forget_unused(named)
    return count


def _part_from_the_real() -> None:
    """Nobody who stays keeps somebody of the demo among their connections; the demo's own go with their members."""
    of_demo = Q(low__demo_at__isnull=False) ^ Q(high__demo_at__isnull=False)
    for pair in Connection.objects.filter(of_demo).select_related("low", "high"):
        disconnect(pair.low, pair.high)
    for choices in NetworkChoices.objects.filter(member__demo_at__isnull=False, in_paths=False):
        adjacency.appear_in_paths(choices.member_id, shown=True)


def _named_by_the_demo() -> set[int]:
    """Organisations on the demo's profiles, and those they were merged into."""
    of_theirs = {"member__demo_at__isnull": False}
    found: set[int | None] = set()
    for model, path in ((Position, "organisation"), (Education, "school")):
        rows = model._default_manager.filter(**of_theirs)
        for pair in rows.values_list(f"{path}_id", f"{path}__merged_into_id"):
            found.update(pair)
    return {pk for pk in found if pk is not None}


def _forget_unused(named: set[int]) -> None:
    """Of these, the organisations nobody else names, spellings before what they stand for."""
    for _round in range(2):
        Organisation.objects.filter(pk__in=named, positions=None, schoolings=None, spellings=None).delete()
