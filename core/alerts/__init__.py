"""Limits that leads set for figures, what happens when one is broken, and who is told."""
