"""Rosters as associations keep them: other separators, other alphabets, broken rows, formulas."""

import pytest

from kith.core.refusal import Refused
from kith.members import roster, roster_file, roster_import
from kith.members.models import HostField, Member, MemberField, RosterEntry

pytestmark = pytest.mark.django_db

PLAIN = "E-mail,Name,Class year\ncy@example.org,Cy Moreau,1998\ndee@example.org,Dée Ørsted,2001\n"


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_a_roster_is_read_whatever_its_separator_and_encoding(separator: str, encoding: str) -> None:
    raw = PLAIN.replace(",", separator).encode(encoding)
    reading = roster_file.read(roster_file.text_of_file(raw))
    assert [(person.email, person.name, person.own) for person in reading.people] == [
        ("cy@example.org", "Cy Moreau", {"Class year": "1998"}),
        ("dee@example.org", "Dée Ørsted", {"Class year": "2001"}),
    ]


def test_bad_rows_are_named_by_line_and_reason_and_doubles_by_the_first() -> None:
    text = (
        "Name;Mail\nA;a@example.org\n\nB;not one\nC;\nA again;A@example.org\n"
        + "x" * 130
        + ";d@example.org\n"
    )
    reading = roster_file.read(text)
    assert [person.email for person in reading.people] == ["a@example.org"]
    assert [(bad.line, bad.why) for bad in reading.bad] == [
        (4, "“not one” is not an address"),
        (5, "no e-mail address"),
        (7, "the name is longer than 120 characters"),
    ]
    assert [(double.line, double.why) for double in reading.doubles] == [(6, "the same address as in line 2")]


def test_the_host_says_which_column_is_what() -> None:
    text = "A,B,C\ncy@example.org,Cy,1998\n"
    with pytest.raises(Refused, match="Columns"):
        roster_file.read(text)
    assert [column.title for column in roster_file.columns_of(text)] == ["A", "B", "C"]
    reading = roster_file.read(text, [("email", ""), ("name", ""), ("own", "Year of leaving")])
    assert reading.people[0].own == {"Year of leaving": "1998"}


def test_first_and_last_names_become_one_name() -> None:
    reading = roster_file.read("First name,Last name,Email\nCy,Moreau,cy@example.org\n")
    assert reading.people[0].name == "Cy Moreau"


@pytest.mark.parametrize("text", ["", "\n\n", 'E-mail\n"open'])
def test_a_file_without_a_table_is_refused_or_has_nobody(text: str) -> None:
    try:
        assert roster_file.read(text).people == []
    except Refused as refusal:
        assert str(refusal)


def test_what_is_too_large_is_refused_by_its_limit() -> None:
    with pytest.raises(Refused, match="2 MB"):
        roster_file.text_of_file(b"x" * 2_000_001)
    with pytest.raises(Refused, match="10,000"):
        roster_file.read("E-mail\n" + "".join(f"n{number}@example.org\n" for number in range(10_001)))


def test_members_get_their_fields_others_an_entry_and_refusers_nothing(hana: Member, ada: Member) -> None:
    gone = RosterEntry.objects.create(email="no@example.org", email_hash=roster.email_hash("no@example.org"))
    roster.never_again(gone)
    text = PLAIN + "Ada@example.org,Ada Lund,1990\nno@example.org,No,1991\n"
    reading = roster_file.read(text)
    found = roster_import.take_in(reading, hana)
    assert [len(part) for part in (found.new, found.known, found.members, found.never)] == [2, 0, 1, 1]
    assert MemberField.objects.get(member=ada).value == "1990"
    assert not RosterEntry.objects.filter(email="no@example.org").exists()
    again = roster_import.take_in(reading, hana)
    assert [len(part) for part in (again.new, again.known)] == [0, 2]
    assert (RosterEntry.objects.count(), HostField.objects.count()) == (3, 1)


def test_a_cell_a_sheet_would_reckon_with_is_quoted_off(hana: Member) -> None:
    reading = roster_file.read('E-mail,Name,Note\ncy@example.org,"=HYPERLINK(""http://x"")",+49\n')
    roster_import.take_in(reading, hana)
    table = "".join(roster_import.as_csv(RosterEntry.objects.all(), hana))
    assert "'=HYPERLINK" in table and "'+49" in table
    assert all(not cell.strip('"').startswith(("=", "+", "@")) for cell in table.split(","))


def test_ten_thousand_people_come_in_at_once(hana: Member) -> None:
    text = "E-mail,Name,Year\n" + "".join(f"n{n}@example.org,Nr {n},{n}\n" for n in range(10_000))
    assert len(roster_import.take_in(roster_file.read(text), hana).new) == 10_000
