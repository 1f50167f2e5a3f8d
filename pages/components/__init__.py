"""Pieces that several screens share, each of which looks the same wherever it stands."""
