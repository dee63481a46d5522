"""Kith: a professional network that a community hosts itself."""

__version__ = "0.1.0"
