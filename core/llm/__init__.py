"""The only door to language models. It knows messages and models; it knows no database, no prompt and no headline."""
