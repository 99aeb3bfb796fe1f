"""Benchmarks: ratios against a bare baseline or a peer, measured in the same run."""
