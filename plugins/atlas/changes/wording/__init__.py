"""Sentences about changes, in any language."""
