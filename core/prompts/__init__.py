"""Prompts under version control: what a version holds, where it is released, how it is rendered and read from a file."""
