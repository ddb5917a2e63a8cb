"""Takes imports back, and says what stored figures would be without them, by doing the other imports again."""

from analytics.services.replays.differences import Differences
from analytics.services.replays.replay import Replay, Replayed, settle

__all__ = ["Differences", "Replay", "Replayed", "settle"]
