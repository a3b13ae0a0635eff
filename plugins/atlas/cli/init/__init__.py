"""``atlas init``: a new atlas, from files of a site and the worked example of the engine."""
