"""Accounts, how they come in, who is hidden from whom, what holds them back, what hosts did."""

from kith.members.models.audit import AuditEntry
from kith.members.models.block import Block
from kith.members.models.joining import (
    HostField,
    JoinLink,
    JoinRequest,
    MemberField,
    QuietAddress,
    RosterEntry,
)
from kith.members.models.member import Member, MemberQuerySet
from kith.members.models.organisation import Organisation
from kith.members.models.restriction import Restriction

__all__ = [
    "AuditEntry",
    "Block",
    "HostField",
    "JoinLink",
    "JoinRequest",
    "Member",
    "MemberField",
    "MemberQuerySet",
    "Organisation",
    "QuietAddress",
    "Restriction",
    "RosterEntry",
]
