"""Runs of an eval set: what is to be done, carrying it out, what it costs, what is on record."""
