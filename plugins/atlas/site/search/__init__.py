"""Search: entries of claims and records, indexed by Pagefind."""
