"""The hours online as text and as 168 levels."""

import random

import pytest
from django.utils import translation

from strategy import audience_words, online_hours
from strategy.online_hours import HoursError


@pytest.fixture
def words():
    with translation.override("en"):
        return audience_words.hours_words()


def at(cells: list[int], day: int, hour: int) -> int:
    return cells[day * 24 + hour]


def test_a_line_covers_its_days_and_hours_and_no_other(words):
    cells = online_hours.parse("Mon-Fri: 7-9 often\nSun: 20-23 mostly", words)
    assert len(cells) == 168
    assert [at(cells, day, 7) for day in range(7)] == [2, 2, 2, 2, 2, 0, 0]
    assert [at(cells, 6, hour) for hour in (19, 20, 22, 23)] == [0, 3, 3, 0]
    assert sum(level > 0 for level in cells) == 5 * 2 + 3


def test_later_spans_lie_over_earlier_ones_and_nights_wrap_within_their_days(words):
    cells = online_hours.parse("Mon-Sun: 0-24 sometimes, 22-2 mostly", words)
    assert [at(cells, 3, hour) for hour in (0, 1, 2, 21, 22, 23)] == [3, 3, 1, 1, 3, 3]


def test_days_can_run_over_the_weekend(words):
    cells = online_hours.parse("Sat-Mon, Wed: 10-11 often", words)
    assert [at(cells, day, 10) for day in range(7)] == [2, 0, 2, 0, 0, 2, 2]


def test_each_language_understands_its_own_words_and_the_other_ones():
    with translation.override("it"):
        italian = audience_words.hours_words()
        cells = online_hours.parse("lun-ven: 7-9 spesso\nSaturday: 9-10 quasi sempre", italian)
        assert (at(cells, 0, 8), at(cells, 5, 9)) == (2, 3)
        assert online_hours.write(cells, italian) == "Lun-Ven: 7-9 spesso\nSab: 9-10 quasi sempre"


@pytest.mark.parametrize(
    ("text", "code", "line", "found"),
    [
        ("Mon 7-9 often", "line", 1, "Mon 7-9 often"),
        ("Mon: 7-9 often\n\nMoon: 7-9 often", "day", 3, "Moon"),
        ("Mon: seven often", "span", 1, "seven often"),
        ("Mon: 7-25 often", "span", 1, "7-25 often"),
        ("Mon: 7-9", "span", 1, "7-9"),
        ("Mon: 7-9 always", "level", 1, "always"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(words, text, code, line, found):
    with pytest.raises(HoursError) as caught:
        online_hours.parse(text, words)
    assert (caught.value.code, caught.value.line, caught.value.found) == (code, line, found)


def test_nothing_written_means_not_known(words):
    assert online_hours.parse(" \n ", words) == []
    assert online_hours.write([], words) == ""


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("language", ["en", "it"])
def test_what_is_written_is_read_back(seed, language):
    rng = random.Random(seed)
    weekday = [rng.choice([0, 0, level]) for level in rng.choices(range(4), k=24)]
    cells = weekday * rng.randint(0, 5)
    cells += rng.choices(range(4), k=168 - len(cells))
    with translation.override(language):
        words = audience_words.hours_words()
        assert online_hours.parse(online_hours.write(cells, words), words) == cells


def test_a_week_without_any_hour_is_known_to_be_empty(words):
    assert online_hours.parse(online_hours.write([0] * 168, words), words) == [0] * 168


@pytest.mark.parametrize("cells", [[], [0] * 167, [0] * 167 + [4], [0] * 167 + [True], [0] * 167 + ["1"]])
def test_only_168_levels_are_a_grid(cells):
    assert not online_hours.is_grid(cells)
