"""Git: revisions of the data, their days and the name of an edition."""
