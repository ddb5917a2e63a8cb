"""Takes imports back, and says what stored figures would be without them, by doing the other imports again."""

from analytics.services.replays.differences import Differences
from analytics.services.replays.replay import (
    Replay,
    Replayed,
    in_one_transaction,
    name_keys,
    note_files,
    settle,
)
from analytics.services.replays.shadow import Shadow

__all__ = [
    "Differences",
    "Replay",
    "Replayed",
    "Shadow",
    "in_one_transaction",
    "name_keys",
    "note_files",
    "settle",
]
