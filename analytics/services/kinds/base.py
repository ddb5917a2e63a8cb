"""What every kind of import does with the rows of a file, and what it tells of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar, NamedTuple, Protocol

from analytics.formats import Notice, Reader, Rejected
from analytics.models import ImportFile
from analytics.services.ages import Evidence
from analytics.services.channels import Account
from analytics.services.storage.plan import Tell

TOLD_EVERY = 1_000  # rows, after which the progress is told


class Work(Protocol):
    """A file on its way into the database. `open` begins to read it anew; `reader` is the last one opened.

    `routes` tells where its accounts went when it was stored before; None for a file that comes for the first
    time.
    """

    file: ImportFile
    choices: Any
    evidence: Evidence
    tell: Tell
    now: datetime
    reader: Reader
    routes: dict[Account, int] | None

    def open(self) -> Reader: ...


class Told(NamedTuple):
    """What a row says of whose it is: the account, the names of its figures, and the moment it tells of."""

    platform: str
    account: str
    figures: Sequence[str]
    moment: datetime | None


@dataclass
class Stored:
    """What became of a file's rows. `left_out` are rows that nobody wants, besides those the reader ignored."""

    as_of: datetime
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    left_out: int = 0
    channels: list[int] = field(default_factory=list)
    routes: list[list[Any]] = field(default_factory=list)
    coverage: list[dict[str, Any]] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)


class Store:
    """Stores the rows of one file: `prepare` outside, `store` inside the file's transaction.

    `routed` says that every row belongs to a channel, so that a person may have to tell which; `feeds_best_times`
    that the best times of the channels it changes are computed anew.
    """

    routed: ClassVar[bool] = False
    feeds_best_times: ClassVar[bool] = False

    def __init__(self, work: Work) -> None:
        self.work, self.file = work, work.file

    def prepare(self) -> None:
        self.rows: list[Any] = []
        for row in self.work.open():
            self.rows.append(row)
            if len(self.rows) % TOLD_EVERY == 0:
                self.work.tell(len(self.rows))

    def store(self) -> Stored:
        raise NotImplementedError

    @classmethod
    def told(cls, row: Any) -> Told | None:
        """Whose a row is, for the page that asks; None where rows belong to no channel."""
        return None


def coverage(channel: int | None, figures: Sequence[str], first: date, last: date) -> dict[str, Any]:
    """One entry of `ImportFile.coverage`."""
    return {
        "channel": channel,
        "figures": sorted(figures),
        "first": first.isoformat(),
        "last": last.isoformat(),
    }
