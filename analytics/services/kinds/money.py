"""What costs and visits have in common: rows of a period that are merged with those already known."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.utils import timezone

from analytics.formats import Notice
from analytics.services.kinds.base import Store, Stored, coverage
from analytics.services.storage.money import MoneyTally


class PeriodStore(Store):
    """Rows with a `start` and an `end`; a kind names the function that merges them and the figures they tell."""

    merge: ClassVar[Callable[..., MoneyTally]]
    figures: ClassVar[Sequence[str]]

    def store(self) -> Stored:
        latest = max((row.end for row in self.rows), default=None)
        moment = datetime.combine(latest, datetime.min.time(), timezone.get_default_timezone()) if latest else None
        age = self.work.evidence.age(content=self.work.reader.as_of, latest=moment)
        tally = type(self).merge(self.file, self.prepared(), as_of=age.as_of)
        return Stored(
            as_of=age.as_of,
            created=tally.created,
            updated=tally.updated,
            unchanged=tally.unchanged,
            left_out=tally.repeated,
            coverage=self._coverage(),
            notices=list(_notices(tally)),
            rejected=tally.rejected,
        )

    def prepared(self) -> list[Any]:
        """The rows as they are merged."""
        return self.rows

    def _coverage(self) -> list[dict[str, Any]]:
        if not self.rows:
            return []
        told = [name for name in self.figures if any(getattr(row, name) is not None for row in self.rows)]
        first, last = min(row.start for row in self.rows), max(row.end for row in self.rows)
        return [coverage(None, told, first, last)]


def _notices(tally: MoneyTally) -> Iterable[Notice]:
    if tally.repeated:
        yield Notice("rows_repeated", {"count": tally.repeated})
    if tally.replaced:
        yield Notice("rows_replaced", {"count": tally.replaced})
