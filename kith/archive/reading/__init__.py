"""Reads what members bring: archives of other networks and workbooks of figures. Pure, without Django."""

from kith.archive.reading.archive import read_archive
from kith.archive.reading.model import Archive, Refused, Workbook
from kith.archive.reading.sniffing import sniff
from kith.archive.reading.workbook import read_workbook

__all__ = ["Archive", "Refused", "Workbook", "read_archive", "read_workbook", "sniff"]
