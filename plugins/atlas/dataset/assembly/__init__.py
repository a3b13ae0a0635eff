"""Assembly of valid records into one frozen ``Atlas``."""
