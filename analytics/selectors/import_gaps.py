"""Which days no import covers, by channel and figure, from what each imported file tells of its days."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from analytics.coverage import Span, gaps, union
from analytics.export_steps import Guide, guide_for, guide_of
from analytics.file_names import period_in
from analytics.models import ImportBatch, ImportFile, QuietPeriod
from strategy.models import Channel

HORIZON = timedelta(days=365)
LATE_AFTER = 14  # days without an import that are nothing to remind of
# Between two exports nothing need have been published, advertised or sold for so many days.
PAUSES = {"posts": 7, "spend": 7, "orders": 7}
KINDS = ("posts", "days", "spend", "traffic", "orders")


@dataclass(frozen=True)
class Line:
    """Figures of one source that the same days are known of. `gaps` are the days of the last year that are not."""

    channel: Channel | None
    kind: str
    source: str  # the format of money that belongs to no channel; "" for what channels tell
    figures: tuple[str, ...]
    covered: tuple[Span, ...]
    gaps: tuple[Span, ...]
    until: date

    @property
    def missing_days(self) -> int:
        return sum(gap.days for gap in worth_asking(self.gaps, self.until))


@dataclass(frozen=True)
class Need:
    """One export to download next: of these days no figure of the source is known."""

    channel: Channel | None
    kind: str
    source: str
    gaps: tuple[Span, ...]
    until: date
    is_first: bool = False  # nothing of this source is in yet

    @property
    def guide(self) -> Guide | None:
        """How to export it; None where only the template tells such rows."""
        return guide_of(self.kind, self.channel.platform) if self.channel else guide_for(self.source)

    @property
    def span(self) -> Span:
        """From the first to the last missing day: the period to choose when exporting."""
        return Span(self.gaps[0].first, self.gaps[-1].last)

    @property
    def missing_days(self) -> int:
        return sum(gap.days for gap in self.gaps)


def worth_asking(found: Iterable[Span], until: date) -> list[Span]:
    """Gaps between exports, and the one up to now when it has grown long."""
    return [gap for gap in found if gap.last < until or gap.days > LATE_AFTER]


def lines(*, today: date) -> list[Line]:
    """The active channels and the sources of money, figure by figure; those known of the same days in one line.

    Three queries, whatever the number of files.
    """
    active = Channel.objects.filter(active=True).order_by("platform", "handle")
    channels = {channel.pk: channel for channel in active}
    known = _known()
    found = [line for key in _in_order(known, channels) for line in _of_source(*key, known, channels, today)]
    told = {line.channel.pk for line in found if line.channel and line.kind == "posts"}
    return found + [_nothing(channel, today) for channel in channels.values() if channel.pk not in told]


def needs(*, today: date, found: list[Line] | None = None) -> list[Need]:
    """The exports to download next, those that fill most first.

    A day on which an export told some figures and not others asks for nothing: it would not tell them again.
    """
    by_source: dict[tuple, list[Line]] = defaultdict(list)
    for line in lines(today=today) if found is None else found:
        by_source[line.channel.pk if line.channel else None, line.kind, line.source].append(line)
    told = [_need(group, today) for group in by_source.values()]
    return sorted((need for need in told if need.gaps), key=lambda need: -need.missing_days)


def _need(group: list[Line], today: date) -> Need:
    line = group[0]
    covered = union(span for each in group for span in each.covered)
    missing = _missing(covered, line.kind, today) if covered else line.gaps
    gaps = tuple(worth_asking(missing, line.until))
    return Need(line.channel, line.kind, line.source, gaps, line.until, is_first=not covered)


def _missing(covered: Sequence[Span], kind: str, today: date) -> list[Span]:
    return gaps(covered, since=today - HORIZON, until=today - timedelta(days=1), pause=PAUSES.get(kind, 0))


Key = tuple[int | None, str, str]  # channel, kind, source


def _known() -> dict[Key, dict[str, list[tuple[date, date]]]]:
    """By channel, kind and source the days that files tell of, figure by figure."""
    files = ImportFile.objects.filter(done_at__isnull=False, batch__state=ImportBatch.State.DONE)
    known: dict[Key, dict[str, list[tuple[date, date]]]] = defaultdict(lambda: defaultdict(list))
    files = files.filter(kind__in=KINDS)  # a plan of days to come has no gaps
    for name, kind, format, coverage in files.values_list("name", "kind", "format", "coverage"):
        for told in coverage:
            key = (told["channel"], kind, "" if told["channel"] else format)
            span = _whole_period(name, date.fromisoformat(told["first"]), date.fromisoformat(told["last"]))
            for figure in told["figures"] or [""]:
                known[key][figure].append(span)
    for period in QuietPeriod.objects.all():
        for spans in known.get((period.channel_id, period.kind, period.source), {}).values():
            spans.append((period.first, period.last))
    return known


def quiet_periods() -> list[QuietPeriod]:
    """What people said of days on which nothing happened, the latest first."""
    return list(QuietPeriod.objects.select_related("channel", "noted_by"))


def _whole_period(name: str, first: date, last: date) -> tuple[date, date]:
    """The period that a file's name tells, where what is told lies in it: quiet days at its ends count too."""
    named = period_in(name)
    return named if named and named[0] <= first and last <= named[1] else (first, last)


def _in_order(known: dict[Key, dict], channels: dict[int, Channel]) -> list[Key]:
    places = {number: place for place, number in enumerate(channels)}
    told = [key for key in known if key[0] is None or key[0] in channels]
    return sorted(told, key=lambda key: (key[0] is None, places.get(key[0], 0), KINDS.index(key[1]), key[2]))


def _of_source(
    number: int | None, kind: str, source: str, known: dict, channels: dict[int, Channel], today: date
) -> Iterator[Line]:
    alike: dict[tuple[Span, ...], list[str]] = defaultdict(list)
    for figure, spans in known[number, kind, source].items():
        alike[tuple(union(spans))].append(figure)
    channel = channels.get(number) if number is not None else None
    for covered, figures in sorted(alike.items(), key=lambda item: -len(item[1])):
        missing, until = tuple(_missing(covered, kind, today)), today - timedelta(days=1)
        yield Line(channel, kind, source, tuple(sorted(filter(None, figures))), covered, missing, until)


def _nothing(channel: Channel, today: date) -> Line:
    """A channel of which no post is known: everything is missing."""
    until = today - timedelta(days=1)
    gap = Span(today - HORIZON, until)
    return Line(channel, "posts", "", (), (), (gap,), until)
