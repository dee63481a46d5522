import unicodedata
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.archive.reading.names import comparable, is_nobody, slug, split_names
from kith.archive.reading.urns import moment_of, urn


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.linkedin.com/in/zo%C3%AB-brandt", "zoë-brandt"),
        ("https://www.linkedin.com/in/zoë-brandt", "zoë-brandt"),
        ("www.linkedin.com/in/zoë-brandt/", "zoë-brandt"),
        ("http://no.linkedin.com/in/Zoë-Brandt?trk=x#top", "zoë-brandt"),
        ("linkedin.com/in/acme®", "acme®"),
        ("https://www.linkedin.com/in/李-123", "李-123"),
        ("https://www.linkedin.com/in/%D0%9E%D0%BB%D1%8C%D0%B3%D0%B0", "ольга"),
        ("https://www.linkedin.com/company/acme", None),
        ("https://linkedin.com.evil.test/in/ada", None),
        ("https://evil.test/?linkedin.com/in/ada", None),
        ("", None),
    ],
)
def test_the_slug_is_the_same_however_an_address_is_spelled(url: str, key: str | None) -> None:
    assert slug(url) == key


@given(
    st.text(
        st.characters(exclude_categories=["Cs", "Cc", "Z"], exclude_characters="/?#%"),
        min_size=1,
        max_size=30,
    )
)
def test_raw_and_encoded_spellings_join(name: str) -> None:
    raw = slug("https://www.linkedin.com/in/" + name)
    assert raw == slug("www.linkedin.com/in/" + quote(name, safe=""))
    assert raw is None or (
        unicodedata.is_normalized("NFC", raw) and slug("linkedin.com/in/" + quote(raw)) == raw
    )


@given(st.text())
def test_no_address_falls_over(url: str) -> None:
    slug(url)
    slug("https://www.linkedin.com/in/" + url)
    urn(url)
    moment_of(url)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jane Doe, Ph.D.", "jane  doe"),
        ("Jane Doe 🚀", "Jane Doe"),
        ("ＪＡＮＥ Doe®", "jane doe"),
        ("Straße", "STRASSE"),
    ],
)
def test_names_are_compared_without_decoration(one: str, other: str) -> None:
    assert comparable(one) == comparable(other)


def test_a_name_of_nothing_but_emoji_is_still_somebody() -> None:
    assert comparable("🚀") != comparable("🌱") != ""
    assert is_nobody(" LinkedIn  member ")
    assert is_nobody("")
    assert not is_nobody("🚀")


@pytest.mark.parametrize(
    ("joined", "count", "names"),
    [
        ("Jane Doe, Ph.D.,Ola Nordmann", None, ["Jane Doe, Ph.D.", "Ola Nordmann"]),
        (
            "Jane Doe, Ph.D.,LinkedIn Member,Ola Nordmann",
            2,
            ["Jane Doe, Ph.D.", "LinkedIn Member", "Ola Nordmann"],
        ),
        ("Jane Doe, Ola Nordmann", 2, ["Jane Doe", "Ola Nordmann"]),
        ("Jane Doe, Ola Nordmann", 1, ["Jane Doe, Ola Nordmann"]),
        ("", None, []),
    ],
)
def test_recipients_are_split_at_commas_without_a_space(
    joined: str, count: int | None, names: list[str]
) -> None:
    assert split_names(joined, {"jane doe", "ola nordmann"}, count) == names


def test_the_number_of_a_post_is_a_clock() -> None:
    post = urn("https://www.linkedin.com/feed/update/urn%3Ali%3AgroupPost%3A1238564-7513120666815451515")
    assert post == "urn:li:groupPost:1238564-7513120666815451515"
    moment = moment_of(post)
    assert moment is not None
    assert moment.strftime("%Y-%m-%d %H:%M:%S") == "2026-10-06 06:19:14"
    assert moment_of("urn:li:share:12") is None
