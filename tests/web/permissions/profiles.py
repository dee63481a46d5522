"""Rows of profiles, people, photos."""

from django.utils import timezone

from kith.members.actions import join
from kith.members.models import Member
from kith.profiles.models import Endorsement, Recommendation
from tests.web.permissions.row import GONE, IN, OK, REFUSED, Row

PROFILES: dict[str, Row] = {
    "people": Row("GET", anonymous=IN, member=OK, owner=OK, host=OK),
    "member": Row("GET", anonymous=GONE, member=OK, owner=OK, host=OK, blocked=GONE),
    "card_file": Row("GET", anonymous=GONE, member=OK, owner=OK, host=OK, blocked=GONE),
    "resume_file": Row("GET", anonymous=GONE, member=OK, owner=OK, host=OK, blocked=GONE),
    "fill_profile": Row("GET", anonymous=IN, member=OK, owner=OK, host=OK),
    "switch_public": Row("POST", anonymous=IN, member=302, owner=302, host=302),
    "audiences": Row("GET", anonymous=IN, member=OK, owner=OK, host=OK),
    "organisations": Row("GET", anonymous=IN, member=OK, owner=OK, host=OK),
    "profile_photo": Row("GET", anonymous=IN, member=OK, owner=OK, host=OK),
    "profile_banner": Row("GET", anonymous=IN, member=OK, owner=OK, host=OK),
    "remove_photo": Row("POST", anonymous=IN, member=302, owner=302, host=302),
    "remove_banner": Row("POST", anonymous=IN, member=302, owner=302, host=302),
    "profile_section": Row("GET", anonymous=IN, member=OK, owner=OK, host=OK),  # one's own, whoever asks
    "profile_audience": Row("POST", anonymous=IN, member=REFUSED, owner=REFUSED, host=REFUSED),
    "profile_row": Row("GET", anonymous=IN, member=GONE, owner=OK, host=GONE),
    "move_row": Row("POST", anonymous=IN, member=GONE, owner=302, host=GONE),
    "remove_row": Row("POST", anonymous=IN, member=GONE, owner=302, host=GONE),
    "endorse": Row("GET", anonymous=IN, member=GONE, owner=GONE, host=GONE),  # connections only
    "ask_endorsement": Row("POST", anonymous=IN, member=GONE, owner=GONE, host=GONE),
    "recommend": Row("GET", anonymous=IN, member=GONE, owner=GONE, host=GONE),
    "ask_recommendation": Row("POST", anonymous=IN, member=GONE, owner=GONE, host=GONE),
    "endorsements": Row("GET", anonymous=IN, member=OK, owner=OK, host=OK),
    "endorsed_skill": Row("POST", anonymous=IN, member=302, owner=302, host=302),  # one's own, whoever asks
    "endorsement": Row("POST", anonymous=IN, member=GONE, owner=302, host=GONE),
    "recommendations": Row("GET", anonymous=IN, member=OK, owner=OK, host=OK),
    "recommendation": Row("POST", anonymous=IN, member=GONE, owner=302, host=GONE),
    "photo": Row("GET", anonymous=GONE, member=OK, owner=OK, host=OK, blocked=GONE),
}


def said_of(ada: Member, route: str) -> str:
    """The public id of something said of Ada that this route names."""
    flo = Member.objects.filter(email="flo@example.org").first()
    flo = flo or join(email="flo@example.org", name="Flo Marsh")
    if route == "endorsement":
        row = {"name": "Editing", "key": "editing", "how": "We edited together"}
        return Endorsement.objects.create(member=ada, endorser=flo, **row).public_id
    return Recommendation.objects.create(author=flo, subject=ada, sent_at=timezone.now()).public_id
