"""The model: records, partial dates, indexes and the schema; standard library only."""
