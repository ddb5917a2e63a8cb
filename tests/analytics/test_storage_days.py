"""Figures by day: the newer reading wins, what is not told erases nothing, and a second time changes nothing."""

from datetime import UTC, date, datetime

import pytest
from django.db import transaction

from accounts.scoping import brands_in_scope
from analytics.formats import DayRow
from analytics.models import ChannelDay, ImportBatch, ImportFile
from analytics.services.channels import Routing
from analytics.services.storage import Stamp
from analytics.services.storage.days import DaysTally, DaysWriter
from strategy.models import Channel

MONDAY = date(2026, 6, 1)
NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)


@pytest.fixture
def file(cast):
    with brands_in_scope(cast.brand.pk):
        batch = ImportBatch.objects.create(brand=cast.brand)
        yield ImportFile.objects.create(brand=cast.brand, batch=batch, name="series.csv")


def row(day: int, *, line: int = 2, account: str = "acme", video: str = "", **figures: float) -> DayRow:
    return DayRow(line, "x", account, "", MONDAY.replace(day=day), video, figures)


def store(file: ImportFile, rows: list[DayRow], *, as_of: int, **routing) -> DaysTally:
    writer = DaysWriter()
    writer.prepare(lambda: rows, tell=lambda count: None)
    with transaction.atomic():
        writer.stage()
        stamp = Stamp(file.brand_id, file.pk, NOW)
        return writer.write(Routing(file.brand, **routing), stamp, as_of=datetime(2026, 6, as_of, tzinfo=UTC))


def told(tally: DaysTally) -> tuple[int, int, int]:
    return tally.created, tally.updated, tally.unchanged


def values() -> dict[tuple[int, str], float]:
    return {(each.day.day, each.figure): each.value for each in ChannelDay.objects.all()}


def test_each_figure_of_a_day_is_stored_with_its_age_and_its_file(file):
    tally = store(file, [row(1, views=10, followers=100), row(2, views=12)], as_of=3)
    assert told(tally) == (2, 0, 0)
    assert values() == {(1, "views"): 10, (1, "followers"): 100, (2, "views"): 12}
    first = ChannelDay.objects.filter(figure="followers").get()
    assert (first.channel.handle, first.as_of.day, first.file, first.brand) == ("acme", 3, file, file.brand)


def test_the_same_file_twice_changes_nothing(file):
    rows = [row(day, views=day, reach=2 * day) for day in range(1, 20)]
    store(file, rows, as_of=20)
    before = list(ChannelDay.objects.order_by("pk").values())
    assert told(store(file, rows, as_of=20)) == (0, 0, 19)
    assert list(ChannelDay.objects.order_by("pk").values()) == before


def test_a_newer_reading_replaces_and_leaves_what_it_does_not_tell(file):
    store(file, [row(1, views=10, reach=5), row(2, views=12)], as_of=3)
    assert told(store(file, [row(1, views=11), row(3, views=9)], as_of=4)) == (1, 1, 0)
    assert values() == {(1, "views"): 11, (1, "reach"): 5, (2, "views"): 12, (3, "views"): 9}


def test_an_older_reading_fills_gaps_and_overwrites_nothing(file):
    store(file, [row(1, views=11)], as_of=4)
    tally = store(file, [row(1, views=10, reach=5)], as_of=3)
    assert (told(tally), tally.kept) == ((0, 1, 0), 1)
    assert values() == {(1, "views"): 11, (1, "reach"): 5}


def test_a_reading_between_two_that_agree_does_not_win(file):
    for as_of, views in ((1, 5), (3, 5), (2, 4)):
        store(file, [row(1, views=views)], as_of=as_of)
    assert values() == {(1, "views"): 5}


def test_of_a_day_told_twice_the_last_row_is_taken(file):
    tally = store(file, [row(1, views=10), row(2, views=3), row(1, line=4, views=11)], as_of=3)
    assert (told(tally), tally.repeated) == ((2, 0, 0), 1)
    assert values()[1, "views"] == 11


def test_days_of_a_post_stand_beside_those_of_its_channel(file):
    rows = [row(1, views=10), row(1, video="a\tb\\c", views=3), row(1, video="z", views=4)]
    assert told(store(file, rows, as_of=3)) == (3, 0, 0)
    found = dict(ChannelDay.objects.values_list("external_id", "value"))
    assert found == {"": 10, "a\tb\\c": 3, "z": 4}


def test_zero_is_a_figure(file):
    store(file, [row(1, views=10)], as_of=3)
    store(file, [row(1, views=0)], as_of=4)
    assert values() == {(1, "views"): 0}


def test_accounts_go_to_their_channels_and_those_left_out_nowhere(file):
    rows = [row(1, views=1), row(1, account="other", views=2), row(2, account="gone", views=3)]
    tally = store(file, rows, as_of=3, left_out=frozenset({"gone"}))
    assert (told(tally), tally.left_out, tally.left_out_accounts) == ((2, 0, 0), 1, {"gone"})
    by_channel = dict(ChannelDay.objects.values_list("channel__handle", "value"))
    assert by_channel == {"acme": 1, "other": 2}
    assert tally.changed_channels == sorted(Channel.objects.values_list("pk", flat=True))


def test_a_row_that_no_database_holds_is_rejected(file):
    rows = [row(1, views=1), row(2, line=3, views=10**40), row(3, line=4, video="x" * 200, views=1)]
    tally = store(file, rows, as_of=5)
    assert [(bad.line, bad.code) for bad in tally.rejected] == [(3, "count_too_large"), (4, "id_too_long")]
    assert values() == {(1, "views"): 1}


def test_what_is_covered_is_told_by_channel_and_figure(file):
    tally = store(file, [row(1, views=10, reach=5), row(4, views=12)], as_of=5)
    channel = Channel.objects.get()
    span = (MONDAY, MONDAY.replace(day=4))
    assert tally.spans == {(channel.pk, "reach"): (MONDAY, MONDAY), (channel.pk, "views"): span}
