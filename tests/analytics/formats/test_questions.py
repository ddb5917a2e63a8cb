"""Where two readings of a column are possible the reader asks; an answer decides; nothing is asked needlessly."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analytics.formats import detect
from analytics.formats.dates import Orders, month_first, orders_of, parse, reading
from analytics.formats.located import SAMPLE_ROWS
from analytics.formats.numbers import decimal_sign, number_reader, possible_signs
from analytics.formats.tables import normal
from tests.analytics.formats.files import changed, write

DAYS = st.dates(date(2010, 1, 1), date(2030, 12, 31))
FORMS = {"mdy": "%m/%d/%Y", "dmy": "%d.%m.%Y"}
META = [
    ["Post ID", "Page name", "Title", "Publish time", "Permalink", "Post type", "Reach", "Reactions", "Comments"],
    *[
        [
            f"1000000000000{n}",
            "Alba",
            f"post {n}",
            f"04/0{n}/2026 10:00",
            "https://x.example/",
            "Photo",
            "10",
            "1",
            "0",
        ]
        for n in range(1, 6)
    ],
]
ADS = [
    ["Campaign name", "Reporting starts", "Reporting ends", "Amount spent", "Impressions"],
    ["Spring", "2026-04-01", "2026-04-30", "1.234", "10"],
    ["Summer", "2026-06-01", "2026-06-30", "2.345", "20"],
]


def asked(path, **answers):
    reader = detect(path).stream(path, time_zone="Europe/Rome", answers=answers)
    rows = list(reader)
    return rows, reader


@given(st.lists(DAYS, min_size=1, max_size=30), st.sampled_from(sorted(FORMS)))
def test_the_order_in_which_a_column_was_written_always_fits(days, order):
    found = orders_of(day.strftime(FORMS[order]) for day in days)
    if any(day.day > 12 for day in days):
        assert found.fitting == (order,)
    elif any(day.day != day.month for day in days):
        assert found.fitting == ("mdy", "dmy")
        assert all(reading(cell, "mdy") != reading(cell, "dmy") for cell in found.cells)
    else:
        assert not found.is_open  # both readings are the same days


@given(st.lists(DAYS, min_size=5, max_size=30))
def test_one_odd_cell_does_not_decide_for_the_others(days):
    assume(sum(day.day > 12 for day in days) > 2)
    written = [day.strftime("%d/%m/%Y") for day in days]
    assert orders_of(["12/31/2026", *written]).fitting == ("dmy",)


@given(st.lists(DAYS, min_size=1, max_size=20))
def test_the_spans_are_the_first_and_last_day_of_each_reading(days):
    found = orders_of(day.strftime("%m/%d/%Y") for day in days)
    assert found.spans[0] == (min(days), max(days))


@pytest.mark.parametrize(
    ("values", "fitting"),
    [
        (["26-04-03", "26-05-31"], ("ymd",)),
        (["26-04-03"], ("ymd",)),  # 26 April 2003 is before any platform
        (["05-04-06"], ("mdy", "dmy", "ymd")),
        (["05.04.06"], ("mdy", "dmy")),  # with points the year comes last
        (["29/02/2024"], ("dmy",)),
        (["2/30/2026", "1/1/2026"], ("mdy", "dmy")),  # no day at all has no vote
        (["2026-04-03"], ()),
        (["3 April 2026"], ()),
        (["03\u202f.\u202f04.2026"], ()),
        ([], ()),
    ],
)
def test_orders_that_fit(values, fitting):
    found = orders_of(values)
    assert found.fitting == fitting or (not found.is_open and found.fitting[:1] == fitting[:1])


def test_nothing_is_said_of_a_column_without_numbers():
    assert orders_of(["", "n/a"]) == Orders()
    assert month_first(["1/2/2026"]) is None


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("1er mars 2026", date(2026, 3, 1), None),
        ("sexta-feira, 27 de fev. de 2026", date(2026, 2, 27), None),
        ("27. Februar 2026, 14:30 Uhr", date(2026, 2, 27), (14, 30, 0)),
        ("27 de febrero de 2026, 9:30 p. m.", date(2026, 2, 27), (21, 30, 0)),
        ("27 févr. 2026 à 14h30", date(2026, 2, 27), (14, 30, 0)),
        ("venerdì 27 febbraio 2026 ore 9:30", date(2026, 2, 27), (9, 30, 0)),
        ("Feb 27th, 2026 9:30\u202fAM", date(2026, 2, 27), (9, 30, 0)),
        ("27. 2. 2026 14:30", date(2026, 2, 27), (14, 30, 0)),
        ("2026.02.27.", date(2026, 2, 27), None),
    ],
)
def test_days_as_people_of_six_languages_write_them(text, day, clock):
    found = parse(text, order="dmy")
    assert (found.day, found.clock) == (day, clock)


NUMBERS = st.decimals(min_value=0, max_value=10**9, places=2)


def grouped(number: Decimal, group: str, sign: str) -> str:
    return f"{number:,.2f}".translate(str.maketrans({",": group, ".": sign}))


@given(
    st.lists(NUMBERS, min_size=1),
    st.sampled_from([(",", "."), (".", ","), ("\u202f", ","), ("'", "."), ("\u00a0", ",")]),
)
def test_amounts_with_two_decimals_are_never_in_doubt(numbers, signs):
    texts = [grouped(number, *signs) for number in numbers]
    assert possible_signs(texts, whole=False) == (signs[1],)
    assert [number_reader(signs[1])(text) for text in texts] == numbers


@given(st.lists(st.integers(1000, 10**8), min_size=1), st.sampled_from([",", ".", "\u2009", "’"]))
def test_grouped_counts_keep_their_value_in_every_language(numbers, group):
    texts = [f"{number:,}".replace(",", group) for number in numbers]
    for language in ("en", "it"):
        sign = decimal_sign(texts, language, whole=True)
        assert [int(number_reader(sign)(text)) for text in texts] == numbers


def test_one_odd_number_does_not_decide_for_the_others():
    assert possible_signs(["1,5", *["1.234,50"] * 3, "2.5"], whole=False) == (",",)


def test_meta_dates_that_could_be_either_are_asked_about_with_both_readings(tmp_path):
    rows, reader = asked(write(tmp_path, META))
    (question,) = reader.questions
    assert (question.key, question.choices, question.assumed) == ("date_order:publish time", ("mdy", "dmy"), "mdy")
    assert question.samples[0] == ("04/01/2026", ("2026-04-01", "2026-01-04"))
    assert question.spans == (("2026-04-01", "2026-04-05"), ("2026-01-04", "2026-05-04"))
    assert [notice.code for notice in reader.warnings].count("dates_assumed") == 1
    assert rows[1].published_at.date() == date(2026, 4, 2)


@pytest.mark.parametrize("key", ["date_order:publish time", "date_order"])
def test_an_answer_decides_and_leaves_no_warning(tmp_path, key):
    rows, reader = asked(write(tmp_path, META), **{key: "dmy"})
    assert rows[1].published_at.date() == date(2026, 2, 4)
    assert "dates_assumed" not in [notice.code for notice in reader.warnings]
    assert len(reader.questions) == 1  # it stays open to another answer


def test_dates_that_their_column_decides_are_not_asked_about(tmp_path):
    table = changed(META, "Publish time", [f"04/1{n}/2026 10:00" for n in range(1, 6)])
    assert asked(write(tmp_path, table))[1].questions == []


def test_amounts_that_could_be_thousands_or_decimals_are_asked_about(tmp_path):
    rows, reader = asked(write(tmp_path, ADS), currency="EUR")
    assert [question.key for question in reader.questions] == [
        "currency:amount spent",
        "decimal_sign:amount spent",
    ]
    assert reader.questions[1].samples[0] == ("1.234", ("1.234", "1234"))
    assert [row.amount for row in rows] == [Decimal("1.234"), Decimal("2.345")]
    rows, _reader = asked(write(tmp_path, ADS), currency="EUR", **{"decimal_sign:amount spent": ","})
    assert [row.amount for row in rows] == [Decimal(1234), Decimal(2345)]


def test_a_file_without_currency_is_taken_in_the_one_that_was_stated(tmp_path):
    path = write(tmp_path, ADS)
    assert asked(path)[1].rejected[0].code == "currency_missing"
    assert {row.currency for row in asked(path, currency="GBP")[0]} == {"GBP"}


def test_the_language_decides_what_a_number_leaves_open_and_can_be_stated(tmp_path):
    rows, _reader = asked(write(tmp_path, ADS), currency="EUR", language="it")
    assert rows[0].amount == Decimal(1234)


def test_of_a_long_file_all_values_decide_not_only_the_first(tmp_path):
    days = [datetime(2026, 1, 1, 9) + timedelta(days=n % 12) for n in range(SAMPLE_ROWS + 50)]
    columns = ["platform", "account", "post_id", "published_at", "reach"]
    rows = [["x", "alba", f"k{n}", day.strftime("%d/%m/%Y %H:%M"), "1"] for n, day in enumerate(days)]
    rows += [["x", "alba", "last", "31/01/2026 09:00", "1.234"]]
    read, reader = asked(write(tmp_path, [columns, *rows]))
    assert (reader.questions, reader.rejected) == ([], [])
    assert {row.published_at.month for row in read} == {1}
    assert read[-1].reach == 1234


@pytest.mark.parametrize(
    "name",
    [
        "Post ID",
        "\ufeffPost ID",
        "ï»¿Post ID",
        "\u200ePost\u00a0ID\u200b",
        "po\u00adst id",
        "«Post ID»",
        "  POST   ID : ",
    ],
)
def test_what_is_not_seen_in_a_columns_name_does_not_matter(name):
    assert normal(name) == "post id"
