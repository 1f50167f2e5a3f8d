"""Calls as sums: hours and days in one row each, so that a month of them is read at once."""
