"""Acts on one's own profile: the one door for pages, files brought in, and tests."""

from kith.profiles.actions.card import edit_card, set_audience, set_birthday, write_summary
from kith.profiles.actions.rows import add_row, add_skills, change_row, move_row, remove_row

__all__ = [
    "add_row",
    "add_skills",
    "change_row",
    "edit_card",
    "move_row",
    "remove_row",
    "set_audience",
    "set_birthday",
    "write_summary",
]
