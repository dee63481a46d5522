"""The audit log: acts and looks of hosts, and changes to an account's safety, in words a host can read."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kith.members.models import AuditEntry, Member

VERBS = {
    "member_joined": _("joined"),
    "member_let_in": _("let in"),
    "member_erased": _("left, and was erased"),
    "member_declined": _("declined a request to be let in"),
    "member_suspended": _("suspended"),
    "suspension_lifted": _("lifted a suspension"),
    "suspension_appealed": _("appealed against a suspension"),
    "appeal_answered": _("answered an appeal"),
    "invitations_restricted": _("has invitations restricted by the rules"),
    "restriction_lifted": _("lifted a restriction of"),
    "restriction_appealed": _("appealed against a restriction"),
    "invitations_granted": _("granted more invitations to"),
    "reports_listed": _("looked at the reports"),
    "report_looked_at": _("looked at a report about"),
    "report_decided": _("decided a report about"),
    "host_made": _("made a host"),
    "host_unmade": _("took the host's role from"),
    "sign_in_link_made": _("made a one-time sign-in link for"),
    "second_step_dropped": _("removed the second step of"),
    "host_field_set": _("filled the host's own fields of"),
    "members_listed": _("looked at the list of members"),
    "waiting_listed": _("looked at who waits"),
    "member_looked_at": _("looked at the account of"),
    "roster_listed": _("looked at the roster"),
    "roster_exported": _("took out the roster"),
    "roster_read_in": _("read in a roster"),
    "roster_mailed": _("sent letters to the roster"),
    "roster_link_shown": _("looked at a claim link"),
    "roster_withdrawn": _("withdrew a roster entry"),
    "roster_claimed": _("claimed a roster entry"),
    "join_link_made": _("made a join link"),
    "join_link_revoked": _("revoked a join link"),
    "join_link_used": _("came in by a join link"),
    "setting_changed": _("changed a setting"),
    "brand_changed": _("changed name, colours or logo"),
    "announced": _("made an announcement"),
    "announcement_withdrawn": _("withdrew an announcement"),
    "outbox_listed": _("looked at the outbox"),
    "letter_read": _("read a letter in the outbox"),
    "letter_tried_again": _("sent a failed letter again"),
    "organisations_merged": _("merged two spellings of an organisation"),
    "organisations_parted": _("parted two organisations again"),
}


def record(verb: str, *, actor: Member | None, subject: Member | None = None, **detail: Any) -> AuditEntry:
    """Add one line to the log; `verb` is a key of VERBS, `detail` holds numbers and keys, never people's words."""
    assert verb in VERBS, verb
    return AuditEntry.objects.create(actor=actor, verb=verb, subject=subject, detail=detail)
