"""The worker's door to this app: what is done at times is registered by being loaded."""

from strategy.services import reminders

__all__ = ["reminders"]
