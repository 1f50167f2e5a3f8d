"""What the review queue on the Feedback screen is made of."""
