"""Reports, what was seen, what a host decided."""
