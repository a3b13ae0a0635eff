"""``atlas new``: a scaffold for one record, question by question."""
