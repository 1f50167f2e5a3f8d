"""The record of every call: what was asked, what each attempt sent and got, and what became of it."""
