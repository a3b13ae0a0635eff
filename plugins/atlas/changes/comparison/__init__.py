"""Comparison of two editions, record by record: pure."""
