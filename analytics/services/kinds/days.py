"""What an account, or one of its posts, did day by day."""

from collections import defaultdict
from datetime import UTC, datetime

from analytics.formats import DayRow, Notice
from analytics.services.channels import Routing, plain
from analytics.services.kinds.base import Store, Stored, Told, Work, coverage
from analytics.services.storage import Stamp
from analytics.services.storage.days import DaysTally, DaysWriter


class DaysStore(Store):
    routed = True

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self.writer = DaysWriter()

    @classmethod
    def told(cls, row: DayRow) -> Told:
        moment = datetime(row.day.year, row.day.month, row.day.day, tzinfo=UTC)
        return Told(row.platform, row.account or row.account_id, list(row.figures), moment)

    def prepare(self) -> None:
        self.writer.prepare(self.work.open, tell=self.work.tell)

    def store(self) -> Stored:
        self.writer.stage()
        age = self.work.evidence.age(content=self.work.reader.as_of, latest=self.writer.latest())
        choices = self.work.choices
        several = len({plain(account) for account in self.writer.accounts}) > 1
        routing = Routing(
            self.file.brand,
            choices.channel,
            choices.left_out,
            several=several,
            brand_account=choices.brand_account,
            known=self.work.routes,
        )
        stamp = Stamp(self.file.brand_id, self.file.pk, self.work.now)
        tally = self.writer.write(routing, stamp, as_of=age.as_of)
        return Stored(
            as_of=age.as_of,
            created=tally.created,
            updated=tally.updated,
            unchanged=tally.unchanged,
            left_out=tally.left_out + tally.repeated,
            channels=tally.changed_channels,
            routes=routing.routes,
            coverage=_coverage(tally),
            notices=[*_notices(tally), *routing.notices],
            rejected=tally.rejected,
        )


def _coverage(tally: DaysTally) -> list[dict]:
    """Figures of the same days of a channel in one entry."""
    alike = defaultdict(list)
    for (channel, figure), (first, last) in tally.spans.items():
        alike[channel, first, last].append(figure)
    return [coverage(channel, figures, first, last) for (channel, first, last), figures in alike.items()]


def _notices(tally: DaysTally) -> list[Notice]:
    found = []
    if tally.repeated:
        found.append(Notice("days_repeated", {"count": tally.repeated}))
    if tally.left_out:
        names = ", ".join(sorted(name for name in tally.left_out_accounts if name)[:10])
        found.append(Notice("accounts_left_out", {"count": tally.left_out, "accounts": names}))
    if tally.kept:
        found.append(Notice("days_kept", {"count": tally.kept}))
    return found
