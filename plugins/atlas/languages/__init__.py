"""Languages: catalogues, dates, sorting, addresses, sentences, names of countries and places."""
