"""Posts with their figures: routed to channels, streamed into the database, best times to be computed anew."""

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from analytics.formats import Notice, PostRow
from analytics.models import METRICS
from analytics.services.ages import looks_newer, looks_older
from analytics.services.channels import Routing
from analytics.services.freshness import mark_stale
from analytics.services.kinds.base import Store, Stored, Told, Work, coverage
from analytics.services.storage import Pass, Restart, Stamp, Tally, posts_writer

MOST_PASSES = 8


class PostsStore(Store):
    routed = True
    feeds_best_times = True

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self.several = False
        self.notices: list[Notice] = []

    @classmethod
    def told(cls, row: PostRow) -> Told:
        figures = [name for name in METRICS if getattr(row, name) is not None]
        return Told(row.platform, row.account or row.account_id, figures, row.published_at)

    def prepare(self) -> None:
        self.writer = posts_writer()
        self.writer.prepare(self.work.open, tell=self.work.tell)

    def store(self) -> Stored:
        self.age = self.work.evidence.age(content=None, latest=None)
        plan = Pass(as_of=self.age.as_of)
        stamp = Stamp(self.file.brand_id, self.file.pk, self.work.now)
        for _attempt in range(MOST_PASSES):
            routing = self._routing()
            try:
                with transaction.atomic():
                    tally = self.writer.write(plan, routing, stamp)
                    self._reconsider(plan, tally)
                break
            except Restart as restart:
                self.several = self.several or routing.several
                plan = replace(plan, **restart.changes)
        else:
            raise RuntimeError(f"import file {self.file.pk}: no pass agrees with its own assumptions")
        self.writer.discard()
        transaction.on_commit(lambda: self.writer.settle(tally))
        return self._stored(plan, tally, routing)

    def _routing(self) -> Routing:
        choices = self.work.choices
        return Routing(
            self.file.brand,
            choices.channel,
            choices.left_out,
            several=self.several,
            brand_account=choices.brand_account,
            known=self.work.routes,
        )

    def _reconsider(self, plan: Pass, tally: Tally) -> None:
        """What is known only at the end of a pass: how old the file must be, and which way its figures went."""
        if plan.older:
            return
        age = self.work.evidence.age(content=self.work.reader.as_of, latest=tally.latest)
        if age != self.age:
            self.age = age
            if age.as_of != plan.as_of:
                raise Restart(as_of=age.as_of)
        if not age.is_told and tally.latest and looks_older(rose=tally.rose, fell=tally.fell):
            self.notices.append(Notice("taken_as_older", {"fell": tally.fell, "changed": tally.rose + tally.fell}))
            raise Restart(older=True, as_of=min(tally.latest, age.as_of))

    def _stored(self, plan: Pass, tally: Tally, routing: Routing) -> Stored:
        for channel in tally.channels:
            mark_stale(channel, (week for number, week in tally.weeks if number == channel))
        self._note_tally(plan, tally)
        return Stored(
            as_of=plan.as_of,
            created=tally.created,
            updated=tally.updated,
            unchanged=tally.unchanged,
            left_out=tally.left_out + tally.repeated,
            channels=tally.channels,
            routes=routing.routes,
            coverage=self._coverage(tally),
            notices=self.notices + routing.notices,
            rejected=tally.rejected,
        )

    def _coverage(self, tally: Tally) -> list[dict[str, Any]]:
        """From the day of the first post to that of the last, in the brand's time zone."""
        zone, figures = ZoneInfo(self.file.brand.time_zone), self.file.preview.get("figures", [])
        spans = sorted(tally.spans.items())
        return [
            coverage(channel, figures, first.astimezone(zone).date(), last.astimezone(zone).date())
            for channel, (first, last) in spans
        ]

    def _note_tally(self, plan: Pass, tally: Tally) -> None:
        if tally.repeated:
            self.notices.append(Notice("repeated_posts", {"count": tally.repeated}))
        if tally.left_out:
            names = ", ".join(sorted(name for name in tally.left_out_accounts if name)[:10])
            self.notices.append(Notice("accounts_left_out", {"count": tally.left_out, "accounts": names}))
        if not tally.kept or plan.older:
            return
        if not self.age.is_told and looks_newer(rose=tally.rose, fell=tally.fell):
            facts = {"rose": tally.rose, "changed": tally.rose + tally.fell}
            self.notices.append(Notice("kept_but_higher", facts))
        else:
            self.notices.append(Notice("older_kept", {"count": tally.kept}))
