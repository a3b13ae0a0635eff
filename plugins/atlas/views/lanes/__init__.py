"""Lanes: periods of commitments on an axis of years."""
