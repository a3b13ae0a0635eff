"""``atlas accept``: what somebody suggested with the form becomes rows, all of it or nothing."""
