"""How much of a file somebody hands over is read; counted on bytes as read, never on what a header claims (b48)."""

MB = 1024 * 1024

ENTRIES = 2_000
DIRECTORY_BYTES = 2 * MB  # a zip's own table of contents
ENTRY_BYTES = 100 * MB
TOTAL_BYTES = 500 * MB
RATIO = 200  # unpacked to packed, asked only once an entry is above RATIO_FROM
RATIO_FROM = 10 * MB

ROWS = 250_000  # of one file; LinkedIn itself stops at 30,000 connections

HEADER_RECORDS = 15  # a header row is looked for this far
NAME_LENGTH = 300  # names, companies, titles, skills
TEXT_LENGTH = 200_000  # messages, posts, articles
LISTED_LINES = 50  # bad rows named by line in a file's report

WORKBOOK_BYTES = 25 * MB
WORKBOOK_ENTRIES = 1_000
WORKBOOK_PART_BYTES = 30 * MB
WORKBOOK_TOTAL_BYTES = 60 * MB
WORKBOOK_ROWS = 10_000
WORKBOOK_COLUMNS = 50
WORKBOOK_STRINGS = 200_000
