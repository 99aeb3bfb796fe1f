"""記録の層: The record of every case, append-only and provable. The only layer that knows SQL."""
