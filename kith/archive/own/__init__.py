"""Bringing in what another Kith let out: opened with suspicion, then written in one transaction."""
