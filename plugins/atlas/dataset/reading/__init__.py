"""Reading: bytes to text, CSV and YAML with path, line and column."""
