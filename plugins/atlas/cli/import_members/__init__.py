"""``atlas import``: a list of members, matched, shown and accepted."""
