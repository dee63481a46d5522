"""Invitations, endorsements, recommendations and notes, as private history."""

from kith.archive.reading.model import Archive
from kith.archive.writing.keep import Key, keep
from kith.archive.writing.people import Contacts
from kith.archive.writing.prints import fingerprint
from kith.contacts.models import ImportRun, Note, PastEndorsement, PastInvitation, PastRecommendation
from kith.contacts.models.owned import Imported
from kith.core.text import clean_line, clean_text


def write(run: ImportRun, archive: Archive, contacts: Contacts) -> None:
    _invitations(run, archive, contacts)
    _endorsements(run, archive, contacts)
    _recommendations(run, archive, contacts)
    _notes(run, archive, contacts)


def _invitations(run: ImportRun, archive: Archive, contacts: Contacts) -> None:
    rows: dict[Key, Imported] = {}
    for invitation in archive.invitations:
        contact_id = contacts.get(invitation.person)
        if contact_id is None or invitation.sent_at is None:
            continue
        rows[contact_id, invitation.outgoing, invitation.sent_at] = PastInvitation(
            contact_id=contact_id,
            outgoing=invitation.outgoing,
            sent_at=invitation.sent_at,
            note=clean_text(invitation.note, 2_000),
        )
    fields = ("contact_id", "outgoing", "sent_at")
    keep(run, PastInvitation, rows, _stored(run, PastInvitation, fields))


def _endorsements(run: ImportRun, archive: Archive, contacts: Contacts) -> None:
    rows: dict[Key, Imported] = {}
    for endorsement in archive.endorsements:
        contact_id, skill = contacts.get(endorsement.person), clean_line(endorsement.skill, 200)
        if contact_id is None or endorsement.at is None:
            continue
        rows[contact_id, endorsement.received, skill, endorsement.at] = PastEndorsement(
            contact_id=contact_id,
            received=endorsement.received,
            skill=skill,
            endorsed_at=endorsement.at,
            status=endorsement.status[:20],
        )
    fields = ("contact_id", "received", "skill", "endorsed_at")
    keep(run, PastEndorsement, rows, _stored(run, PastEndorsement, fields))


def _recommendations(run: ImportRun, archive: Archive, contacts: Contacts) -> None:
    rows: dict[Key, Imported] = {}
    for item in archive.recommendations:
        mark = fingerprint(item.name, item.text, item.at.isoformat() if item.at else "")
        rows[item.received, mark] = PastRecommendation(
            contact_id=contacts.get(item.person) if item.person is not None else None,
            received=item.received,
            name=clean_line(item.name),
            company=clean_line(item.company),
            title=clean_line(item.title),
            text=clean_text(item.text),
            written_at=item.at,
            status=item.status[:20],
            fingerprint=mark,
        )
    keep(run, PastRecommendation, rows, _stored(run, PastRecommendation, ("received", "fingerprint")))


def _notes(run: ImportRun, archive: Archive, contacts: Contacts) -> None:
    rows: dict[Key, Imported] = {}
    for note in archive.notes:
        contact_id = contacts.get(note.person) if note.person is not None else None
        text = clean_text(note.text)
        if contact_id is not None and text:
            row = Note(contact_id=contact_id, text=text)
            if note.created_at:
                row.written_at = note.created_at
            rows[contact_id, text] = row
    keep(run, Note, rows, _stored(run, Note, ("contact_id", "text")))


def _stored(run: ImportRun, model: type[Imported], fields: tuple[str, ...]) -> dict[Key, int]:
    """Natural keys the owner already has."""
    rows = model.objects.owned_by(run.owner).values_list("pk", *fields)
    return {tuple(key): pk for pk, *key in rows}
