"""時計の層: What waits, and for how long; it knows no law."""
