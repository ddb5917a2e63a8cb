"""Wall time over daylight saving and changes of a zone's own rules."""

import pandas as pd
import pytest

from analytics.best_times import summarise, to_wall_time


def wall(zone: str, *times: str) -> list[str]:
    return to_wall_time(pd.Series(pd.to_datetime(list(times))), zone).dt.strftime("%d %H:%M").tolist()


def test_spring_leaps_over_an_hour():
    assert wall("Europe/Rome", "2026-03-29 00:59", "2026-03-29 01:00") == ["29 01:59", "29 03:00"]


def test_autumn_lives_an_hour_twice():
    assert wall("Europe/Rome", "2026-10-25 00:30", "2026-10-25 01:30") == ["25 02:30", "25 02:30"]


def test_the_double_hour_counts_both_posts_and_the_leapt_one_none():
    times = pd.Series(pd.to_datetime(["2026-10-25 00:30", "2026-10-25 01:30", "2026-03-29 01:00"]))
    posts = pd.DataFrame(
        {"published_at": to_wall_time(times, "Europe/Rome"), "value": 1.0, "format": "", "is_paid": False}
    )
    n = summarise(posts).groupby("cell")["n"].sum()
    assert n.to_dict() == {6 * 24 + 2: 2, 6 * 24 + 3: 1}


def test_the_southern_half_goes_the_other_way():
    assert wall("America/Santiago", "2026-01-15 12:00", "2026-07-15 12:00") == ["15 09:00", "15 08:00"]


def test_a_zone_that_changed_its_standard_time_is_read_as_it_was():
    assert wall("America/Caracas", "2016-05-01 06:59", "2016-05-01 07:00") == ["01 02:29", "01 03:00"]


def test_a_brand_that_moves_zone_sees_its_posts_at_the_new_zones_hours():
    assert wall("America/Los_Angeles", "2026-07-01 06:30") == ["30 23:30"]
    assert wall("Asia/Kathmandu", "2026-07-01 06:30") == ["01 12:15"]


def test_aware_times_and_the_index_are_kept():
    times = pd.Series(pd.to_datetime(["2026-07-01 12:00+02:00"], utc=True), index=[9])
    assert to_wall_time(times, "Europe/Rome").to_dict() == {9: pd.Timestamp("2026-07-01 12:00")}


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc/passwd"])
def test_an_unknown_zone_is_named(zone):
    with pytest.raises(ValueError, match="time zone"):
        wall(zone, "2026-07-01 12:00")
