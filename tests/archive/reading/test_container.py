import io
import os
import stat
import struct
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from kith.archive.reading import Refused, limits, read_archive, read_workbook, sniff
from tests.archive.reading.making import CONNECTIONS, DATA, OWNER, files_of, make_zip

ONE = CONNECTIONS + "Ada,Byron,https://www.linkedin.com/in/ada,,Engines,Analyst,03 Apr 2023"


def refusal(path: Path) -> str:
    """The sentence a file is refused with, within a second and 64 MB."""
    tracemalloc.start()
    began = time.monotonic()
    try:
        with pytest.raises(Refused) as caught:
            read_archive(path)
        assert time.monotonic() - began < 3  # one second without tracemalloc, which is a slow witness
        assert tracemalloc.get_traced_memory()[1] < 64 * limits.MB
    finally:
        tracemalloc.stop()
    assert path.name in str(caught.value)
    return str(caught.value)


def test_a_bomb_of_one_entry_is_refused_by_its_ratio(tmp_path: Path) -> None:
    path = make_zip(tmp_path, {"Connections.csv": bytes(60 * limits.MB)})
    assert "200 times" in refusal(path)


def test_a_bomb_among_real_files_is_refused(tmp_path: Path) -> None:
    path = make_zip(tmp_path, {"Connections.csv": ONE, "media/film.mov": bytes(60 * limits.MB)})
    assert "film.mov" in refusal(path)


def test_an_entry_above_the_limit_is_refused_by_what_it_claims(tmp_path: Path) -> None:
    path = make_zip(tmp_path, {"Connections.csv": bytes(101 * limits.MB)})
    assert "100 MB" in refusal(path)


def test_an_entry_above_the_limit_is_refused_as_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "ENTRY_BYTES", 1000)
    path = tmp_path / "Connections.csv"
    path.write_bytes(b"x" * 1001)
    assert "Connections.csv" in refusal(path)


def test_the_total_is_counted_over_all_entries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "TOTAL_BYTES", 10_000)
    path = make_zip(tmp_path, {f"Shares_{number}.csv": os.urandom(3000) for number in range(5)})
    assert "unpacked" in refusal(path)


def test_a_small_claim_about_a_large_entry_does_not_help(tmp_path: Path) -> None:
    path = make_zip(tmp_path, {"Connections.csv": bytes(30 * limits.MB)})
    content = bytearray(path.read_bytes())
    at = content.rfind(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<L", 100)
    path.write_bytes(bytes(content))
    refusal(path)


def test_a_hundred_thousand_entries_are_refused_before_they_are_listed(tmp_path: Path) -> None:
    path = tmp_path / "many.zip"
    entry = (
        struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0) + b"a.cs"
    )
    count = 100_000
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, len(entry) * count, 0, 0)
    path.write_bytes(b"PK\x03\x04" + entry * count + end)
    assert "many.zip" in refusal(path)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(entry) * count, 4, 0)
    path.write_bytes(b"PK\x03\x04" + entry * count + end)
    assert "table of contents" in refusal(path)


def test_more_than_two_thousand_files_are_refused(tmp_path: Path) -> None:
    path = make_zip(tmp_path, {f"Articles/{number}.html": "" for number in range(2001)})
    assert "2,000" in refusal(path)


def test_overlapping_entries_are_refused(tmp_path: Path) -> None:
    path = make_zip(tmp_path, {"Connections.csv": os.urandom(500), "Invitations.csv": os.urandom(500)})
    content = bytearray(path.read_bytes())
    at = content.rfind(b"PK\x01\x02")
    content[at + 42 : at + 46] = struct.pack("<L", 100)
    path.write_bytes(bytes(content))
    assert "overlaps" in refusal(path)


@pytest.mark.parametrize(
    "name", ["../Connections.csv", "/etc/Connections.csv", "C:/Connections.csv", "a/../../b.csv", "a\\b.csv"]
)
def test_a_path_that_leads_out_is_refused_and_named(tmp_path: Path, name: str) -> None:
    path = make_zip(tmp_path, {"Connections.csv": ONE, name: "x"})
    assert "leads out" in refusal(path)


@pytest.mark.parametrize("twin", ["CONNECTIONS.CSV", "Connections.csv"])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_twins_are_refused(tmp_path: Path, twin: str) -> None:
    path = tmp_path / "twins.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Connections.csv", ONE)
        archive.writestr(twin, ONE)
    assert "twice" in refusal(path)


def test_a_link_in_a_zip_or_a_folder_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "link.zip"
    with zipfile.ZipFile(path, "w") as archive:
        link = zipfile.ZipInfo("Connections.csv")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    assert "link" in refusal(path)
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "Connections.csv").symlink_to("/etc/passwd")
    assert "link" in refusal(folder)


def test_an_encrypted_zip_is_refused(tmp_path: Path) -> None:
    path = make_zip(tmp_path, {"Connections.csv": ONE})
    content = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.find(mark) + offset] |= 1
    path.write_bytes(bytes(content))
    assert "encrypted" in refusal(path)


def test_a_zip_in_a_zip_is_refused_with_advice(tmp_path: Path) -> None:
    path = make_zip(tmp_path, {"Basic_LinkedInDataExport.zip": (DATA / "by-era/2026-basic.zip").read_bytes()})
    assert "unpack" in refusal(path)


def test_other_ways_of_packing_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "packed.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("Connections.csv", ONE)
    assert "packed" in refusal(path)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"<!DOCTYPE html><html><body>Please sign in</body></html>", "web page"),
        (b"%PDF-1.7 \x00\x01", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "picture"),
        (b"hello there", "neither"),
        (os.urandom(5000), "neither"),
        (b"PK\x03\x04" + bytes(200), "cut off"),
        (b"Name\nPython\n", "neither"),
    ],
)
def test_what_is_no_archive_is_refused(tmp_path: Path, content: bytes, word: str) -> None:
    path = tmp_path / "Complete_LinkedInDataExport.zip"
    path.write_bytes(content)
    assert word in refusal(path)
    with pytest.raises(Refused):
        sniff(path)


def test_a_zip_cut_anywhere_is_refused(tmp_path: Path) -> None:
    whole = (DATA / "by-era/2026-basic.zip").read_bytes()
    path = tmp_path / "cut.zip"
    for length in (1, 4, 30, len(whole) // 2, len(whole) - 30, len(whole) - 1):
        path.write_bytes(whole[:length])
        refusal(path)


def test_a_zip_of_something_else_is_refused(tmp_path: Path) -> None:
    assert "none of the files" in refusal(
        make_zip(tmp_path, {"holiday.jpg": b"\xff\xd8", "notes.md": "# hi"})
    )


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    refusal(tmp_path / "nothing.zip")


def test_a_torn_entry_is_reported_and_the_others_are_read(tmp_path: Path) -> None:
    path = make_zip(tmp_path, {"Connections.csv": ONE, "Invitations.csv": "From,To,Sent At,Direction\n" * 50})
    content = bytearray(path.read_bytes())
    at = content.find(b"Invitations.csv") + len("Invitations.csv")
    content[at + 2 : at + 12] = os.urandom(10)
    path.write_bytes(bytes(content))
    archive = read_archive(path)
    assert {report.name: report.state for report in archive.files} == {
        "Connections.csv": "read",
        "Invitations.csv": "unreadable",
    }
    assert any("Invitations.csv" in notice for notice in archive.notices)


def test_sizes_may_stand_behind_the_data_as_linkedin_writes_them(tmp_path: Path) -> None:
    class Pipe(io.RawIOBase):
        def __init__(self) -> None:
            self.whole = b""

        def writable(self) -> bool:
            return True

        def write(self, piece: bytes) -> int:  # type: ignore[override]
            self.whole += bytes(piece)
            return len(piece)

    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Connections.csv", ONE)
    path = tmp_path / "streamed.zip"
    path.write_bytes(pipe.whole)
    assert read_archive(path).facts()["connections"]["named"] == 1


def test_what_a_mac_adds_is_passed_over(tmp_path: Path) -> None:
    files = {
        "Export/Connections.csv": ONE,
        "__MACOSX/Export/._Connections.csv": b"\0\5",
        "Export/.DS_Store": b"\0",
    }
    archive = read_archive(make_zip(tmp_path, files))
    assert [report.name for report in archive.files] == ["Connections.csv"]


def test_colons_and_accents_in_entry_names_are_fine(tmp_path: Path) -> None:
    files = {
        "Connections.csv": ONE,
        "Articles/2017-12-09 04:54:08.html": "<h1>Æther</h1>",
        "Articles/ø.html": "<h1>Ø</h1>",
    }
    archive = read_archive(make_zip(tmp_path, files))
    assert {deed.detail["title"] for deed in archive.deeds} == {"Æther", "Ø"}


def test_content_tells_an_archive_from_a_workbook(tmp_path: Path) -> None:
    for name, kind in (("sample-archive.zip", "archive"), ("analytics.xlsx", "workbook")):
        path = tmp_path / "upload"
        path.write_bytes((DATA / name).read_bytes())
        assert sniff(path) == kind
    assert sniff(make_zip(tmp_path, files_of(DATA / "by-era/2018-complete.zip"), "book.xlsx")) == "archive"
    assert "workbook" in refusal(DATA / "analytics.xlsx")


def test_refusals_say_the_name_people_know(tmp_path: Path) -> None:
    path = tmp_path / "5f3a.upload"
    path.write_bytes(b"hello there")
    for reading in (read_archive, read_workbook, sniff):
        with pytest.raises(Refused, match="my export"):
            reading(path, name="my export")


def test_a_folder_with_names_in_no_encoding_is_read_and_its_names_can_be_stored(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"Articles-s+\xaa.html")).write_text("<h1>Title</h1>")
    (tmp_path / "Profile.csv").write_text(OWNER)
    archive = read_archive(tmp_path)
    assert [report.name.encode("utf-8") for report in archive.files]
