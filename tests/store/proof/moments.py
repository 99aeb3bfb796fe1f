"""Moments for the tests of proofs."""

from datetime import UTC, datetime

NOON = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)
