"""The audit log is only ever added to."""

import pytest
from django.db import DatabaseError, connection, transaction

from kith.members.audit import record
from kith.members.models import AuditEntry, Member

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE members_auditentry SET verb = 'member_joined'",
        "UPDATE members_auditentry SET at = now()",
        "UPDATE members_auditentry SET detail = '{}'",
        "UPDATE members_auditentry SET actor_id = subject_id",
        "DELETE FROM members_auditentry",
    ],
)
def test_the_database_refuses_to_change_or_forget_a_line(change: str, hana: Member, ada: Member) -> None:
    record("member_let_in", actor=hana, subject=ada, link="x")
    with pytest.raises(DatabaseError, match="only ever added to"), transaction.atomic():
        connection.cursor().execute(change)
    assert AuditEntry.objects.get().verb == "member_let_in"


def test_who_leaves_is_forgotten_but_the_line_stays(hana: Member, ada: Member) -> None:
    record("member_let_in", actor=hana, subject=ada)
    ada.delete()
    line = AuditEntry.objects.get()
    assert (line.actor, line.subject) == (hana, None)


def test_a_verb_without_words_is_not_written(hana: Member) -> None:
    with pytest.raises(AssertionError):
        record("did_something", actor=hana)
