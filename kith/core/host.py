"""Reading and writing host settings by name."""

from typing import Any

from kith.core.models import HostSetting


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
