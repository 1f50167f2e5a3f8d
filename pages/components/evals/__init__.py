"""What the Evals screen is made of."""
