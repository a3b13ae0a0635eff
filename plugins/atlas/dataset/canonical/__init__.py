"""The canonical form of data files (``atlas fmt``) and edits that keep all other bytes."""
