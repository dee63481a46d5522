"""Host settings: declared beside the code that asks them, listed for the host in one table."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kith.core.models import HostSetting

Value = TypeVar("Value")
SETTINGS: dict[str, "Setting[Any]"] = {}


@dataclass(frozen=True)
class Setting(Generic[Value]):
    """One thing the host may decide: a default, what it means, and which values it takes.

    `choices` are (value, words); whole numbers have `least` and `most`; everything else is a line of text
    or a switch, as the default is. Declaring one puts it into the console's table.
    """

    name: str
    default: Value
    label: Any
    hint: Any = ""
    choices: Sequence[tuple[Value, Any]] = ()
    least: int | None = None
    most: int | None = None
    group: Any = ""

    def __post_init__(self) -> None:
        assert self.name not in SETTINGS, self.name
        SETTINGS[self.name] = self

    @property
    def value(self) -> Value:
        """The host's choice, or the default."""
        return setting(self.name, self.default)


def setting(name: str, default: Any = None) -> Any:
    """The host's value, or the default the caller declares."""
    row = HostSetting.objects.filter(name=name).first()
    return default if row is None else row.value


def set_setting(name: str, value: Any) -> None:
    """Keep a host's choice."""
    HostSetting.objects.update_or_create(name=name, defaults={"value": value})


def forget_setting(name: str) -> None:
    """Back to the default."""
    HostSetting.objects.filter(name=name).delete()


SITE_ADDRESS = Setting(
    "site_address",
    "",
    label=_("Address of this site"),
    hint=_("With https:// before it; links in letters begin with it. Empty: made of KITH_HOSTS."),
    group=_("Letters"),
)


def site_address() -> str:
    """How links in letters begin, without a slash at the end."""
    if chosen := SITE_ADDRESS.value:
        return chosen.rstrip("/")
    host = settings.ALLOWED_HOSTS[0].lstrip("*.") or "localhost"
    return f"https://{host}" if settings.BEHIND_HTTPS else f"http://{host}:{settings.PORT}"
