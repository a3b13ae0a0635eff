"""Drawings made at build time: pure functions of the records and of the base map."""
