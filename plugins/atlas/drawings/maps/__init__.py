"""Maps: projection, base map, labels, marks; static sheets and the interactive map."""
