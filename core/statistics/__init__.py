"""Comparing prompts honestly: intervals instead of bare numbers, and a verdict that may be "inconclusive".

The unit is the article: what was asked of it several times is averaged first, and two prompts that ran on the same
articles are compared article by article. Nothing here knows a database or a screen.
"""
