"""What reads the strategy."""
