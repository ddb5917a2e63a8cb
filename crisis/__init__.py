"""Crisis plans: written before, found in seconds, followed under stress."""
