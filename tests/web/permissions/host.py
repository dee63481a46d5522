"""Rows of the host console."""

from tests.web.permissions.row import Row

HOST: dict[str, Row] = {}
