import json
from pathlib import Path

import pytest

from kith.archive.reading import read_archive
from tests.archive.reading.expectations import differences
from tests.archive.reading.making import DATA, files_of, generate, make_zip

SAMPLES = ["sample-archive", "by-era/2018-complete", "by-era/2024-complete", "by-era/2026-basic"]
SMALL = (
    "--connections",
    "200",
    "--invitations",
    "80",
    "--messages",
    "300",
    "--shares",
    "30",
    "--comments",
    "60",
)


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_read_as_its_expectation_says(name: str) -> None:
    expected = json.loads((DATA / f"{name}.expected.json").read_text("utf-8"))
    archive = read_archive(DATA / f"{name}.zip")
    assert differences(expected, archive) == []
    assert archive.as_of.isoformat() == expected["export_date"]
    assert archive.kind == expected["kind"]
    assert (archive.owner.first, archive.owner.last) == (
        expected["owner"]["first"],
        expected["owner"]["last"],
    )
    assert not [report.name for report in archive.files if report.state in ("unknown", "unreadable")]


@pytest.mark.parametrize("kind", ["basic", "complete"])
@pytest.mark.parametrize("era", [2018, 2021, 2022, 2024, 2025, 2026])
def test_every_era_and_kind_is_read_as_expected(tmp_path: Path, era: int, kind: str) -> None:
    path, expected = generate(
        tmp_path, "fresh", "--era", str(era), "--kind", kind, "--seed", f"{era + 1}", *SMALL
    )
    archive = read_archive(path)
    assert differences(expected, archive) == []
    assert archive.kind == kind
    assert archive.owner.slug == (None if era == 2018 else "ingrid-sæther-vale")


@pytest.mark.parametrize(
    "arguments",
    [
        ("--no-suffix", "--seed", "3"),
        ("--root", "Complete export (1)", "--seed", "5"),
        ("--invite-window-days", "1095", "--seed", "9"),
        ("--seed", "19", "--era", "2024", "--end", "2024-11-20"),
        ("--connections", "3", "--invitations", "2", "--messages", "4", "--shares", "1", "--comments", "1",
         "--reactions", "1", "--recommendations", "1", "--endorsements", "1"),
        ("--connections", "0", "--invitations", "0", "--messages", "0", "--shares", "0", "--comments", "0",
         "--reactions", "0", "--recommendations", "0", "--endorsements", "0"),
    ],
    ids=["no suffix", "root folder", "long window", "another day", "tiny", "empty"],
)  # fmt: skip
def test_other_wrappings_and_sizes_are_read_as_expected(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    small = () if "--connections" in arguments else SMALL
    path, expected = generate(tmp_path, "fresh", *arguments, *small)
    assert differences(expected, read_archive(path)) == []


def test_an_unpacked_folder_is_read_like_its_zip(tmp_path: Path) -> None:
    expected = json.loads((DATA / "by-era/2026-basic.expected.json").read_text("utf-8"))
    folder = tmp_path / "Basic_LinkedInDataExport_10-12-2026.zip"
    for name, content in files_of(DATA / "by-era/2026-basic.zip").items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    archive = read_archive(folder)
    assert differences(expected, archive) == []
    assert (
        archive.as_of.isoformat() == "2026-10-11"
    )  # the newest thing said: unpacking loses the days of files


def test_one_csv_is_an_archive_of_one_file_whatever_it_is_called(tmp_path: Path) -> None:
    content = files_of(DATA / "by-era/2026-basic.zip")["Connections.csv"]
    path = tmp_path / "download (3).bin"
    path.write_bytes(content)
    assert read_archive(path).facts()["connections"]["named"] == 492


def test_the_name_of_the_zip_does_not_matter(tmp_path: Path) -> None:
    path = make_zip(
        tmp_path, files_of(DATA / "by-era/2026-basic.zip"), "Basic_LinkedInDataExport.zip (1).zip.zip"
    )
    assert read_archive(path).kind == "basic"


def test_every_row_of_every_file_is_taken_or_skipped_with_a_reason() -> None:
    for report in read_archive(DATA / "sample-archive.zip").files:
        assert report.rows == report.taken + sum(report.skipped.values()), report


def test_progress_names_files_and_never_goes_back() -> None:
    told: list[tuple[str, float]] = []
    read_archive(DATA / "by-era/2026-basic.zip", progress=lambda step, share: told.append((step, share)))
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert "Connections.csv" in {step for step, _ in told}


def test_private_files_are_named_and_never_opened() -> None:
    archive = read_archive(DATA / "sample-archive.zip")
    private = {report.name: report.rows for report in archive.files if report.state == "private"}
    assert {"Logins.csv", "Receipts_v2.csv", "Inferences_about_you.csv", "Ad_Targeting.csv"} <= private.keys()
    assert set(private.values()) == {0}
