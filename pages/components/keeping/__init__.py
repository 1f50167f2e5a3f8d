"""What the Keeping screen is made of."""
