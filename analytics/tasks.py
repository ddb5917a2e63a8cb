"""The worker's door to the services of this app."""
