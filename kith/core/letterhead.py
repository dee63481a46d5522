"""How a letter looks in a mail program: the text under the community's name, links pressable, nothing loaded."""

from django.utils.html import escape, format_html, urlize
from django.utils.safestring import mark_safe

from kith.core.branding import brand

ACCENT = "#14664b"
PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{}</title></head>'
    '<body style="margin:0;padding:24px;background:#fbf9f5;color:#23262d;'
    "font:17px/1.5 'Source Sans 3',system-ui,sans-serif\">"
    '<div style="max-width:34rem;margin:0 auto">'
    '<p style="font:500 22px/1.2 Georgia,serif;color:{};margin:0 0 20px">{}</p>{}</div></body></html>'
)


def dressed(subject: str, text: str) -> str:
    """HTML of a plain letter; blank lines part paragraphs."""
    own = brand()
    paragraphs = [part for part in text.strip().split("\n\n") if part.strip()]
    body = "".join(f"<p>{urlize(escape(part)).replace(chr(10), '<br>')}</p>" for part in paragraphs)
    # escape() and urlize() have made every sign of the text harmless already
    return str(format_html(PAGE, subject, own.light or ACCENT, own.name, mark_safe(body)))  # noqa: S308
