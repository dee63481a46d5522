"""The one error of this package."""


class Problem(Exception):
    """Something the person at the terminal can mend; its text is one sentence that says what and how."""
