from pathlib import Path

from kith.archive.reading import Archive, read_archive
from tests.archive.reading.making import CONNECTIONS, INVITATIONS, MESSAGES, OWNER, PAGE, make_zip

OLD_CONNECTIONS = "First Name,Last Name,Email Address,Company,Position,Connected On\n"
OLD_INVITATIONS = "From,To,Sent At,Message,Direction\n"
ME = f"{PAGE}ingrid-vale"


def read(tmp_path: Path, **files: str) -> Archive:
    return read_archive(
        make_zip(tmp_path, {"Profile.csv": OWNER} | {f"{name}.csv": text for name, text in files.items()})
    )


def test_percent_encoded_and_raw_addresses_are_one_person(tmp_path: Path) -> None:
    archive = read(
        tmp_path,
        Connections=CONNECTIONS + f"Zoë,Brandt,{PAGE}zo%C3%AB-brandt,,Acme,Lead,03 Apr 2023",
        Invitations=INVITATIONS
        + f'Ingrid Vale,Zoë Brandt,"4/2/23, 9:21 AM",,OUTGOING,{ME},{PAGE}zoë-brandt\n',
    )
    assert [(person.slug, person.connected_on is not None) for person in archive.people] == [
        ("zoë-brandt", True)
    ]
    assert archive.facts()["invitations"]["accepted_only_found_after_percent_decoding"] == 1
    assert archive.owner.slug == "ingrid-vale"


def test_date_only_rows_are_people_nobody_can_name(tmp_path: Path) -> None:
    archive = read(
        tmp_path, Connections=CONNECTIONS + ",,,,,,07 Jun 2026\n,,,,,,07 Jun 2026\n,,,,,,31 Foo 2026\n"
    )
    assert [connection.person for connection in archive.connections] == [None, None]
    assert archive.people == []
    report = next(report for report in archive.files if report.key == "connections")
    assert (report.rows, report.taken) == (3, 2)
    assert report.lines == [(4, "neither a name nor a readable date")]


def test_homonyms_stay_apart(tmp_path: Path) -> None:
    rows = f"Anna,Berg,{PAGE}anna-1,,A,,01 Jan 2024\nAnna,Berg,{PAGE}anna-2,,B,,02 Jan 2024\n"
    archive = read(
        tmp_path,
        Connections=CONNECTIONS + rows,
        Member_Follows="Date,Status,FullName\n2024-01-05 10:00:00,Active,Anna Berg\n",
        Recommendations_Received="First Name,Last Name,Company,Job Title,Text,Creation Date,Status\n"
        'Anna,Berg,B,,Good.,"08/19/24, 11:04 PM",VISIBLE\n',
    )
    assert len(archive.people) == 2
    assert archive.deeds[0].detail["person"] is None
    recommended = archive.recommendations[0].person
    assert recommended is not None
    assert archive.people[recommended].slug == "anna-2"


def test_a_namesake_of_the_owner_is_somebody_else(tmp_path: Path) -> None:
    archive = read(
        tmp_path,
        Invitations=INVITATIONS + f'Ingrid Vale,Bo Li,"4/2/23, 9:21 AM",,OUTGOING,{ME},{PAGE}bo\n',
        messages=MESSAGES
        + f"c1,,Ingrid Vale,{PAGE}ingrid-vale-2,Ingrid Vale,{ME},2024-01-01 10:00:00 UTC,,Same name!,INBOX\n"
        + f"c1,,Ingrid Vale,{ME},Ingrid Vale,{PAGE}ingrid-vale-2,2024-01-01 11:00:00 UTC,,Ha,INBOX\n",
    )
    assert [message.from_owner for message in archive.messages] == [False, True]
    assert [archive.people[key].slug for key in archive.threads[0].people] == ["ingrid-vale-2"]


def test_an_old_connection_borrows_the_address_of_a_unique_name(tmp_path: Path) -> None:
    messages = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER\n"
    archive = read(
        tmp_path,
        Connections=OLD_CONNECTIONS
        + "Bo,Li,,Acme,Lead,03 Apr 2021\nCy,Ek,,,,03 Apr 2021\nCy,Ek,,,,04 Apr 2021",
        messages=messages
        + f"c1,,Bo Li,{PAGE}bo-li,Ingrid Vale,2021-05-01 10:00:00 UTC,,Hi,INBOX\n"
        + f"c2,,Cy Ek,{PAGE}cy-ek,Ingrid Vale,2021-05-01 10:00:00 UTC,,Hi,INBOX\n",
    )
    assert [(person.name, person.slug) for person in archive.people] == [
        ("Bo Li", "bo-li"), ("Cy Ek", None), ("Cy Ek", None), ("Cy Ek", "cy-ek"),
    ]  # fmt: skip


def test_without_addresses_days_tell_which_namesake_answered(tmp_path: Path) -> None:
    archive = read(
        tmp_path,
        Connections=OLD_CONNECTIONS
        + "Bo,Li,,Acme,,03 Apr 2015\nBo,Li,,Other,,12 Feb 2021\nCy,Ek,,,,01 Jan 2012",
        Invitations=OLD_INVITATIONS
        + 'Ingrid Vale,Bo Li,"2/10/21, 9:21 AM",,OUTGOING\nCy Ek,Ingrid Vale,"2/10/21, 9:21 AM",,INCOMING\n',
    )
    answered, waiting = archive.invitations
    assert archive.people[answered.person].company == "Other"
    assert archive.people[waiting.person].connected_on is None


def test_the_address_book_is_joined_by_e_mail_only(tmp_path: Path) -> None:
    archive = read(
        tmp_path,
        Connections=CONNECTIONS + f"Bo,Li,{PAGE}bo,Bo@Example.com,,,01 Jan 2024\n",
        Contacts="Source,FirstName,LastName,Companies,Title,Emails,PhoneNumbers,CreatedAt\n"
        'GOOGLE_CONTACTS,Bob,L,,,bo@example.com," +4712, +4713",\nMOBILE_CONTACTS,Bo,Li,,,,,\n',
    )
    joined, other = archive.address_book
    assert joined.person == 0
    assert joined.phones == ["+4712", "+4713"]
    assert other.person is None


def test_formulas_are_names_like_others(tmp_path: Path) -> None:
    archive = read(
        tmp_path, Connections=CONNECTIONS + f"=cmd|' /C calc'!A0,@SUM(1),{PAGE}x,,+Plus,-1,01 Jan 2024\n"
    )
    assert archive.people[0].name == "=cmd|' /C calc'!A0 @SUM(1)"
    assert (archive.people[0].company, archive.people[0].title) == ("+Plus", "-1")
