"""Rows of taking out and leaving."""

from tests.web.permissions.row import Row

LEAVING: dict[str, Row] = {}
