"""The sums that best times read: right, the same after every path to them, and nothing read twice."""

import hashlib
import math
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.scoping import brands_in_scope
from analytics.hour_sums import FIGURES
from analytics.models import EngagementHour, Post, StaleWeek
from analytics.selectors.engagement import channel_sums
from analytics.services.engagement import Basis, refresh_sums
from analytics.services.freshness import mark_stale
from tests.analytics.posts import add_channel, add_posts, monday_of, random_posts

ROME = Basis("Europe/Rome", 48)


@pytest.fixture
def channel(cast):
    with brands_in_scope(cast.brand.pk):
        yield add_channel(cast.brand)


def refresh(channel, basis=ROME) -> int:
    return refresh_sums(channel, basis, step=lambda share, phase: None)


def stored(channel) -> list[tuple]:
    rows = EngagementHour.objects.filter(channel=channel).order_by("week")
    return [(*row[:-1], bytes(row[-1])) for row in rows.values_list(*WEEK_FIELDS)]


WEEK_FIELDS = (
    "week",
    "time_zone",
    "maturity_hours",
    "posts",
    "replies",
    "day_only",
    "immature",
    "formats",
    "groups",
)


def sums_by_hand(channel, figure: str, basis: Basis = ROME) -> dict[tuple, list[float]]:
    """The same sums post by post, slowly and obviously."""
    sums: dict[tuple, list[float]] = defaultdict(lambda: [0, 0.0, 0.0])
    for post in Post.objects.filter(channel=channel):
        value = value_of(post, figure)
        mature = post.metrics_as_of - post.published_at >= timedelta(hours=basis.maturity_hours)
        if value is None or not post.is_exact or not mature:
            continue
        wall = post.published_at.astimezone(ZoneInfo(basis.time_zone))
        key = (monday_of(post.published_at), post.format, bool(post.paid), post.is_reply)
        entry = sums[*key, wall.weekday() * 24 + wall.hour]
        entry[0] += 1
        entry[1] += math.log1p(value)
        entry[2] += math.log1p(value) ** 2
    return dict(sums)


def value_of(post: Post, figure: str) -> int | None:
    others = {"clicks": ["clicks", "link_clicks"], "views": ["views", "impressions", "video_views"]}
    told = [getattr(post, name) for name in others.get(figure, [figure])]
    return next((value for value in told if value is not None), None)


def as_dict(frame) -> dict[tuple, list[float]]:
    return {
        (row.week.date(), row.format, row.paid, row.is_reply, row.cell): [row.n, row.total, row.squares]
        for row in frame.itertuples()
    }


def assert_same_sums(channel, basis: Basis = ROME) -> None:
    sums = channel_sums(channel.pk)
    for figure in FIGURES:
        told, by_hand = as_dict(sums.of(figure, replies=True)), sums_by_hand(channel, figure, basis)
        assert told.keys() == by_hand.keys()
        for key, (n, total, squares) in by_hand.items():
            assert told[key] == [n, pytest.approx(total, abs=1e-4 * n), pytest.approx(squares, abs=1e-3 * n)]


def test_sums_equal_those_made_post_by_post(channel):
    add_posts(channel, random_posts(800, seed=1))
    assert refresh(channel) == 20
    assert_same_sums(channel)


def test_sums_brought_up_to_date_week_by_week_equal_sums_made_at_once(channel):
    """Imports in any order and in overlapping parts leave the very bytes that one import leaves."""
    posts = list(random_posts(600, seed=2))
    add_posts(channel, posts[:350])
    refresh(channel)
    add_posts(channel, posts[350:])
    assert 0 < refresh(channel) < 20
    at_once = add_channel(channel.brand, handle="at once")
    add_posts(at_once, reversed(posts))
    refresh(at_once)
    assert stored(channel) == stored(at_once)


def test_only_weeks_whose_posts_changed_are_read_again(channel):
    first, *_, last = add_posts(channel, random_posts(400, seed=3))
    refresh(channel)
    Post.objects.filter(pk=last.pk).update(engagements=10_000)
    Post.objects.filter(pk=first.pk).update(engagements=10_000)  # unknown to the sums: nobody noted its week
    mark_stale(channel.pk, [monday_of(last.published_at)])
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert refresh(channel) == 1
    reads = [query["sql"] for query in queries if "FROM analytics_post" in query["sql"]]
    assert len(reads) == 1
    assert str(monday_of(last.published_at)) in reads[0]


def test_a_refresh_consumes_the_notes_of_its_own_channel_only(channel):
    other = add_channel(channel.brand, handle="other")
    add_posts(channel, random_posts(20, seed=4))
    add_posts(other, random_posts(20, seed=5))
    refresh(channel)
    assert not StaleWeek.objects.filter(channel=channel).exists()
    assert StaleWeek.objects.filter(channel=other).exists()
    assert refresh(channel) == 0


def test_a_week_whose_posts_are_gone_loses_its_sums(channel):
    rows = add_posts(channel, random_posts(50, seed=6))
    refresh(channel)
    week = monday_of(rows[0].published_at)
    Post.objects.filter(pk__in=[row.pk for row in rows if monday_of(row.published_at) == week]).delete()
    mark_stale(channel.pk, [week])
    refresh(channel)
    assert not EngagementHour.objects.filter(channel=channel, week=week).exists()
    assert_same_sums(channel)


@pytest.mark.parametrize("basis", [Basis("America/New_York", 48), Basis("Europe/Rome", 24)])
def test_another_time_zone_or_maturity_sums_every_week_again(channel, basis):
    add_posts(channel, random_posts(300, seed=7))
    weeks = refresh(channel)
    assert refresh(channel, basis) == weeks
    assert_same_sums(channel, basis)
    assert refresh(channel, basis) == 0


def test_the_stored_bytes_are_the_same_on_every_database(channel):
    """The digest was taken on SQLite and on PostgreSQL."""
    start = datetime(2026, 3, 2, tzinfo=UTC)
    posts = [
        {
            "published_at": start + timedelta(minutes=97 * n, seconds=n % 60, microseconds=n * 999),
            "format": ("photo", "video", "")[n % 3],
            "paid": (None, False, True)[n % 5 % 3],
            "is_reply": n % 7 == 0,
            "engagements": n * n % 1009,
            "reach": None if n % 4 else n,
            "link_clicks": n % 11,
            "views": n * 31,
        }
        for n in range(500)
    ]
    add_posts(channel, posts)
    refresh(channel)
    digest = hashlib.sha256(repr(stored(channel)).encode()).hexdigest()
    assert digest == "e383639eef6566a549aad16ae75e58d1a2d8ca3d336410623e549508b5291b58"


def cells(channel) -> list[tuple[int, int]]:
    """Day and hour of each group, in the order of the groups."""
    return [divmod(int(cell), 24) for cell in channel_sums(channel.pk).of("engagements")["cell"]]


@pytest.mark.parametrize(
    ("utc", "day", "hour"),
    [
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), 6, 1),  # the last minute of winter time in Rome
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), 6, 3),  # and the first of summer time: no 2 o'clock that night
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), 6, 2),  # 2:30 in summer time
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), 6, 2),  # 2:30 again, in winter time
        (datetime(2026, 7, 5, 22, 30, tzinfo=UTC), 0, 0),  # Sunday in UTC, Monday in Rome
    ],
)
def test_hours_are_those_of_the_wall_clock_on_both_sides_of_a_clock_change(channel, utc, day, hour):
    add_posts(channel, [{"published_at": utc, "engagements": 5}])
    refresh(channel)
    assert cells(channel) == [(day, hour)]


def test_the_same_wall_hour_before_and_after_a_clock_change_is_one_cell(channel):
    noon = [datetime(2026, 3, 27, 11, tzinfo=UTC), datetime(2026, 4, 3, 10, tzinfo=UTC)]
    add_posts(channel, [{"published_at": moment, "engagements": 5} for moment in noon])
    refresh(channel)
    assert cells(channel) == [(4, 12), (4, 12)]


def test_half_hour_zones_count_by_their_own_clock(channel):
    add_posts(channel, [{"published_at": datetime(2026, 1, 5, 18, 45, tzinfo=UTC), "engagements": 5}])
    refresh(channel, Basis("Asia/Kolkata", 48))
    assert cells(channel) == [(1, 0)]


def test_a_figure_that_was_not_exported_is_not_counted_and_zero_is(channel):
    moment = datetime(2026, 1, 6, 9, tzinfo=UTC)
    add_posts(
        channel,
        [
            {"published_at": moment, "engagements": 0, "reach": None},
            {"published_at": moment, "engagements": None, "reach": 7},
        ],
    )
    refresh(channel)
    sums = channel_sums(channel.pk)
    assert sums.of("engagements")[["n", "total"]].values.tolist() == [[1, 0.0]]
    assert sums.of("reach")["n"].tolist() == [1]
    assert sums.of("clicks").empty


def test_posts_left_out_are_counted_once_with_their_reason(channel):
    moment = datetime(2026, 1, 6, 9, tzinfo=UTC)
    young = moment + timedelta(hours=47)
    add_posts(
        channel,
        [
            {"published_at": moment, "engagements": 1},
            {"published_at": moment, "engagements": 1, "is_reply": True, "is_exact": False},
            {"published_at": moment, "engagements": 1, "is_exact": False, "metrics_as_of": young},
            {"published_at": moment, "engagements": 1, "metrics_as_of": young},
        ],
    )
    refresh(channel)
    week = EngagementHour.objects.get(channel=channel)
    assert (week.week, week.posts) == (date(2026, 1, 5), 4)
    assert (week.replies, week.day_only, week.immature) == (1, 1, 1)
    assert channel_sums(channel.pk).of("engagements")["n"].sum() == 1
