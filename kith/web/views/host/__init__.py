"""The host console: one file a noun; every page of it is a 404 to anybody but a host."""
