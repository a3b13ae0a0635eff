"""The files of the dataset: reading, assembly, canonical form, history, writing."""
