"""Analysis: what views work out from the atlas before they put it into words."""
