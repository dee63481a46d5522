from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    name = "kith.profiles"
    label = "profiles"
