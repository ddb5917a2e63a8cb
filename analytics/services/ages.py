"""How old the figures of a file are: what tells it, and what can be believed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from analytics.file_names import last_day_in

LAST_MOMENT = time(23, 59, 59)
# A day in a file's name is of the zone of whoever exported it; it is over everywhere when it is over here.
EVERYWHERE = timezone(timedelta(hours=-12))


@dataclass(frozen=True)
class Age:
    """When figures were read, and who says so: user, content, name, modified or now."""

    as_of: datetime
    source: str

    @property
    def is_told(self) -> bool:
        return self.source in ("user", "content")


@dataclass(frozen=True)
class Evidence:
    """All that may tell the age of a file."""

    name: str
    modified_at: datetime | None
    exported_on: date | None
    zone: str
    now: datetime

    def age(self, *, content: datetime | None, latest: datetime | None) -> Age:
        """The first source that can be right: no export is older than a post in it."""
        for age in self._candidates(content):
            if age.is_told or latest is None or age.as_of >= latest:
                return age
        return Age(max(self.now, latest), "now")

    def _candidates(self, content: datetime | None) -> Iterator[Age]:
        if self.exported_on:
            yield Age(self._end_of(self.exported_on, ZoneInfo(self.zone)), "user")
        if content:
            yield Age(content, "content")
        if last := last_day_in(self.name):
            yield Age(self._end_of(last, EVERYWHERE), "name")
        if self.modified_at:
            yield Age(min(self.modified_at, self.now), "modified")
        yield Age(self.now, "now")

    def _end_of(self, day: date, zone: tzinfo) -> datetime:
        return min(datetime.combine(day, LAST_MOMENT, zone).astimezone(UTC), self.now)


def looks_older(*, rose: int, fell: int) -> bool:
    """Figures only grow: where clearly more stored posts would fall than rise, the file is the older reading."""
    return rose + fell >= 3 and fell >= 0.8 * (rose + fell)


def looks_newer(*, rose: int, fell: int) -> bool:
    return rose + fell >= 3 and rose >= 0.8 * (rose + fell)
