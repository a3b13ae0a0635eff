"""The history of the dataset, edition by edition, as a changelog."""
