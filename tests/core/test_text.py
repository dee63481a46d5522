"""Text of people: what is kept, what goes (b45, d21)."""

import sys
import time
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kith.core.text import as_given, clean_line, clean_text, names_somebody

CLEANERS = [clean_line, clean_text, as_given]
TREACHEROUS = [
    *map(chr, range(0x202A, 0x202F)),
    *map(chr, range(0x2066, 0x206A)),
    "\ufeff",
    "\x00",
    "\x9b",
    "\ud800",
]
# Signs that meet each other badly more often than chance would have them do.
signs = st.one_of(
    st.characters(),
    st.sampled_from(
        ["\u200c", "\u200d", "\u200b", "\u0301", "\u0327", "\u0345", "e", "क", "ी", "👩", "ه", "K", " ", "\n"]
    ),
    st.sampled_from(TREACHEROUS),
)
texts = st.text(signs, max_size=60)


@pytest.mark.parametrize("clean", CLEANERS)
@given(text=texts, limit=st.integers(1, 70))
@settings(max_examples=300, deadline=None)
@example(text="e\u200d\u0301\u200dक", limit=70)
@example(text="x" + "\u0301" * 20, limit=70)
@example(text="\u212a\u200dक", limit=70)
def test_cleaning_twice_is_cleaning_once(clean: Callable[[str, int], str], text: str, limit: int) -> None:
    once = clean(text, limit)
    assert clean(once, limit) == once
    assert len(once) <= limit
    assert unicodedata.is_normalized("NFC", once)
    once.encode("utf-8")
    assert not any(sign in once for sign in TREACHEROUS)
    assert not any(unicodedata.category(sign) == "Cc" for sign in once.replace("\n", "").replace("\t", ""))


@pytest.mark.parametrize("clean", CLEANERS)
def test_every_assigned_letter_of_every_script_is_kept(clean: Callable[[str], str]) -> None:
    lost = [
        hex(point)
        for point in range(sys.maxunicode + 1)
        if unicodedata.category(letter := chr(point))[0] == "L"
        and clean(f"x{letter}x") != unicodedata.normalize("NFC", f"x{letter}x")
    ]
    assert lost == []


LEGAL = [
    "Ada Lund", "José Ñandú", "O’Brien-Smith, PhD", "李", "Ö", "Nguyễn Thị Ánh", "محمد رضا", "מֹשֶׁה", "علی‌رضا", "श्री", "क्‍ष",
    "த்ரிஷா", "ကျော်", "བཀྲ་ཤིས", "ༀཧཱུྃ", "김하늘", "さくら", "Ștefan", "Ivanović ☕", "Σίσυφος", "ሰላም", "X Æ A-12", "Ƙ",
    "ณัฐวุฒิ", "👩‍💻 Ada", "👨‍❤️‍👨 Bo", "🏴‍☠️ Cy", "Zoë\u2019s", "Jean-François d’Aubigné", "ᠮᠣᠩᠭᠣᠯ", "𝒜da",
]  # fmt: skip


@pytest.mark.parametrize("name", LEGAL)
def test_legal_names_of_all_scripts_pass_unchanged(name: str) -> None:
    name = unicodedata.normalize("NFC", name)
    assert clean_line(name) == name
    assert names_somebody(name)


@pytest.mark.parametrize(
    "name",
    ["", " ", "\u200b", "\u200c\u200d", "\u2060\ufeff", "\u00ad", "\u3164", "\u115f\u1160", "12345", "…", "\u0301", "👻", "\u202e",
     "\u2800", "\u034f", "\ud800"],
)  # fmt: skip
def test_a_name_without_a_letter_one_can_see_is_none(name: str) -> None:
    assert not names_somebody(clean_line(name))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("e\u0301", "é"),
        ("Ada \u202egnirts\u202c", "Ada gnirts"),
        ("ad\u200dmin", "admin"),
        ("\u200bAda\u200b", "Ada"),
        ("Ada\u2028Lund\x85x", "Ada Lund x"),
        ("Ada\r\nBcc: x", "Ada Bcc: x"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("\u200f\u200e", ""),
    ],
)
def test_what_hides_goes_and_what_joins_stays(typed: str, kept: str) -> None:
    assert clean_line(typed) == kept


def test_a_tower_of_marks_is_cut_to_what_a_row_holds() -> None:
    tower = "Z" + "\u030d\u0316" * 5_000 + "algo"
    clean = clean_line(tower)
    assert clean.startswith("Z")
    assert clean.endswith("algo")
    assert len(clean) == 13


@pytest.mark.parametrize(
    "text",
    [
        "e" + "\u0327\u0301" * 500_000,
        "\u200d" * 1_000_000,
        " \u200b" * 500_000,
        "क\u200d" * 500_000,
        "\n" * 10**6,
        "a" + "\u200b" * 10**6 + "b",
    ],
)
def test_a_megabyte_is_cleaned_within_a_second(text: str) -> None:
    for clean in CLEANERS:
        began = time.process_time()
        clean(text, 300)
        assert time.process_time() - began < 1.0


def test_lines_keep_their_ends_and_texts_their_paragraphs() -> None:
    assert clean_text("a\r\nb\rc\u2029d\n\n  e ") == "a\nb\nc\nd\n\n  e"
    assert as_given(" a  b\nc ") == "a  b c"
