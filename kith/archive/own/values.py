"""Each value of a line, held against its column: type, length, choice, range. A hand-made file gets no further."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, NoReturn, TypeAlias

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _

from kith.archive.reading.kith_export import Line
from kith.archive.reading.model import Refused
from kith.core.text import clean_line, clean_text
from kith.notifications.kinds import Channel, Choice
from kith.profiles.typed import DESCRIPTION_LIMIT

Column: TypeAlias = "models.Field[Any, Any]"
TEXT_LENGTH = 200_000
LIST_LENGTH = 10_000
ONE_OF = {
    "notifications.Preference.channel": [channel.value for channel in Channel],
    "notifications.Preference.choice": [choice.value for choice in Choice],
}
_web_address = URLValidator(schemes=["http", "https"])


def value_of(field: Column, line: Line, *, typed: bool = False) -> Any:
    """What the line says for this column, or the column's default where an older export says nothing.

    `typed` is what its owner types elsewhere and others read: cleaned, and within what the forms take.
    """
    if field.name not in line.says:
        return field.get_default()
    raw = line.says[field.name]
    if raw is None:
        if not field.null:
            refuse(line, field.name, _("it is empty"))
        return None
    try:
        value = _checked(field, raw)
        if typed:
            value = _as_typed(field, value)
    except _Wrong as wrong:
        refuse(line, field.name, str(wrong))
    if field.choices and value and value not in dict(field.flatchoices):
        refuse(line, field.name, _("there is no such choice"))
    return value


def refuse(line: Line, name: str, why: str) -> NoReturn:
    """End a file here: where, which column, and why."""
    raise Refused(
        _("%(where)s: “%(name)s” cannot be taken: %(why)s.") % {"where": line.where, "name": name, "why": why}
    )


class _Wrong(ValueError):
    """Why a value does not fit its column."""


def _checked(field: Column, raw: Any) -> Any:
    for kind, check in _CHECKS:
        if isinstance(field, kind):
            return check(field, raw)
    raise AssertionError(field)


def _as_typed(field: Any, value: Any) -> Any:
    if isinstance(value, str):
        return _typed_text(field, value)
    if field.name.endswith("_month") and not 1 <= value <= 12:
        raise _Wrong(_("it is no month"))
    if field.name.endswith("_year") and not 1000 <= value <= 9999:
        raise _Wrong(_("it is no year"))
    return value


def _typed_text(field: Any, value: str) -> str:
    lines = isinstance(field, models.TextField)
    clean = clean_text(value, len(value) + 1) if lines else clean_line(value, field.max_length)
    if lines and len(clean) > DESCRIPTION_LIMIT:
        raise _Wrong(_("it is longer than %(most)s characters") % {"most": f"{DESCRIPTION_LIMIT:,}"})
    if not clean and not field.blank:
        raise _Wrong(_("it is empty"))
    if clean not in ONE_OF.get(str(field), [clean]):
        raise _Wrong(_("there is no such choice"))
    return clean


def _text(field: Any, raw: Any) -> str:
    if not isinstance(raw, str):
        raise _Wrong(_("it is no text"))
    most = field.max_length or TEXT_LENGTH
    if len(raw) > most:
        raise _Wrong(_("it is longer than %(most)s characters") % {"most": f"{most:,}"})
    return raw


def _url(field: Any, raw: Any) -> str:
    try:
        _web_address(_text(field, raw))
    except ValidationError:
        raise _Wrong(_("it is no address on the web")) from None
    return str(raw)


def _whole(field: Any, raw: Any) -> int:
    least, most = (
        (0, 32_767) if isinstance(field, models.PositiveSmallIntegerField) else (-(2**31), 2**31 - 1)
    )
    if not isinstance(raw, int) or isinstance(raw, bool) or not least <= raw <= most:
        raise _Wrong(_("it is no whole number from %(least)s to %(most)s") % {"least": least, "most": most})
    return raw


def _number(field: Any, raw: Any) -> float:
    if not isinstance(raw, int | float) or isinstance(raw, bool) or abs(raw) > 1e15:
        raise _Wrong(_("it is no number"))
    return float(raw)


def _switch(field: Any, raw: Any) -> bool:
    if not isinstance(raw, bool):
        raise _Wrong(_("it is neither true nor false"))
    return raw


def _moment(field: Any, raw: Any) -> datetime:
    moment = _read(datetime.fromisoformat, raw)
    if not is_aware(moment):
        raise _Wrong(_("it names no time zone"))
    return moment


def _day(field: Any, raw: Any) -> date:
    return _read(date.fromisoformat, raw)


def _read(read: Callable[[str], Any], raw: Any) -> Any:
    try:
        found = read(raw)
    except (TypeError, ValueError):
        raise _Wrong(_("it is no date")) from None
    if not 1000 <= found.year <= 9000:  # the edges overflow in other time zones
        raise _Wrong(_("it is no date"))
    return found


def _list(field: Any, raw: Any) -> list[Any]:
    if not isinstance(raw, list) or len(raw) > LIST_LENGTH:
        raise _Wrong(_("it is no list of up to %(most)s") % {"most": f"{LIST_LENGTH:,}"})
    return [_checked(field.base_field, item) for item in raw]


def _as_it_is(field: Any, raw: Any) -> Any:
    return raw


_CHECKS: tuple[tuple[type[Any], Callable[[Any, Any], Any]], ...] = (
    (models.URLField, _url),
    (models.CharField, _text),
    (models.TextField, _text),
    (models.BooleanField, _switch),
    (models.IntegerField, _whole),
    (models.FloatField, _number),
    (models.DateTimeField, _moment),
    (models.DateField, _day),
    (ArrayField, _list),
    (models.JSONField, _as_it_is),
)
