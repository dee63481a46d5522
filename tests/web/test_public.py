"""The public page: only by choice, only what is for everyone, and nobody learns who stays off it."""

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
import vobject
from django.test import Client
from django.utils import timezone

from kith.members.models import Block, Member
from kith.profiles.models import Section
from kith.profiles.public import go_public, is_public
from tests.profiles.full import fill_in, show_to_all

SignIn = Callable[[Member], Client]
FILES = ("", "card.vcf", "resume.json")
SECRET = (
    "Founder",
    "Vale",
    "Analyst",
    "Fjord",
    "Buffers",
    "Planning",
    "Norwegian",
    "Kai 3",
    "+47",
    "second; line",
)


class Microformats(HTMLParser):
    """Words and addresses by microformats class, within an h-card."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self.rel_me: list[str] = []
        self._open: list[tuple[str, list[str]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attributes}
        if "me" in said.get("rel", "").split():
            self.rel_me.append(said["href"])
        names = [name for name in said.get("class", "").split() if re.match(r"(h|p|u)-[a-z]", name)]
        for name in names:
            self.found.setdefault(name, []).append(said.get("src") or said.get("href") or "")
        if tag not in ("img", "link", "meta", "input", "br"):
            self._open.append((tag, [name for name in names if name.startswith("p-")]))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        for _tag, names in self._open:
            for name in names:
                self.found[name][-1] += data


@pytest.fixture
def public_ada(ada: Member) -> Member:
    fill_in(ada)
    go_public(ada)
    return ada


def test_a_page_turned_on_shows_the_card_and_only_sections_for_everyone(public_ada: Member) -> None:
    words = Client().get("/people/ada-lund/").content.decode()
    assert "Ada Lund" in words and "Ålesund, Norway" in words and "me@ada.example" in words
    assert [secret for secret in SECRET if secret in words] == []
    show_to_all(public_ada, Section.POSITIONS)
    words = Client().get("/people/ada-lund/").content.decode()
    assert "Founder" in words and "Fjord" not in words


def test_the_h_card_names_photo_work_and_place(public_ada: Member) -> None:
    show_to_all(public_ada)
    found = Microformats(Client().get("/people/ada-lund/").content.decode())
    said = {name: [" ".join(words.split()) for words in all_words] for name, all_words in found.found.items()}
    assert said["p-name"] == ["Ada Lund"]
    assert said["p-job-title"] == ["Founder"] and said["p-org"] == ["Vale & Tide; Partners"]
    assert said["p-locality"] == ["Ålesund, Norway"]
    assert said["u-url"] == ["http://testserver/people/ada-lund/"]
    assert set(found.rel_me) == {"https://ada.example/"}


def test_json_ld_stands_in_the_page_and_cannot_be_ended_early(public_ada: Member) -> None:
    show_to_all(public_ada)
    Member.objects.filter(pk=public_ada.pk).update(headline="</script><script>alert(1)</script>&")
    words = Client().get("/people/ada-lund/").content.decode()
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', words, re.DOTALL)
    assert len(blocks) == 1 and "<" not in blocks[0]
    assert json.loads(blocks[0])["description"] == "</script><script>alert(1)</script>&"
    assert "<script>alert" not in words


def test_only_a_public_page_may_be_indexed(public_ada: Member, signed_in: SignIn) -> None:
    page = Client().get("/people/ada-lund/").content.decode()
    assert '<meta name="robots" content="index, follow">' in page
    assert '<link rel="canonical" href="http://testserver/people/ada-lund/">' in page
    for address in ("/", "/people/nobody/"):
        assert '<meta name="robots" content="noindex">' in Client().get(address).content.decode()
    assert '<meta name="robots" content="noindex">' in signed_in(public_ada).get("/people/").content.decode()
    assert Client().get("/people/ada-lund/card.vcf")["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("state", ["private", "waiting", "suspended", "closed", "erased"])
@pytest.mark.parametrize("file", FILES)
def test_whoever_is_not_public_is_nobody_to_the_byte(state: str, file: str, public_ada: Member) -> None:
    members = Member.objects.filter(pk=public_ada.pk)
    if state == "private":
        public_ada.profile.delete()
    elif state == "erased":
        members.delete()
    else:
        members.update(
            **{
                "waiting": {"confirmed_at": None},
                "suspended": {"suspended_at": timezone.now()},
                "closed": {"is_active": False},
            }[state]
        )
    hidden = Client().get(f"/people/ada-lund/{file}")
    nobody = Client().get(f"/people/never-was/{file}")
    assert (hidden.status_code, hidden.content) == (404, nobody.content)
    hidden.headers.pop("Set-Cookie", None)
    assert dict(hidden.headers) == dict(nobody.headers)


@pytest.mark.parametrize("file", FILES)
def test_the_blocked_get_what_they_got_of_nobody(
    file: str, public_ada: Member, mal: Member, signed_in: SignIn
) -> None:
    Block.objects.create(blocker=public_ada, blocked=mal)
    client = signed_in(mal)
    assert client.get(f"/people/ada-lund/{file}").status_code == 404


def test_files_say_to_each_what_the_page_says(public_ada: Member, bo: Member, signed_in: SignIn) -> None:
    as_bo, anonymous = signed_in(bo), Client()
    card = vobject.readOne(as_bo.get("/people/ada-lund/card.vcf").content.decode())
    assert card.title.value == "Founder" and card.tel.value == "+47 70 00 00 00"
    response = anonymous.get("/people/ada-lund/card.vcf")
    assert response["Content-Type"] == "text/vcard; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="ada-lund.vcf"'
    card = vobject.readOne(response.content.decode())
    assert "title" not in card.contents and "tel" not in card.contents
    assert len(as_bo.get("/people/ada-lund/resume.json").json()["work"]) == 2
    assert "work" not in anonymous.get("/people/ada-lund/resume.json").json()


def test_the_switch_turns_the_page_on_and_off_with_and_without_javascript(
    ada: Member, signed_in: SignIn
) -> None:
    client = signed_in(ada)
    assert client.post("/profile/public/", {"on": "1"}).url == "/people/ada-lund/"
    assert is_public(ada)
    words = client.post("/profile/public/", {"on": "0"}, headers={"HX-Request": "true"}).content.decode()
    assert not is_public(ada)
    assert "<html" not in words and "Put my page on the web" in words
