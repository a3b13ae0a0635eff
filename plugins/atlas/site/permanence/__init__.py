"""Addresses that last: what has moved, what was withdrawn, and a lock that no build may lose a line of."""
