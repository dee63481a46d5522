from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.archive.reading import Archive, anchored, read_archive
from kith.archive.reading.deeds import share_text
from kith.archive.reading.model import FileReport
from kith.archive.reading.tables import read_table
from tests.archive.reading.making import OWNER, make_zip

LINK = "https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A7206000000000000000"
SHARES = "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n"
COMMENTS = "Date,Link,Message\n"
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), max_size=60)


def read(tmp_path: Path, **files: str | bytes) -> Archive:
    return read_archive(
        make_zip(tmp_path, {"Profile.csv": OWNER} | {f"{name}.csv": text for name, text in files.items()})
    )


def written(text: str, end: str = "\n") -> str:
    """A share as LinkedIn writes it."""
    inner = text.replace('"', '""').replace("\n", f'""{end}""')
    return f'"{inner}"' if any(mark in text for mark in ',"\n') else text


@given(TEXTS)
def test_any_post_survives_linkedins_line_breaks(text: str) -> None:
    for end in ("\n", "\r\n"):
        lines = (f"{SHARES}2024-06-11 08:00:00,{LINK},{written(text, end)},,,X\n").splitlines(keepends=True)
        table = read_table(_lines("".join(lines)), lambda names: "sharecommentary" in names)
        assert table is not None
        rows = list(table.rows(FileReport("", "", "read")))
        assert share_text(rows[0][1][2]) == text


@pytest.mark.parametrize(
    "text", ['line "quoted"\n"starts" here', '"\n"', "a\n\n\nb", '"only"', '"', "ends with \\\n", 'say ""\nx']
)
def test_posts_with_quotes_at_their_breaks(tmp_path: Path, text: str) -> None:
    archive = read(tmp_path, Shares=f"{SHARES}2024-06-11 08:00:00,{LINK},{written(text)},,,MEMBER_NETWORK\n")
    assert archive.deeds[0].text == text


def test_a_post_without_a_date_is_dated_by_its_number(tmp_path: Path) -> None:
    archive = read(tmp_path, Shares=f"{SHARES},{LINK},Hello,,,MEMBER_NETWORK\n")
    assert archive.deeds[0].at is not None
    assert archive.deeds[0].at.year == 2024


def test_2018_wrote_tabs_in_utf_16(tmp_path: Path) -> None:
    header = '"Date"\t"Share Link"\t"Share Commentary"\t"Shared URL"\t"Media URL"\t"Visibility"'
    row = f'"2018/02/01 15:02:55 UTC"\t"{LINK}"\t"He said ""hi""\n""quoted"" line"\t""\t""\t"X"'
    archive = read(tmp_path, Shares=f"{header}\n{row}".encode("utf-16"))
    assert archive.deeds[0].text == 'He said "hi"\n"quoted" line'


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("plain", "plain"),
        ('"with, comma"', "with, comma"),
        ('"She ""did"" it"', 'She "did" it'),
        ('"She \\"did\\" it"', 'She "did" it'),
        ("bare\nlines, with a comma\n\nand a gap", "bare\nlines, with a comma\n\nand a gap"),
        ('"quoted\nlines"', "quoted\nlines"),
        ('"ends with, a backslash\\"', "ends with, a backslash\\"),
        ("bare backslash\\", "bare backslash\\"),
        (
            "2024-01-01 10:00:00, I was there\n2024-01-02 11:00:00, you too",
            "2024-01-01 10:00:00, I was there\n2024-01-02 11:00:00, you too",
        ),
        ('"One" thing\nand "another"', '"One" thing\nand "another"'),
        ("", ""),
        ("=1+1", "=1+1"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_comments_of_every_dialect(tmp_path: Path, field: str, text: str, end: str) -> None:
    rows = f"2024-03-01 10:00:00,{LINK},{field}\n2024-02-01 10:00:00,{LINK},next\n"
    archive = read(tmp_path, Comments=(COMMENTS + rows).replace("\n", end))
    assert [deed.text for deed in archive.deeds] == [text, "next"]


@given(st.lists(TEXTS, max_size=5))
def test_comments_with_doubled_quotes_survive(texts: list[str]) -> None:
    rows = [f"2024-03-01 10:00:00,{LINK}," + '"' + text.replace('"', '""') + '"\n' for text in texts]
    read_back = [comment.text for comment in anchored.comments(_lines(COMMENTS + "".join(rows)))]
    assert read_back == texts


def test_searches_do_not_quote_their_commas(tmp_path: Path) -> None:
    rows = (
        'Time,Search Query\n2025/01/02 10:00:00 UTC,planner, nordics\n2025/01/02 10:00:00 UTC,"quoted, one"\n'
    )
    assert list(anchored.queries(rows.splitlines(keepends=True))) == [
        ("2025/01/02 10:00:00 UTC", "planner, nordics"),
        ("2025/01/02 10:00:00 UTC", "quoted, one"),
    ]
    archive = read(tmp_path, SearchQueries=rows)
    report = next(report for report in archive.files if report.key == "searchqueries")
    assert (report.rows, report.taken, report.state) == (2, 0, "read")


def test_parts_and_member_ids_are_laid_together(tmp_path: Path) -> None:
    row = "2024-03-01 10:00:00,LIKE,https://www.linkedin.com/feed/update/urn%3Ali%3Aactivity%3A{}\n"
    head = "Date,Type,Link\n"
    files = {
        f"Reactions{suffix}": head + row.format(n) for n, suffix in enumerate(["_187654321", "_1", "_2"])
    }
    assert read(tmp_path, **files).facts()["reactions"]["rows"] == 3


def test_articles_are_cleaned_and_dated(tmp_path: Path) -> None:
    page = (
        '<html><head><title>T</title></head><body><h1><a href="https://www.linkedin.com/pulse/slack-1">The &amp; One</a></h1>'
        '<p class="created">Created on 2025-11-21 17:31</p><p class="published">Published on {}</p>'
        '<div><p onclick="x()">Hello <strong>you</strong></p><script>alert(1)</script>'
        '<a href="javascript:x">bad</a><img src="https://media.licdn.com/x"></div></body></html>'
    )
    files = {"Articles/Articles/slack-1.html": page.format("2025-11-22 08:00")}
    files["Articles/Articles/2025-11-21 17_31_01.0-T.html"] = page.format("---").replace(
        "https://www.linkedin.com", "x:"
    )
    archive = read_archive(make_zip(tmp_path, {"Profile.csv": OWNER} | files))
    published, draft = archive.deeds
    assert published.detail["title"] == "The & One"
    assert published.detail["url"] == "https://www.linkedin.com/pulse/slack-1"
    assert published.at is not None
    assert published.at.isoformat() == "2025-11-22T08:00:00+00:00"
    assert "script" not in published.detail["html"]
    assert "alert" not in published.detail["html"]
    assert "onclick" not in published.detail["html"]
    assert "javascript" not in published.detail["html"]
    assert (published.detail["is_draft"], draft.detail["is_draft"]) == (False, True)


def _lines(text: str) -> list[str]:
    """Lines as a file gives them: only \\n and \\r end one."""
    return [line + "\n" for line in text.split("\n")]
