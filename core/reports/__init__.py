"""What the records add up to: figures for leads, each with its counts, by desk and version and never by person."""
