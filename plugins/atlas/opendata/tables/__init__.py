"""Tables to download: CSV, GeoJSON, SQLite, Parquet, spreadsheets."""
