"""What platforms tell by day: Meta's series, overviews of X and TikTok, LinkedIn's followers, YouTube's totals."""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np
import xlsxwriter

from smm.demo.files.base import DemoFile, csv_bytes
from smm.demo.plan import Account, Demo
from smm.demo.simulate import DemoPost, last_day, random

LONGEST = 365  # days, the most that one export holds
# How the people that a post reaches are spread over the days after it.
LATER = (0.62, 0.21, 0.09, 0.05, 0.03)
GROWN = 0.3  # followers won in a year by being seen, as a share of all
X_HEADER = (
    *("Date", "Impressions", "Likes", "Engagements", "Bookmarks", "Shares", "New follows", "Unfollows", "Replies"),
    *("Reposts", "Profile visits", "Create Post", "Video views", "Media views"),
)
TIKTOK_HEADER = ("Date", "Video Views", "Profile Views", "Likes", "Comments", "Shares")
LINKEDIN_HEADER = (
    *("Date", "Sponsored followers", "Organic followers", "Auto-invited followers", "Total followers"),
)


@dataclass(frozen=True)
class Day:
    """One day of a channel."""

    day: date
    reach: int
    views: int
    reactions: int
    comments: int
    shares: int
    follows: int
    lost: int
    followers: int
    visits: int
    posts: int


def export(demo: Demo, account: Account, posts: Sequence[DemoPost], *, today: date) -> list[DemoFile]:
    """The series of a channel over its last year; none where its platform hands out none."""
    writer = WRITERS.get(account.platform)
    if writer is None:
        return []
    days = simulated(demo, account, posts, today=today)
    made = datetime.combine(today - timedelta(days=1), time(15, 40), tzinfo=UTC)
    stem = f"{demo.slug}_{days[-1].day:%Y-%m-%d}"
    return [
        DemoFile(demo.slug, f"{name}_{stem}{ending}", content, made, account.key, f"{account.key} by day")
        for name, ending, content in writer(account, days)
    ]


def simulated(demo: Demo, account: Account, posts: Sequence[DemoPost], *, today: date) -> list[Day]:
    """Days on which posts, the weekday and luck bring people; followers end at the number of the plan."""
    rng = random(demo.slug, account.key, "days")
    count = min(LONGEST, account.days)
    every = [last_day(today) - timedelta(days=count - 1 - place) for place in range(count)]
    reach, published = _reach(account, posts, every, rng)
    views = (reach * rng.lognormal(0.3, 0.08, count)).astype(int)
    won = GROWN * account.followers * count / LONGEST / reach.sum()  # of each person reached
    follows = rng.poisson(reach * won + account.followers * 0.0004)
    lost = rng.poisson(account.followers * 0.0006, count)
    followers = account.followers - np.append(np.cumsum((follows - lost)[::-1])[::-1][1:], 0)
    reactions = rng.poisson(reach * account.rate * 0.7)
    return [
        Day(day, *map(int, told))
        for day, *told in zip(
            *(every, reach, views, reactions, rng.poisson(reactions * 0.07), rng.poisson(reactions * 0.06)),
            *(follows, lost, followers, rng.poisson(reach * 0.012), published),
            strict=True,
        )
    ]


def _reach(
    account: Account, posts: Sequence[DemoPost], every: Sequence[date], rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """People reached by day, and posts published."""
    count, first = len(every), every[0]
    usual = np.linspace(np.log(0.7), 0.0, count) + rng.normal(0.0, 0.16, count)
    usual += np.array([account.audience_days[day.weekday()] for day in every])
    reach, published = account.followers * 0.05 * np.exp(usual), np.zeros(count, int)
    for post in posts:
        place = (post.published.date() - first).days
        published[place] += 1 if 0 <= place < count else 0
        for later, share in enumerate(LATER, start=place):
            if 0 <= later < count:
                reach[later] += post.final.reach * share
    return reach.astype(int), published


Written = Iterable[tuple[str, str, bytes]]


def _meta(platform: str) -> Callable[[Account, list[Day]], Written]:
    def series(_account: Account, days: list[Day]) -> Written:
        told = (("reach", "reach"), ("follows", "follows"))
        for title, figure in told:
            name = f"{platform.capitalize()} {title}"
            yield name.replace(" ", "_"), ".csv", _meta_file(name, [(d.day, getattr(d, figure)) for d in days])
        yield f"Views_{platform}", ".csv", _meta_file("Views", [(d.day, d.views) for d in days])

    return series


def _meta_file(title: str, rows: Iterable[tuple[date, int]]) -> bytes:
    """UTF-16 with `sep=,` on top; the clock of a day in summer stands an hour later than the account's."""
    text = io.StringIO(newline="")
    text.write("\ufeffsep=,\r\n")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([[title], ["Date", "Primary"]])
    writer.writerows([f"{day:%Y-%m-%d}T00:00:00", value] for day, value in rows)
    return text.getvalue().encode("utf-16-le")


def _x(_account: Account, days: list[Day]) -> Written:
    rows = []
    for d in reversed(days):
        engaged = d.reactions + d.comments + d.shares + d.visits
        figures = (d.views, d.reactions, engaged, d.shares // 3, d.shares // 4, d.follows, d.lost, d.comments)
        rows.append(
            [
                f"{d.day:%a, %b} {d.day.day}, {d.day:%Y}",
                *figures,
                d.shares,
                d.visits,
                d.posts,
                d.views // 9,
                d.views // 7,
            ]
        )
    yield "account_overview_analytics", ".csv", csv_bytes(X_HEADER, rows)


def _tiktok(_account: Account, days: list[Day]) -> Written:
    rows = [[_yearless(d.day), d.views, d.visits, d.reactions, d.comments, d.shares] for d in days]
    yield "Overview", ".csv", csv_bytes(TIKTOK_HEADER, rows, bom=True, quote_all=True)
    header = ("Date", "Followers", "Difference in followers from previous day")
    followers = [[_yearless(d.day), d.followers, d.follows - d.lost] for d in days]
    yield "Followers", ".csv", csv_bytes(header, followers, bom=True, quote_all=True)


def _yearless(day: date) -> str:
    return f"{day:%B} {day.day}"


def _youtube(_account: Account, days: list[Day]) -> Written:
    yield "Totals_views", ".csv", csv_bytes(("Date", "Views"), [[d.day.isoformat(), d.views] for d in days])
    net = [[d.day.isoformat(), d.follows - d.lost] for d in days]
    yield "Totals_subscribers", ".csv", csv_bytes(("Date", "Subscribers"), net)


def _linkedin(account: Account, days: list[Day]) -> Written:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"created": datetime(2020, 1, 1)})  # the same days give the same bytes
    rows: list[Sequence[Any]] = [LINKEDIN_HEADER]
    rows += [(f"{d.day:%m/%d/%Y}", 0, d.follows, 0, d.follows) for d in days]
    sheet = book.add_worksheet("New followers")
    for place, row in enumerate(rows):
        sheet.write_row(place, 0, row)
    book.close()
    yield f"{account.handle.lower()}_followers", ".xlsx", target.getvalue()


WRITERS: dict[str, Callable[[Account, list[Day]], Written]] = {
    "facebook": _meta("facebook"),
    "instagram": _meta("instagram"),
    "x": _x,
    "tiktok": _tiktok,
    "youtube": _youtube,
    "linkedin": _linkedin,
}
