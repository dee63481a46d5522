from pathlib import Path

from kith.archive.reading import Archive, campaigns, read_archive
from tests.archive.reading.making import CONNECTIONS, INVITATIONS, MESSAGES, OWNER, PAGE, make_zip

ME = f"{PAGE}ingrid-vale"
AT = "2024-01-01 10:00:00 UTC"


def read(tmp_path: Path, rows: str, header: str = MESSAGES, **files: str) -> Archive:
    known = INVITATIONS + f'Ingrid Vale,Bo Li,"4/2/23, 9:21 AM",,OUTGOING,{ME},{PAGE}bo\n'
    all_files = {"Profile.csv": OWNER, "Invitations.csv": known, "messages.csv": header + rows}
    return read_archive(make_zip(tmp_path, all_files | {f"{name}.csv": text for name, text in files.items()}))


def people(archive: Archive) -> list[tuple[str, str | None]]:
    return sorted((archive.people[key].name, archive.people[key].slug) for key in archive.threads[0].people)


def test_names_and_addresses_pair_by_position_when_they_agree(tmp_path: Path) -> None:
    urls = f"{PAGE}jane,{PAGE}ola,{PAGE}bo"
    rows = f'c1,,Ingrid Vale,{ME},"Jane Doe, Ph.D.,Ola Nordmann,Bo Li","{urls}",{AT},,Hi,INBOX\n'
    assert people(read(tmp_path, rows)) == [
        ("Bo Li", "bo"),
        ("Jane Doe, Ph.D.", "jane"),
        ("Ola Nordmann", "ola"),
    ]


def test_a_closed_account_in_the_middle_has_no_address(tmp_path: Path) -> None:
    rows = f'c1,,Ingrid Vale,{ME},"Jane Doe,LinkedIn Member,Ola Nordmann","{PAGE}jane,{PAGE}ola",{AT},,Hi,INBOX\n'
    archive = read(tmp_path, rows)
    assert people(archive) == [("Jane Doe", "jane"), ("LinkedIn Member", None), ("Ola Nordmann", "ola")]
    assert [person.name for person in archive.people if person.is_placeholder] == ["LinkedIn Member"]


def test_one_address_for_two_names_belongs_to_the_first(tmp_path: Path) -> None:
    rows = f'c1,,Ingrid Vale,{ME},"Jane Doe,Ola Nordmann",{PAGE}jane,{AT},,Hi,INBOX\n'
    assert people(read(tmp_path, rows)) == [("Jane Doe", "jane"), ("Ola Nordmann", None)]


def test_three_names_and_two_addresses_look_for_their_own(tmp_path: Path) -> None:
    rows = (
        f'c1,,Bo Li,{PAGE}bo,"Ingrid Vale,Jane Doe,Ola Nordmann","{ME},{PAGE}ola",{AT},,Hi,INBOX\n'
        f"c2,,Ola Nordmann,{PAGE}ola,Ingrid Vale,{ME},{AT},,Hi,INBOX\n"
    )
    archive = read(tmp_path, rows, Connections=CONNECTIONS + f"Ola,Nordmann,{PAGE}ola,,,,01 Jan 2024\n")
    assert people(archive) == [("Bo Li", "bo"), ("Jane Doe", None), ("Ola Nordmann", "ola")]


def test_closed_accounts_of_two_conversations_are_never_one(tmp_path: Path) -> None:
    rows = "".join(f"c{n},,LinkedIn Member,,Ingrid Vale,{ME},{AT},,Hi {n},INBOX\n" for n in (1, 2))
    archive = read(tmp_path, rows)
    assert archive.messages[0].person != archive.messages[1].person
    assert not any(thread.is_sponsored for thread in archive.threads)


def test_a_campaign_is_plain_text_and_nobody(tmp_path: Path) -> None:
    html = '<p class=""spinmail-quill-editor__spin-break"">Hi %FIRSTNAME%,</p><ul><li>A &amp; B</li></ul><script>x</script>'
    rows = f'c1,Sponsored Conversation,Bo Li,,Ingrid Vale,{ME},{AT},,"{html}",INBOX\n'
    archive = read(tmp_path, rows, Connections=CONNECTIONS + f"Bo,Li,{PAGE}bo,,,,01 Jan 2024\n")
    assert archive.messages[0].text == "Hi %FIRSTNAME%,\n• A & B"
    assert archive.threads[0].is_sponsored
    assert archive.people[archive.messages[0].person or 0].is_placeholder


def test_people_may_write_entities_and_tags(tmp_path: Path) -> None:
    rows = f"c1,,Bo Li,{PAGE}bo,Ingrid Vale,{ME},{AT},,Vale &amp; Tide <p>,INBOX\n"
    assert read(tmp_path, rows).messages[0].text == "Vale &amp; Tide <p>"
    assert campaigns.plain("Vale &amp; Tide") == "Vale &amp; Tide"


def test_exact_duplicates_collapse_and_are_counted(tmp_path: Path) -> None:
    row = f"c1,,Bo Li,{PAGE}bo,Ingrid Vale,{ME},{AT},,Hi,INBOX\n"
    archive = read(tmp_path, row + row)
    assert len(archive.messages) == 1
    assert archive.facts()["messages"]["rows"] == 2


def test_drafts_are_dropped(tmp_path: Path) -> None:
    header = MESSAGES.strip() + ",ATTACHMENTS,IS MESSAGE DRAFT,IS CONVERSATION DRAFT\n"
    rows = f"c1,,Ingrid Vale,{ME},Bo Li,{PAGE}bo,{AT},,Unsent,INBOX,,Yes,No\n"
    archive = read(tmp_path, rows + rows.replace("Yes", "No").replace("Unsent", "Sent"), header)
    assert [message.text for message in archive.messages] == ["Sent"]
    assert archive.facts()["messages"]["drafts"] == 1


def test_talks_with_an_assistant_are_no_messages(tmp_path: Path) -> None:
    rows = f"c1,,Bo Li,{PAGE}bo,Ingrid Vale,{ME},{AT},,Hi,INBOX\n"
    files = {
        "learning_coach_messages": MESSAGES + rows,
        "LearningCoachMessages": "No conversations found\n\n",
    }
    archive = read(tmp_path, rows, **files, guide_messages=MESSAGES)
    assert len(archive.messages) == 1
    states = {report.name: report.state for report in archive.files}
    assert states["LearningCoachMessages.csv"] == states["guide_messages.csv"] == "empty"


def test_2018_has_no_conversation_ids_and_people_make_the_conversation(tmp_path: Path) -> None:
    header = "From,To,Date,Subject,Content,Direction,Folder\n"
    rows = (
        'Bo Li,Ingrid Vale,"10/3/18, 7:30 PM",,Hello,INCOMING,INBOX\n'
        'Ingrid Vale,Bo Li,"10/3/18, 8:30 PM",,Hi,OUTGOING,SENT\n'
        'Cy Ek,Ingrid Vale,"10/3/18, 9:30 PM",,Hey,INCOMING,ARCHIVED\n'
    )
    archive = read(tmp_path, rows, header)
    assert [message.thread for message in archive.messages] == [0, 0, 1]
    assert [message.from_owner for message in archive.messages] == [False, True, False]
    assert archive.messages[2].folder == "ARCHIVE"
