"""The editorial calendar: what is published where and when, why then, and what came of it."""
