"""What a host decides about the house: its settings, its name, colours and logo; each change is written down."""

from dataclasses import replace
from typing import IO, Any

from django.db import transaction
from django.utils.translation import gettext as _

from kith.core import colour
from kith.core.branding import NAME_LIMIT, Brand, brand, set_brand
from kith.core.host import Setting, forget_setting, set_setting
from kith.core.logo import keep_logo
from kith.core.refusal import Refused, line_of
from kith.members.audit import record
from kith.members.models import Member


class Unreadable(Refused):
    """A colour words cannot be read in; `nearest` can be."""

    def __init__(self, sentence: str, field: str, nearest: str) -> None:
        super().__init__(sentence, field)
        self.nearest = nearest


def change_setting(host: Member, setting: Setting[Any], typed: str) -> None:
    """Keep the host's choice for one setting."""
    value = setting.read(typed)
    with transaction.atomic():
        if value == setting.default:
            forget_setting(setting.name)
        else:
            set_setting(setting.name, value)
        record("setting_changed", actor=host, setting=setting.name, value=_short(setting, value))


def reset_setting(host: Member, setting: Setting[Any]) -> None:
    """Back to the default."""
    with transaction.atomic():
        forget_setting(setting.name)
        record("setting_changed", actor=host, setting=setting.name, value="default")


def choose_brand(host: Member, *, name: str, light: str, dark: str, logo: IO[bytes] | None = None) -> Brand:
    """Name, accent in light and dark (#rrggbb, empty: Kith's own, or for dark: of the light one), and a logo."""
    name = line_of(name, NAME_LIMIT, _("Name"), "name") or Brand.name
    light = _readable(light, colour.LIGHT, "light", _("Colour on light paper"))
    dark = _readable(dark, colour.DARK, "dark", _("Colour on dark paper"))
    if light and not dark:
        dark = colour.nearest_readable(light, colour.DARK)
    new = replace(brand(), name=name, light=light, dark=dark)
    if logo is not None:
        new = replace(new, logo=keep_logo(logo))
    with transaction.atomic():
        record("brand_changed", actor=host, light=light, dark=dark, logo=new.logo)
        set_brand(new)
    return new


def remove_logo(host: Member) -> None:
    """The name alone again."""
    with transaction.atomic():
        record("brand_changed", actor=host, logo="")
        set_brand(replace(brand(), logo=""))


def _readable(typed: str, paper: colour.Paper, field: str, label: str) -> str:
    typed = typed.strip().lower()
    if not typed:
        return ""
    if not colour.is_colour(typed):
        raise Refused(_("%(label)s: please write it as #1a6b4f.") % {"label": label}, field)
    if colour.worst_contrast(typed, paper) < colour.READABLE:
        nearest = colour.nearest_readable(typed, paper)
        raise Unreadable(
            _("%(label)s: words in %(typed)s cannot be read well. The nearest that can is %(nearest)s.")
            % {"label": label, "typed": typed, "nearest": nearest},
            field,
            nearest,
        )
    return typed


def _short(setting: Setting[Any], value: Any) -> Any:
    """What the log says: the choice, the number; of a text only that it was written."""
    return value if setting.kind != "text" else "text"
