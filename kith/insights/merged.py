"""Merged contacts count once: as the one they stand behind."""

from django.db.models.functions import Coalesce


def in_front(path: str) -> Coalesce:
    """The id of the contact somebody at `path` is listed as; merges of merges included, two deep."""
    return Coalesce(f"{path}__merged_into__merged_into_id", f"{path}__merged_into_id", f"{path}_id")
