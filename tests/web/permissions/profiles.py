"""Rows of profiles, people, photos."""

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
    "photo": Row("GET", anonymous=GONE, member=OK, owner=OK, host=OK, blocked=GONE),
}
