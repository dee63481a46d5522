"""Why something could not be written."""

from django.utils.translation import gettext as _

from kith.core.text import clean_line, clean_text


class Refused(ValueError):
    """One sentence for whoever asked; `field` is what it is about."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


def line_of(text: str, limit: int, label: str, field: str) -> str:
    """One clean line, or a refusal that says the limit; nothing is cut in silence."""
    return _within(clean_line(text, limit + 1), text, limit, label, field)


def text_of(text: str, limit: int, label: str, field: str) -> str:
    """Clean lines, or a refusal that says the limit."""
    return _within(clean_text(text, limit + 1), text, limit, label, field)


def _within(clean: str, typed: str, limit: int, label: str, field: str) -> str:
    if len(clean) > limit:
        raise Refused(
            _("%(label)s: at most %(limit)s characters; this has %(length)s.")
            % {"label": label, "limit": f"{limit:,}", "length": f"{len(typed):,}"},
            field,
        )
    return clean
