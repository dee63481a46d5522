"""Rows of notices."""

from tests.web.permissions.row import Row

NOTICES: dict[str, Row] = {}
