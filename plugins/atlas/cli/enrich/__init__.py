"""``atlas enrich``: identifiers of cities from Wikidata, by their GeoNames numbers. Never part of a build."""
