from django.apps import AppConfig


class TrustConfig(AppConfig):
    name = "kith.trust"
    label = "trust"

    def ready(self) -> None:
        """Declare the kinds of notices."""
        from kith.trust import notices  # noqa: F401
