"""Drawings over time: lanes, accessions by year."""
