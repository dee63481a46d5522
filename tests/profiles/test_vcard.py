from io import BytesIO

import pytest
import vobject
from PIL import Image

from kith.members.models import Member
from kith.members.policy import Viewer
from kith.profiles.shown import shown_profile
from kith.profiles.vcard import vcard
from tests.profiles.full import fill_in

pytestmark = pytest.mark.django_db
HERE = "https://kith.example/people/ada-lund/"


def read_back(member: Member, viewer: Member, photo: bytes | None = None) -> vobject.base.Component:
    return vobject.readOne(vcard(shown_profile(member, Viewer(viewer)), HERE, photo))


def test_an_address_book_reads_what_the_viewer_sees(ada: Member, bo: Member) -> None:
    fill_in(ada)
    card = read_back(ada, bo)
    assert card.version.value == "3.0"
    assert card.fn.value == "Ada Lund"
    assert (card.n.value.given, card.n.value.family) == ("Ada", "Lund")
    assert (card.title.value, card.org.value) == ("Founder", ["Vale & Tide; Partners"])
    assert [line.value for line in card.contents["url"]] == [HERE, "https://ada.example/"]
    assert card.note.value.startswith('Plans less; "delivers" more\n\nFirst line,\nsecond; line \\ </script>')
    assert card.email.value == "me@ada.example" and card.tel.value == "+47 70 00 00 00"
    assert "adr" not in card.contents and "bday" not in card.contents and "photo" not in card.contents


def test_ones_own_card_has_what_is_for_oneself_alone(ada: Member) -> None:
    fill_in(ada)
    card = read_back(ada, ada)
    assert card.bday.value == "--03-09"
    assert card.adr.value.street == "Kai 3, Ålesund"


def test_the_photo_comes_small_and_in_the_oldest_format(ada: Member, bo: Member) -> None:
    drawn = BytesIO()
    Image.new("RGB", (512, 512), "teal").save(drawn, "WEBP")
    kept = Image.open(BytesIO(read_back(ada, bo, drawn.getvalue()).photo.value))
    assert (kept.format, kept.size) == ("JPEG", (256, 256))


@pytest.mark.parametrize(
    ("name", "family", "given"),
    [
        ("Bo Ferreira da Silva", "Silva", "Bo Ferreira da"),
        ("佐藤 美咲", "佐藤", "美咲"),
        ("Suharto", "", "Suharto"),
        ("نور حداد", "حداد", "نور"),
    ],
)
def test_names_of_all_kinds_survive(bo: Member, name: str, family: str, given: str) -> None:
    Member.objects.filter(pk=bo.pk).update(name=name)
    bo.refresh_from_db()
    card = read_back(bo, bo)
    assert card.fn.value == name
    assert (card.n.value.family, card.n.value.given) == (family, given)


def test_no_field_can_write_a_line_of_its_own(ada: Member, bo: Member) -> None:
    Member.objects.filter(pk=ada.pk).update(headline="x\r\nTEL:1\nEND:VCARD\r\nBEGIN:VCARD")
    ada.refresh_from_db()
    card = read_back(ada, bo)
    assert "tel" not in card.contents
    assert len(list(vobject.readComponents(card.serialize()))) == 1
