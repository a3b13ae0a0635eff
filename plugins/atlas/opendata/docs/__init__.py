"""Documentation of the data made from its schema: annotated records, issue forms."""
