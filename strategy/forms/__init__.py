"""The forms of the strategy."""
