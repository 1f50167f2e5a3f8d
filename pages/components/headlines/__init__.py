"""A set of headlines as people meet it: written while they watch, picked, edited, rejected."""
