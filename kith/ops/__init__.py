"""What keeps Kith running: processes, the embedded PostgreSQL, backups, checks. Knows no domain word and needs no Django."""
