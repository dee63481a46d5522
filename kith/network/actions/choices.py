"""Acts on what a member lets others do in the network."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kith.core.refusal import Refused, line_of
from kith.members.models import Member
from kith.network import adjacency
from kith.network.models import NetworkChoices

OPENNESS_LIMIT = 200


@transaction.atomic
def choose(member: Member, **chosen: Any) -> NetworkChoices:
    """Change some of a member's choices; appearing in paths takes effect with the same commit."""
    answers = {"may_browse": NetworkChoices.Browse.values, "may_invite": NetworkChoices.Invite.values}
    labels = {"may_browse": _("Who may see my connections"), "may_invite": _("Who may invite me")}
    for name, label in labels.items():
        if name in chosen and chosen[name] not in answers[name]:
            raise Refused(_("%(label)s: please choose one of the answers.") % {"label": label}, name)
    if "openness" in chosen:
        label = _("How open you are")
        chosen["openness"] = line_of(chosen["openness"], OPENNESS_LIMIT, label, "openness")
    choices, _made = NetworkChoices.objects.select_for_update().get_or_create(member=member)
    for name, value in chosen.items():
        setattr(choices, name, value)
    choices.save(update_fields=list(chosen))
    if "in_paths" in chosen:
        adjacency.appear_in_paths(member.pk, shown=choices.in_paths)
    return choices
