"""Rows of profiles, people, photos."""

from tests.web.permissions.row import Row

PROFILES: dict[str, Row] = {}
