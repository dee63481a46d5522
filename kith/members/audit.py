"""The audit log: acts of hosts and changes to an account's safety, in words a host can read."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from kith.members.models import AuditEntry, Member

VERBS = {
    "member_joined": _("joined"),
    "member_let_in": _("let in"),
}


def record(verb: str, *, actor: Member | None, subject: Member | None = None, **detail: Any) -> AuditEntry:
    """Add one line to the log; `verb` is a key of VERBS, `detail` holds numbers and keys, never people's words."""
    assert verb in VERBS, verb
    return AuditEntry.objects.create(actor=actor, verb=verb, subject=subject, detail=detail)
