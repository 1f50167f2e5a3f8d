"""What the Prompts screen is made of."""
