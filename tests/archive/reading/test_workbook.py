import json
import random
import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook as Book

from kith.archive.reading import Refused, Workbook, figures, read_workbook
from kith.archive.reading.xlsx import read_sheets
from tests.archive.reading.making import DATA, analytics, make_zip

EXPECTED = json.loads((DATA / "analytics.expected.json").read_text("utf-8"))
POST = "https://www.linkedin.com/feed/update/urn:li:activity:7456250983877747114"


@pytest.fixture(scope="module")
def variants(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every layout, made by the generator."""
    folder = tmp_path_factory.mktemp("variants")
    maker = analytics()
    sample = json.loads((DATA / "sample-archive.expected.json").read_text("utf-8"))
    model = maker.model(sample, 365, sample["seed"])
    maker.aggregate(sample, model, folder / "2026.xlsx")
    maker.aggregate(sample, model, folder / "2024.xlsx", style="2024")
    maker.aggregate(sample, model, folder / "pt.xlsx", lang="pt")
    best = max(sample["analytics"]["posts"], key=lambda post: post["impressions"])
    maker.single(sample, folder / "single-2026.xlsx", best, "2026")
    maker.single(sample, folder / "single-2024.xlsx", best, "2024")
    return folder


def figures_of(book: Workbook) -> dict[str, int]:
    return {
        "impressions": sum(day.impressions or 0 for day in book.days),
        "days": len(book.days),
        "top_left": sum(post.engagements is not None for post in book.posts),
        "top_right": sum(post.impressions is not None for post in book.posts),
        "new_followers": sum(day.new_followers or 0 for day in book.days),
    }


@pytest.mark.parametrize("name", ["2026", "2024", "pt"])
def test_every_layout_tells_the_same_figures(variants: Path, name: str) -> None:
    book = read_workbook(variants / f"{name}.xlsx")
    assert figures_of(book) == EXPECTED["analytics.xlsx"]
    assert (book.starts_on, book.ends_on) == (date(2025, 10, 13), date(2026, 10, 12))
    assert book.impressions == EXPECTED["analytics.xlsx"]["impressions"]
    assert (book.followers_total, book.followers_on) == (1968, date(2026, 10, 12))
    assert {one.scope for one in book.demographics} == (
        {"all"} if name == "2024" else {"audience", "content"}
    )
    assert all(one.share is not None or "1%" in one.share_text for one in book.demographics)
    assert (min(day.engagements or 0 for day in book.days) == -28) == (name == "pt")
    assert not book.notices


@pytest.mark.parametrize("name", ["analytics.xlsx", "analytics-pt-BR.xlsx"])
def test_the_committed_books(name: str) -> None:
    assert figures_of(read_workbook(DATA / name)) == EXPECTED["analytics.xlsx"]


def test_one_side_of_the_ranking_is_unknown_and_not_zero(variants: Path) -> None:
    posts = read_workbook(variants / "2026.xlsx").posts
    assert any(post.engagements is None and post.impressions for post in posts)
    assert all(post.urn.startswith("urn:li:") and post.published_on for post in posts)


def test_a_week_without_engagement(tmp_path: Path) -> None:
    book = Book()
    sheet = book.active
    sheet.append(["Overall Performance", "10/6/2026 - 10/12/2026"])
    sheet.append(["Impressions", "6"])
    days = book.create_sheet("ENGAGEMENT")
    days.append(["Date", "Impressions", "Engagements"])
    for day in range(6, 13):
        days.append([f"10/{day}/2026", "1", "0"])
    posts = book.create_sheet("TOP POSTS")
    posts.cell(1, 1, "Maximum of 50 posts")
    for column, text in enumerate(
        ["Post URL", "Date", "Engagements", None, "Post URL", "Date", "Impressions"], 1
    ):
        posts.cell(3, column, text)
    posts.cell(4, 5, POST)
    posts.cell(4, 7, "2")
    posts.cell(5, 5, "https://www.linkedin.com.evil.test/feed/update/urn:li:activity:7456250983877747115")
    posts.cell(5, 7, "9")
    book.save(tmp_path / "week.xlsx")
    read = read_workbook(tmp_path / "week.xlsx")
    assert [(day.on.day, day.new_followers) for day in read.days] == [(day, None) for day in range(6, 13)]
    assert [(post.impressions, post.engagements) for post in read.posts] == [(2, None)]
    assert "1 links" in read.notices[0]
    assert read.followers_total is None


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("10/8/2026 - 10/9/2026", date(2026, 10, 8), date(2026, 10, 9)),
        ("10/8/2026 - 11/8/2026", date(2026, 8, 10), date(2026, 8, 11)),
        ("2026-10-08 - 2026-10-09", date(2026, 10, 8), date(2026, 10, 9)),
        ("08.10.2026 – 09.10.2026", date(2026, 10, 8), date(2026, 10, 9)),
    ],
)
def test_the_number_of_days_tells_which_comes_first(
    tmp_path: Path, period: str, first: date, last: date
) -> None:
    book = Book()
    book.active.append(["Leistung", period])
    sheet = book.create_sheet("Tage")
    sheet.append(["Datum", "Impressionen", "Interaktionen"])
    for text in period.replace("–", "-").split(" - "):
        sheet.append([text, "1.234", "-28"])
    book.save(tmp_path / "book.xlsx")
    read = read_workbook(tmp_path / "book.xlsx")
    assert [day.on for day in read.days] == [first, last]
    assert (read.days[0].impressions, read.days[0].engagements) == (1234, -28)


def test_a_book_saved_again_has_serial_days(tmp_path: Path) -> None:
    book = Book()
    book.active.append(["Overall Performance", "9/28/2026 - 9/29/2026"])
    sheet = book.create_sheet("ENGAGEMENT")
    for row in (["Date", "Impressions", "Engagements"], [46293, 5, 1], [46294, 6, None]):
        sheet.append(row)
    book.save(tmp_path / "book.xlsx")
    days = read_workbook(tmp_path / "book.xlsx").days
    assert [(str(day.on), day.engagements) for day in days] == [("2026-09-28", 1), ("2026-09-29", None)]


@pytest.mark.parametrize(("name", "engagements"), [("single-2026", 672), ("single-2024", None)])
def test_a_single_post(variants: Path, name: str, engagements: int | None) -> None:
    book = read_workbook(variants / f"{name}.xlsx")
    post = book.posts[0]
    assert book.kind == "single"
    assert (post.urn, post.published_on) == ("urn:li:ugcPost:7383069149365827491", date(2025, 10, 12))
    assert (post.impressions, post.engagements, book.members_reached) == (28247, engagements, 17230)
    assert {one.scope for one in book.demographics} == {"post"}
    assert len(book.demographics) == 18
    assert ("Saves", "5", 5.0) in book.metrics


@pytest.mark.parametrize(
    ("cell", "number"),
    [("1,234", 1234), ("1.234", 1234), ("1'006", 1006), ("1’006", 1006), ("1 234", 1234), ("1\u202f234\u00a0567", 1234567),
     ("-28", -28), ("\u221228", -28), ("1234.0", 1234), (12.0, 12), ("12,5", None), ("many", None), ("", None), (None, None),
     (float("nan"), None)],
)  # fmt: skip
def test_numbers_of_several_countries(cell: figures.Cell, number: int | None) -> None:
    assert figures.count(cell) == number


@pytest.mark.parametrize(
    ("cell", "share"),
    [
        ("12%", 0.12),
        ("12,5 %", 0.125),
        ("12.5\u00a0%", 0.125),
        ("%12", 0.12),
        ("< 1%", None),
        ("menos de 1%", None),
        (0.139, 0.139),
    ],
)
def test_shares_of_several_countries(cell: figures.Cell, share: float | None) -> None:
    assert figures.share(cell)[0] == share
    assert figures.looks_like_share(cell)


@given(st.one_of(st.text(max_size=40), st.floats(), st.none()))
def test_no_cell_falls_over(cell: figures.Cell) -> None:
    figures.count(cell)
    figures.share(cell)
    figures.day(cell, "mdy")
    figures.day(cell, "dmy")
    figures.days(cell, "dmy")
    figures.post_link(cell)


def test_links_of_posts_join_by_their_number() -> None:
    posts = "https://www.linkedin.com/posts/ada_lean-share-7456250983877747114-AbCd"
    assert figures.post_urn(posts) == "urn:li:share:7456250983877747114"
    assert figures.post_urn("https://www.linkedin.com/posts/ada_groupPost-66325-7456250983877747114-x") == (
        "urn:li:groupPost:7456250983877747114"
    )
    assert figures.post_link("https://linkedin.com.evil.test/x") is None
    assert figures.post_link("javascript:alert(1)") is None
    assert figures.post_link("https://[broken/x") is None


def refused(path: Path) -> str:
    with pytest.raises(Refused) as caught:
        read_workbook(path)
    assert path.name in str(caught.value)
    return str(caught.value)


def altered(tmp_path: Path, part: str, old: bytes, new: bytes) -> Path:
    parts = {}
    with zipfile.ZipFile(DATA / "analytics.xlsx") as book:
        for name in book.namelist():
            content = book.read(name)
            assert name != part or old in content
            parts[name] = content.replace(old, new, 1) if name == part else content
    return make_zip(tmp_path, parts, "altered.xlsx")


def test_document_types_and_formulas_are_refused(tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet'
    assert "document type" in refused(altered(tmp_path, "xl/worksheets/sheet1.xml", b"<worksheet", bomb))
    assert "formulas" in refused(altered(tmp_path, "xl/worksheets/sheet2.xml", b"<is>", b"<f>A1</f><is>"))


def test_sheets_beyond_the_limits_are_refused(tmp_path: Path) -> None:
    assert "rows" in refused(altered(tmp_path, "xl/worksheets/sheet1.xml", b'r="A1"', b'r="A1048576"'))
    assert "columns" in refused(altered(tmp_path, "xl/worksheets/sheet1.xml", b'r="A1"', b'r="XFD1"'))


def test_shared_texts_are_read_and_too_many_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(DATA / "analytics.xlsx") as book:
        parts = {name: book.read(name) for name in book.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert b"<t>Overall Performance</t>" in sheet
    shared = sheet.replace(
        b'r="A1" t="inlineStr"><is><t>Overall Performance</t></is>', b'r="A1" t="s"><v>1</v>'
    )
    texts = b"<sst><si/><si><r><t>Overall</t></r><rPh><t>x</t></rPh><r><t> Performance</t></r></si></sst>"
    files = parts | {"xl/worksheets/sheet1.xml": shared, "xl/sharedStrings.xml": texts}
    assert read_sheets(make_zip(tmp_path, files, "shared.xlsx"))[0][1][0][0] == "Overall Performance"
    files["xl/sharedStrings.xml"] = b"<sst>" + b"<si><t>a</t></si>" * 200_001 + b"</sst>"
    assert "texts" in refused(make_zip(tmp_path, files, "many.xlsx"))


def test_what_is_no_such_book_is_refused(tmp_path: Path) -> None:
    book = Book()
    book.active.append(["Budget", 12])
    book.save(tmp_path / "budget.xlsx")
    assert "creator analytics" in refused(tmp_path / "budget.xlsx")
    assert "not an Excel workbook" in refused(DATA / "by-era/2026-basic.zip")
    (tmp_path / "page.xlsx").write_bytes(b"<html>")
    refused(tmp_path / "page.xlsx")
    (tmp_path / "folder").mkdir()
    refused(tmp_path / "folder")


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_book_is_read_or_refused(tmp_path: Path, seed: int) -> None:
    hand = random.Random(seed)
    path = tmp_path / "damaged.xlsx"
    if seed % 3:
        parts = {}
        with zipfile.ZipFile(DATA / hand.choice(["analytics.xlsx", "analytics-single-post.xlsx"])) as book:
            for name in book.namelist():
                content = bytearray(book.read(name))
                if "sheet" in name.lower() and content:
                    for _ in range(hand.randint(0, 4)):
                        content[hand.randrange(len(content))] = hand.choice(b"<>\"'0159ABr=/&;-. \xff")
                parts[name] = bytes(content)
        make_zip(tmp_path, parts, path.name)
    else:
        shutil.copy(DATA / "analytics.xlsx", path)
        content = bytearray(path.read_bytes())
        for _ in range(hand.randint(1, 20)):
            content[hand.randrange(len(content))] = hand.randrange(256)
        path.write_bytes(bytes(content))
    try:
        book = read_workbook(path)
    except Refused as refusal:
        assert "damaged.xlsx" in str(refusal)
        return
    repr(book).encode("utf-8")
