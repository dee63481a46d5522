"""Rows of the network."""

from tests.web.permissions.row import GONE, IN, OK, REFUSED, SPENT, Row

NETWORK: dict[str, Row] = {
    "report_member": Row("GET", anonymous=IN, member=OK, owner=GONE, host=OK, blocked=GONE),
    "dismiss_suggestion": Row("POST", anonymous=IN, member=302, owner=GONE, host=302, blocked=GONE),
    "reports": Row("GET", anonymous=IN, member=OK, owner=OK, host=OK),
    "from_archive": Row("GET", anonymous=IN, member=OK, owner=OK, host=OK),  # one's own, whoever asks
    "put_off": Row("POST", anonymous=IN, member=302, owner=GONE, host=302, blocked=GONE),
    "connect": Row("GET", anonymous=IN, member=OK, owner=GONE, host=OK, blocked=GONE),
    "disconnect": Row("GET", anonymous=IN, member=GONE, owner=GONE, host=GONE),
    "network": Row("GET", anonymous=IN, member=OK, owner=OK, host=OK),
    "invite_by_email": Row("POST", anonymous=IN, member=REFUSED, owner=REFUSED, host=REFUSED),
    "appeal_invitations": Row("POST", anonymous=IN, member=302, owner=302, host=302),
    "invitations": Row("GET", anonymous=IN, member=OK, owner=OK, host=OK),
    "sent_invitations": Row("GET", anonymous=IN, member=OK, owner=OK, host=OK),
    # The address names an invitation that the owner sent to somebody else.
    "invitation": Row("GET", anonymous=IN, member=GONE, owner=OK, host=GONE),
    "answer_invitation": Row("POST", anonymous=IN, member=GONE, owner=GONE, host=GONE),
    "withdraw_invitation": Row("POST", anonymous=IN, member=GONE, owner=302, host=GONE),
    "say_to_invitation": Row("POST", anonymous=IN, member=GONE, owner=REFUSED, host=GONE),
    "follow": Row("POST", anonymous=IN, member=302, owner=GONE, host=302, blocked=GONE),
    "unfollow": Row("POST", anonymous=IN, member=302, owner=GONE, host=302, blocked=GONE),
    "followers": Row("GET", anonymous=IN, member=OK, owner=OK, host=OK),  # one's own, whoever asks
    "followers_file": Row("GET", anonymous=IN, member=OK, owner=OK, host=OK),
    "following": Row("GET", anonymous=IN, member=OK, owner=OK, host=OK),
    "following_file": Row("GET", anonymous=IN, member=OK, owner=OK, host=OK),
    "remove_follower": Row("POST", anonymous=IN, member=GONE, owner=GONE, host=GONE),
    "connections": Row("GET", anonymous=IN, member=OK, owner=OK, host=OK),
    # Unless the owner says otherwise, only their connections read them.
    "connections_of": Row("GET", anonymous=IN, member=GONE, owner=302, host=GONE),
    "in_common": Row("GET", anonymous=IN, member=OK, owner=GONE, host=OK, blocked=GONE),
    "reach": Row("GET", anonymous=IN, member=OK, owner=OK, host=OK),
    # Where only the owner works: whoever does not see them does not see the company.
    "company": Row("GET", anonymous=IN, member=OK, owner=OK, host=OK, blocked=GONE),
    "network_choices": Row("GET", anonymous=IN, member=OK, owner=OK, host=OK),
    # By letter; the token is nobody's.
    "invited": Row("GET", SPENT, SPENT, SPENT, SPENT, waiting=SPENT, suspended=SPENT),
    "no_invitations": Row("GET", GONE, GONE, GONE, GONE, waiting=GONE, suspended=GONE),
}
