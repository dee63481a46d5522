"""Who is connected with whom, who asks whom, who follows whom, and what each lets others do."""

from kith.network.models.choices import NetworkChoices
from kith.network.models.connection import Connection, Neighbours, Side, UnseenInPaths
from kith.network.models.follow import Follow
from kith.network.models.invitation import Invitation, InvitationWord
from kith.network.models.standing import AddressTry, Figures, TopUp

__all__ = [
    "AddressTry",
    "Connection",
    "Figures",
    "Follow",
    "Invitation",
    "InvitationWord",
    "Neighbours",
    "NetworkChoices",
    "Side",
    "TopUp",
    "UnseenInPaths",
]
