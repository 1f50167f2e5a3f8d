"""Find traces among a million: what is looked for, the index, pages of what was found."""
