"""The JSON API: one table of `endpoints` that routes, validates and answers, and from which it is described."""
