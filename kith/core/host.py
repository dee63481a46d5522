"""Host settings: declared beside the code that asks them, listed for the host in one table."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.core.models import HostSetting
from kith.core.refusal import Refused, line_of

Value = TypeVar("Value")
SETTINGS: dict[str, "Setting[Any]"] = {}
_held: ContextVar[dict[str, Any] | None] = ContextVar("held", default=None)


@dataclass(frozen=True)
class Setting(Generic[Value]):
    """One thing the host may decide: a default, what it means, and which values it takes.

    `choices` are (value, words); whole numbers have `least` and `most`; everything else is a line of text
    of the `pattern`, if there is one, or a switch, as the default is. Declaring one puts it into the
    console's table.
    """

    name: str
    default: Value
    label: Any
    hint: Any = ""
    choices: Sequence[tuple[Value, Any]] = ()
    least: int | None = None
    most: int | None = None
    group: Any = ""
    pattern: str = ""

    def __post_init__(self) -> None:
        assert self.name not in SETTINGS, self.name
        SETTINGS[self.name] = self

    @property
    def value(self) -> Value:
        """The host's choice, or the default."""
        return setting(self.name, self.default)

    @property
    def kind(self) -> str:
        """How it is asked for: choice, switch, number or text."""
        if self.choices:
            return "choice"
        return {bool: "switch", int: "number"}.get(type(self.default), "text")

    def read(self, typed: str) -> Any:
        """The value of what a host typed, or a refusal that says what it takes."""
        typed = typed.strip()
        if self.kind == "choice":
            for value, _words in self.choices:
                if str(value) == typed:
                    return value
            raise Refused(_("%(label)s: please choose one of the list.") % {"label": self.label}, self.name)
        if self.kind == "switch":
            return typed == "on"
        if self.kind == "number":
            return self._number(typed)
        line = line_of(typed, self.most or 200, str(self.label), self.name)
        if line and self.pattern and not re.fullmatch(self.pattern, line):
            raise Refused(
                _("%(label)s: “%(said)s” does not look like one.") % {"label": self.label, "said": line[:60]},
                self.name,
            )
        return line

    def _number(self, typed: str) -> int:
        least = 0 if self.least is None else self.least
        most = 1_000_000 if self.most is None else self.most
        digits = typed.isascii() and typed.isdigit() and len(typed) < 10
        if not digits or not least <= int(typed) <= most:
            said = {"label": self.label, "least": f"{least:,}", "most": f"{most:,}"}
            raise Refused(_("%(label)s: a whole number from %(least)s to %(most)s.") % said, self.name)
        return int(typed)


def setting(name: str, default: Any = None) -> Any:
    """The host's value, or the default the caller declares."""
    held = _held.get()
    if held is None:
        row = HostSetting.objects.filter(name=name).first()
        return default if row is None else row.value
    if not held:
        held |= {"": None, **dict(HostSetting.objects.values_list("name", "value"))}
    return held.get(name, default)


@contextmanager
def read_once() -> Iterator[None]:
    """Within, the host's table is asked once for all settings together; for what writes nothing."""
    token = _held.set({})
    try:
        yield
    finally:
        _held.reset(token)


def set_setting(name: str, value: Any) -> None:
    """Keep a host's choice."""
    HostSetting.objects.update_or_create(name=name, defaults={"value": value})


def forget_setting(name: str) -> None:
    """Back to the default."""
    HostSetting.objects.filter(name=name).delete()


SITE_ADDRESS = Setting(
    "site_address",
    "",
    label=gettext_lazy("Address of this site"),
    hint=gettext_lazy("With https:// before it; links in letters begin with it. Empty: made of KITH_HOSTS."),
    group=gettext_lazy("Letters"),
    pattern=r"https?://[^\s/]+/?",
)


def site_address() -> str:
    """How links in letters begin, without a slash at the end."""
    if chosen := SITE_ADDRESS.value:
        return chosen.rstrip("/")
    host = settings.ALLOWED_HOSTS[0].lstrip("*.") or "localhost"
    return f"https://{host}" if settings.BEHIND_HTTPS else f"http://{host}:{settings.PORT}"
