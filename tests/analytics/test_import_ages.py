"""How old the figures of a file are."""

from datetime import UTC, date, datetime

import pytest

from analytics.services.ages import Evidence, last_day_in, looks_newer, looks_older

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
POST = datetime(2026, 9, 10, 8, tzinfo=UTC)


def evidence(name="export.csv", modified=None, exported_on=None) -> Evidence:
    return Evidence(name, modified, exported_on, "Europe/Rome", NOW)


@pytest.mark.parametrize(
    ("name", "last"),
    [
        ("Jan-01-2024_Mar-31-2024_1234567890.csv", date(2024, 3, 31)),
        ("content_2026-02-14_2026-02-27.csv", date(2026, 2, 27)),
        ("tweet_activity_metrics_acme_20210101_20210201_en.csv", date(2021, 2, 1)),
        ("acme_2024-01_2024-04.csv", date(2024, 4, 30)),
        ("posts 2024-12.xlsx", date(2024, 12, 31)),
        ("order 20261399.csv", None),
        ("export 1234567890123.csv", None),
        ("posts.csv", None),
    ],
)
def test_a_files_name_may_tell_its_last_day(name, last):
    assert last_day_in(name) == last


def test_a_stated_day_is_over_when_it_is_over_where_the_brand_is():
    age = evidence(exported_on=date(2026, 9, 30)).age(content=None, latest=POST)
    assert (age.as_of, age.source) == (datetime(2026, 9, 30, 21, 59, 59, tzinfo=UTC), "user")


def test_today_is_not_later_than_now():
    assert evidence(exported_on=NOW.date()).age(content=None, latest=None).as_of == NOW


def test_the_person_is_believed_before_the_content_and_the_content_before_the_name():
    told = datetime(2026, 9, 20, tzinfo=UTC)
    both = evidence("2026-09-30.csv", exported_on=date(2026, 9, 25))
    assert both.age(content=told, latest=POST).source == "user"
    assert evidence("2026-09-30.csv").age(content=told, latest=POST).source == "content"
    assert evidence("2026-09-30.csv").age(content=None, latest=POST).source == "name"


def test_no_export_is_older_than_a_post_in_it():
    modified = datetime(2026, 9, 15, tzinfo=UTC)
    assert evidence("2026-08.csv", modified).age(content=None, latest=POST).source == "modified"
    early = datetime(2026, 9, 1, tzinfo=UTC)
    assert evidence("2026-08.csv", early).age(content=None, latest=POST).source == "now"


def test_a_day_in_a_name_lasts_until_it_is_over_everywhere():
    late = datetime(2026, 10, 1, 6, tzinfo=UTC)  # still 30 September in Los Angeles
    assert evidence("Sep-01-2026_Sep-30-2026.csv").age(content=None, latest=late).source == "name"


@pytest.mark.parametrize(
    ("rose", "fell", "older", "newer"),
    [(0, 3, True, False), (0, 2, False, False), (1, 4, True, False), (2, 4, False, False), (9, 1, False, True)],
)
def test_figures_that_fell_tell_an_older_reading(rose, fell, older, newer):
    assert looks_older(rose=rose, fell=fell) is older
    assert looks_newer(rose=rose, fell=fell) is newer
