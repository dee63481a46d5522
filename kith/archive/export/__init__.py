"""Taking everything out: which rows are whose, and the file they go into (docs/export.md)."""
