from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    name = "kith.profiles"
    label = "profiles"

    def ready(self) -> None:
        from kith.profiles import notices  # noqa: F401  declares its kinds
