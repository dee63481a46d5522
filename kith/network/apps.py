from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "kith.network"
    label = "network"

    def ready(self) -> None:
        """Declare the kinds of notices, and what the host may decide."""
        from kith.network import limits, notices  # noqa: F401
