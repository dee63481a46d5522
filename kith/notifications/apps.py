from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "kith.notifications"
    label = "notifications"

    def ready(self) -> None:
        """Declare the kinds that stand here."""
        from kith.notifications import account, announcements, hosting  # noqa: F401
