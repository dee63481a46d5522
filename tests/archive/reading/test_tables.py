from pathlib import Path

import pytest

from kith.archive.reading import Archive, Refused, limits, read_archive
from kith.archive.reading.model import FileReport
from kith.archive.reading.tables import read_table
from tests.archive.reading.making import CONNECTIONS, INVITATIONS, OWNER, PAGE, make_zip

NOTE = '"When exporting your connection data, you may notice, that ""some"" e-mails are missing"\n\n'
ROW = f"Bo,Li,{PAGE}bo,,Acme,Lead,03 Apr 2023\n"


def read(tmp_path: Path, content: str | bytes, name: str = "Connections.csv") -> Archive:
    return read_archive(make_zip(tmp_path, {"Profile.csv": OWNER, name: content}))


@pytest.mark.parametrize(
    "content",
    [
        CONNECTIONS + ROW,
        "Notes:\n" + NOTE + CONNECTIONS + ROW,
        "\ufeffNotes:\n" + NOTE + CONNECTIONS + ROW,
        ("Notes:\n" + NOTE + CONNECTIONS + ROW).replace("\n", "\r\n"),
        "Notes:\n" + NOTE.replace("you may", "you\nmay") + CONNECTIONS + ROW,
        (CONNECTIONS + ROW).replace(",", ";"),
        (CONNECTIONS + ROW).encode("utf-16"),
        CONNECTIONS.lower().replace(" ", "_") + ROW,
        (CONNECTIONS + ROW.strip()).replace("\n", "\r"),
        CONNECTIONS.strip() + ",Mood\n" + ROW.strip() + ",fine\n",
        CONNECTIONS + "\n,,,,,,\n" + ROW + CONNECTIONS,
        CONNECTIONS.strip() + ",\n" + ROW.strip() + ",\n",
        CONNECTIONS + ROW.replace("Bo", "B\0o"),
    ],
    ids=["bare", "preamble", "mark", "crlf", "wrapped", "semicolons", "utf-16", "loose", "cr", "unknown column",
         "blank rows", "nameless column", "nul"],
)  # fmt: skip
def test_connections_however_they_were_saved(tmp_path: Path, content: str | bytes) -> None:
    archive = read(tmp_path, content)
    assert [(person.name, person.company, str(person.connected_on)) for person in archive.people] == [
        ("Bo Li", "Acme", "2023-04-03")
    ]


def test_foreign_letters_are_read_with_a_notice(tmp_path: Path) -> None:
    archive = read(tmp_path, (CONNECTIONS + ROW.replace("Bo", "Bø")).encode("cp1252"))
    assert archive.people[0].name == "Bø Li"
    assert any("UTF-8" in notice for notice in archive.notices)


def test_short_rows_are_padded_and_long_rows_joined(tmp_path: Path) -> None:
    rows = f"Bo,Li,{PAGE}bo\nCy,Ek,{PAGE}cy,,Acme,Lead, Nordics,03 Apr 2023\n"
    archive = read(tmp_path, CONNECTIONS + rows)
    assert [person.title for person in archive.people] == ["", "Lead, Nordics"]
    report = next(report for report in archive.files if report.key == "connections")
    assert "more fields" in report.notice
    assert "readable date" in report.notice


def test_a_strange_name_is_recognised_by_its_columns(tmp_path: Path) -> None:
    archive = read(tmp_path, CONNECTIONS + ROW, "my people (2).csv")
    report = next(report for report in archive.files if report.name == "my people (2).csv")
    assert (report.key, report.state, report.taken) == ("connections", "read", 1)


def test_an_unknown_file_is_listed_and_no_error(tmp_path: Path) -> None:
    archive = read(tmp_path, "Colour,Shape\nred,round\n", "Shapes.csv")
    assert {report.name: report.state for report in archive.files}["Shapes.csv"] == "unknown"


def test_a_known_file_without_its_columns_is_unreadable(tmp_path: Path) -> None:
    archive = read(tmp_path, "Colour,Shape\nred,round\n")
    assert {report.name: report.state for report in archive.files}["Connections.csv"] == "unreadable"


def test_a_second_copy_in_another_folder_is_not_read_twice(tmp_path: Path) -> None:
    files = {
        "a/Connections.csv": CONNECTIONS + ROW,
        "b/Connections.csv": CONNECTIONS + ROW + ROW.replace("bo", "cy"),
    }
    archive = read_archive(make_zip(tmp_path, files))
    assert archive.facts()["connections"]["rows"] == 2


def test_a_huge_cell_is_cut_with_a_notice(tmp_path: Path) -> None:
    archive = read(tmp_path, CONNECTIONS + ROW.replace("Acme", "A" * 1_000_000))
    assert len(archive.people[0].company) == 300
    assert any("were cut" in notice for notice in archive.notices)


def test_triple_and_nameless_columns_keep_their_values() -> None:
    lines = ["Company Names,Company Names,Age,Company Names,\n", "a,b,7,c,\n"]
    table = read_table(lines, lambda names: "age" in names)
    assert table is not None
    assert list(table.records(FileReport("", "", "read"))) == [
        {"Company Names": "a", "Company Names 2": "b", "Age": "7", "Company Names 3": "c"}
    ]


def test_learning_says_n_a_for_nothing(tmp_path: Path) -> None:
    learning = "Content Title,Content Type,Content Saved,\nQueueing,Course,N/A,\n"
    archive = read_archive(make_zip(tmp_path, {"Profile.csv": OWNER, "Learning.csv": learning}))
    assert archive.profile["learning"] == [
        {"Content Title": "Queueing", "Content Type": "Course", "Content Saved": ""}
    ]


def test_the_owners_own_page(tmp_path: Path) -> None:
    emails = "Email Address,Confirmed,Primary,Updated On\nold@example.com,Yes,No,x\nnew@example.com,Yes,Yes,Not Available"
    files = {
        "Profile.csv": OWNER,
        "Email Addresses.csv": emails,
        "Profile Summary.csv": "Profile Summary\n\n",
    }
    archive = read_archive(make_zip(tmp_path, files | {"Skills.csv": "Name\nPython\n"}))
    assert (archive.owner.name, archive.owner.place, archive.owner.birthday) == (
        "Ingrid Vale",
        "Oslo",
        (3, 14),
    )
    assert archive.owner.emails == ["new@example.com", "old@example.com"]
    assert archive.profile["skills"] == [{"Name": "Python"}]
    assert {report.name: report.state for report in archive.files}["Profile Summary.csv"] == "empty"


def test_a_renamed_copy_adds_nobody_and_both_files_add_up(tmp_path: Path) -> None:
    invitations = INVITATIONS + f'Ingrid Vale,Bo Li,"4/2/23, 9:21 AM",,OUTGOING,{PAGE}me,{PAGE}bo\n'
    files = {"Invitations.csv": invitations, "Copy.csv": invitations}
    archive = read_archive(make_zip(tmp_path, files))
    assert len(archive.invitations) == 1
    assert sorted((one.rows, one.taken, sum(one.skipped.values())) for one in archive.files) == [
        (1, 0, 1),
        (1, 1, 0),
    ]


def test_more_rows_than_anybody_has_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ROWS", 2)
    with pytest.raises(Refused, match="more than 2 rows"):
        read(tmp_path, CONNECTIONS + ROW + ROW.replace("bo", "cy") + ROW.replace("bo", "di"))


def test_a_quotation_mark_that_never_closes_is_told(tmp_path: Path) -> None:
    archive = read(tmp_path, CONNECTIONS + ROW + ROW.replace("Acme", '"Acme') + ROW.replace("bo", "cy"))
    assert len(archive.people) >= 1
    assert any("never closed" in notice for notice in archive.notices)
