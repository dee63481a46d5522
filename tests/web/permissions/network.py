"""Rows of the network."""

from tests.web.permissions.row import Row

NETWORK: dict[str, Row] = {}
