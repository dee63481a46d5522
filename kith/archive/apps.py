from django.apps import AppConfig


class ArchiveConfig(AppConfig):
    name = "kith.archive"
    label = "archive"
