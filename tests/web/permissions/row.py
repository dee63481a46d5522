"""One route's row: what it answers to each role, by its first door (GET, or POST where GET is refused)."""

from dataclasses import dataclass

IN = 302  # sent to sign in
HELD = 302  # signed in, but kept at the page that says what they wait for
OK = 200
GONE = 404
SPENT = 410
REFUSED = 422
FORBIDDEN = 403


@dataclass(frozen=True)
class Row:
    """Answers by role; `blocked` answers as `member` unless said otherwise.

    anonymous; waiting (account not let in yet); suspended; blocked (the owner blocked them); member (let in, a
    stranger to the owner); owner of what the address names; host (who sees no more of a member's private
    things than any other member).
    """

    method: str
    anonymous: int
    member: int
    owner: int
    host: int
    waiting: int = HELD
    suspended: int = HELD
    blocked: int | None = None

    def answer(self, role: str) -> int:
        if role == "blocked" and self.blocked is None:
            return self.member
        return int(getattr(self, role))


ROLES = ("anonymous", "waiting", "suspended", "blocked", "member", "owner", "host")
