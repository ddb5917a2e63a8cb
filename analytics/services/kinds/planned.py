"""Planned posts of a content calendar."""

from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from analytics.formats import Notice
from analytics.services.kinds.base import Store, Stored, coverage
from analytics.services.storage.planned import PlannedTally, store_planned


class PlannedStore(Store):
    def store(self) -> Stored:
        # A plan is of the day on which it was made, and tells of days to come.
        age = self.work.evidence.age(content=self.work.reader.as_of, latest=None)
        tally = store_planned(self.file, self.rows, as_of=age.as_of, chosen=self.work.choices.channel)
        return Stored(
            as_of=age.as_of,
            created=tally.created,
            updated=tally.updated,
            unchanged=tally.unchanged,
            channels=sorted(tally.channels),
            coverage=self._coverage(),
            notices=list(_notices(tally)),
        )

    def _coverage(self) -> list[dict[str, Any]]:
        zone = ZoneInfo(self.file.brand.time_zone)
        days = [row.at.astimezone(zone).date() for row in self.rows if row.at]
        return [coverage(None, ["planned"], min(days), max(days))] if days else []


def _notices(tally: PlannedTally) -> Iterable[Notice]:
    if tally.without_channel:
        yield Notice("planned_without_channel", {"count": tally.without_channel})
    if tally.kept:
        yield Notice("planned_kept", {"count": tally.kept})
