"""What the Feedback screen is made of: reports and blind pairs."""
