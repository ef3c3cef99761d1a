"""Training: features counted, weights and filters learned, models rebuilt."""
