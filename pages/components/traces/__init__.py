"""What the Traces screen is made of."""
