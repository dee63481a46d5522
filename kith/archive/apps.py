from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "kith.archive"
    label = "archive"

    def ready(self) -> None:
        """Declare the kinds of notices that stand here."""
        from kith.archive import notices  # noqa: F401
