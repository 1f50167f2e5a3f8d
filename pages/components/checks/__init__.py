"""What the Checks screen is made of."""
