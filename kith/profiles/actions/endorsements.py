"""Acts on endorsements: vouch, take back, accept, hide, ask (END-*, K-9: curation is there and never forced)."""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kith.core.limits import take
from kith.core.refusal import Refused, line_of
from kith.members.blocks import lock_pair
from kith.members.models import Member
from kith.members.policy import Viewer
from kith.network.asking import reachable
from kith.network.limits import is_new
from kith.network.models import Connection
from kith.profiles import notices
from kith.profiles.models import Endorsement, EndorsementRequest, Position, Skill
from kith.profiles.shown import rows_shown
from kith.profiles.typed import skill
from kith.profiles.work import works_for

HOW_LIMIT, LEAST_HOW = 200, 10
A_DAY, A_DAY_NEW, ASKED_A_DAY = 30, 10, 5  # endorsements made, by new members, people asked (b56)
DAY, MONTH = timedelta(days=1), timedelta(days=30)


@transaction.atomic
def endorse(endorser: Member, member: Member, name: str, how: str) -> Endorsement:
    """Vouch for a skill of a connection, saying how one knows; again changes the words, never who hid it."""
    fields = skill({"name": name})
    how = line_of(how, HOW_LIMIT, _("How you know"), "how")
    if len(how) < LEAST_HOW:
        raise Refused(_("How you know: a few words, such as “We planned the 2019 launch together”."), "how")
    _connected(endorser, member)
    listed = Skill.objects.filter(member=member, key=fields["key"]).first()
    mine = Endorsement.objects.filter(member=member, endorser=endorser, key=fields["key"])
    found, hidden_at, is_anew = mine.first(), None, False
    if found and not mine.unblocked().exists():  # of before a block, which nobody sees any more: said anew
        hidden_at = found.hidden_at
        mine.delete()
        found, is_anew = None, True
    if found:
        found.how = how
        found.save(update_fields=["how"])
        return found
    most = A_DAY_NEW if is_new(endorser) else A_DAY
    if not take(f"endorse:{endorser.pk}", at_most=most, within=DAY):
        raise Refused(_("That is %(most)s endorsements today; come back tomorrow.") % {"most": most})
    # Or taking back and saying again would undo that its owner hid it, and call them each time.
    once = f"endorse:{endorser.pk}:{member.pk}:{fields['key']}"
    if not is_anew and not take(once, at_most=1, within=MONTH):
        raise Refused(_("You took this back not long ago; once a month is enough."), "name")
    made = Endorsement.objects.create(
        member=member,
        endorser=endorser,
        name=listed.name if listed else fields["name"],
        key=fields["key"],
        how=how,
        role=role_now(member, Viewer(endorser)),
        hidden_at=hidden_at,
    )
    notices.tell_endorsed(made)
    return made


def take_back(endorsement: Endorsement, endorser: Member) -> None:
    """The endorser's own; nobody is told."""
    Endorsement.objects.filter(pk=endorsement.pk, endorser=endorser).delete()


@transaction.atomic
def accept(member: Member, endorsements: "list[Endorsement]") -> int:
    """Say yes to them: they show, and a skill one never listed is listed from now on (E-22)."""
    mine = [one for one in endorsements if one.member_id == member.pk]
    lock_pair(member, member)  # two presses at once list one skill
    known = set(Skill.objects.filter(member=member).values_list("key", flat=True))
    for one in mine:
        if one.key not in known:
            known.add(one.key)
            Skill.objects.create(member=member, name=one.name, key=one.key, place_in_list=len(known))
    rows = Endorsement.objects.filter(pk__in=[one.pk for one in mine])
    return rows.update(accepted_at=timezone.now(), hidden_at=None)


def hide(member: Member, endorsements: "list[Endorsement]") -> int:
    """Show them to nobody but oneself; a proposal hidden once is not proposed again."""
    rows = Endorsement.objects.of(member).shown().filter(pk__in=[one.pk for one in endorsements])
    return rows.update(hidden_at=timezone.now(), accepted_at=None)


@transaction.atomic
def ask_for_endorsement(asker: Member, asked: Member, name: str) -> EndorsementRequest:
    """Ask one connection, once, for one listed skill."""
    found = Skill.objects.filter(member=asker, key=skill({"name": name})["key"]).first()
    if found is None:
        raise Refused(_("Skill: choose one of those on your profile."), "name")
    _connected(asker, asked)
    if Endorsement.objects.filter(member=asker, endorser=asked, key=found.key).exists():
        raise Refused(_("Your skill: they vouch for it already."), "name")
    if not take(f"ask-endorsement:{asker.pk}", at_most=ASKED_A_DAY, within=DAY):
        raise Refused(_("You have asked %(most)s people today; come back tomorrow.") % {"most": ASKED_A_DAY})
    try:
        with transaction.atomic():
            request = EndorsementRequest.objects.create(
                asker=asker, asked=asked, name=found.name, key=found.key
            )
    except IntegrityError:
        raise Refused(_("You have asked them for this before; once is enough."), "name") from None
    notices.tell_asked_to_endorse(request)
    return request


def role_now(member: Member, viewer: Viewer) -> str:
    """“Editor, Novamed”: what a member does now, as far as the viewer is shown it; an endorsement of today keeps it."""
    rows = rows_shown(Position, viewer).filter(member=member, end_year__isnull=True)
    held = rows.select_related("organisation__merged_into").first()
    return ", ".join(filter(None, (held.title, works_for(held)))) if held else ""


def _connected(one: Member, other: Member) -> None:
    lock_pair(one, other)
    reachable(one, other)
    if not Connection.objects.between(one, other).exists():
        raise Refused(_("Only people who are connected vouch for each other."))
