"""What the reporter sees of somebody, copied at the moment of the report."""

from typing import Any

from kith.members.models import Member
from kith.members.policy import Viewer
from kith.network.models import Invitation
from kith.profiles.periods import period
from kith.profiles.shown import shown_profile


def seen_of(member: Member, viewer: Viewer, invitation: Invitation | None = None) -> dict[str, Any]:
    """Card, summary and positions as shown to this viewer, and the invitation with what was said about it."""
    shown = shown_profile(member, viewer)
    seen: dict[str, Any] = {"name": member.name, "handle": member.handle}
    if shown.card:
        seen |= {"headline": shown.card.headline, "place": shown.card.place, "summary": shown.summary}
        seen["had_photo"] = bool(shown.card.photo_key)
        seen["positions"] = [
            {
                "title": row.title,
                "organisation": row.organisation.stands_for.name if row.organisation else "",
                "when": period(row),
            }
            for row in shown.positions
        ]
    if invitation:
        seen["invitation"] = {
            "sent_at": invitation.sent_at.isoformat(),
            "note": invitation.note,
            "said": [
                {"text": word.text, "at": word.said_at.isoformat(), "by": word.author.name}
                for word in invitation.words.select_related("author")
            ],
        }
    return seen
