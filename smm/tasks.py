"""The worker's door to this app: what is done at times is registered by being loaded."""

from smm import digest

__all__ = ["digest"]
