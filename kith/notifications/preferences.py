"""What reaches whom: every kind on each channel, and the list of what is off (S-17)."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from kith.core.refusal import Refused
from kith.members.models import Member
from kith.notifications.kinds import Channel, Choice, Kind, kinds_for
from kith.notifications.models import Preference


@dataclass(frozen=True)
class Chosen:
    """One kind as a member wants it."""

    kind: Kind
    page: Choice

    @property
    def is_off(self) -> bool:
        return self.page is Choice.OFF


def choices_of(member: Member) -> list[Chosen]:
    """Every kind this member can get, with what they chose or its default; one query."""
    rows = Preference.objects.filter(member=member, channel=Channel.PAGE).values_list("kind", "choice")
    chosen = dict(rows)
    return [
        Chosen(kind, kind.default if kind.essential else Choice(chosen.get(kind.name, kind.default)))
        for kind in kinds_for(member)
    ]


def choose(member: Member, kind: Kind, choice: Choice) -> bool:
    """Switch a kind on or off; what is in the ledger stays there. Says whether anything changed.

    Raises Refused for what cannot be switched off.
    """
    if kind.essential and choice is Choice.OFF:
        raise Refused(
            _("“%(kind)s” is about the safety of your own account and stays on.") % {"kind": kind.label}
        )
    rows = Preference.objects.filter(member=member, kind=kind.name, channel=Channel.PAGE)
    if choice == kind.default:
        return bool(rows.delete()[0])
    now = timezone.now()
    _row, made = Preference.objects.get_or_create(
        member=member, kind=kind.name, channel=Channel.PAGE, defaults={"choice": choice, "changed_at": now}
    )
    return made or bool(rows.exclude(choice=choice).update(choice=choice, changed_at=now))
