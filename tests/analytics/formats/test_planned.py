"""Content calendars: schedulers' templates for bulk upload, and plain ones."""

from datetime import UTC, datetime

import pytest

from analytics.formats import UnknownFormat, detect
from analytics.formats.planned import platform_of
from tests.analytics.formats.files import write

METRICOOL = [
    [
        *("Text", "Date", "Time", "Draft", "Facebook", "Twitter/X", "LinkedIn", "GBP", "Instagram", "Pinterest"),
        *("TikTok", "Youtube", "Threads", "Bluesky", "Picture Url 1", "Picture Url 2", "Alt text picture 1"),
        *("Document title", "Shortener", "Pinterest Pin Link", "Instagram Post Type", "First Comment Text"),
    ],
    [
        *("Our summer menu is out", "2026-06-01", "09:30:00", "FALSE", "TRUE", "FALSE", "FALSE", "FALSE", "TRUE"),
        *(
            "FALSE",
            "FALSE",
            "FALSE",
            "FALSE",
            "FALSE",
            "https://i.example/1.jpg",
            "https://i.example/2.jpg",
            "Cup",
        ),
        *("", "FALSE", "", "REEL", "More below"),
    ],
    [
        *("Behind the bar", "2026-06-02", "18:00:00", "TRUE", "FALSE", "TRUE", "FALSE", "FALSE", "FALSE", "FALSE"),
        *("FALSE", "FALSE", "FALSE", "FALSE", "", "", "", "", "FALSE", "", "", ""),
    ],
]


def read(path, slug):
    format = detect(path)
    assert (format.slug, format.kind) == (slug, "planned")
    return format.read(path, time_zone="Europe/Rome")


def test_a_row_of_metricool_is_one_planned_post_on_each_network_it_ticks(tmp_path):
    result = read(write(tmp_path, METRICOOL), "planned_metricool")
    assert [(row.line, row.platform, row.text) for row in result.rows] == [
        (2, "facebook", "Our summer menu is out"),
        (2, "instagram", "Our summer menu is out"),
        (3, "x", "Behind the bar"),
    ]
    first = result.rows[0]
    assert (first.at, first.precision) == (datetime(2026, 6, 1, 7, 30, tzinfo=UTC), "exact")
    assert first.media == "https://i.example/1.jpg\nhttps://i.example/2.jpg"
    assert first.format == "short_video"
    assert [(warning.code, warning.facts) for warning in result.warnings] == [("drafts_planned", {"count": 1})]


def test_buffers_template_tells_no_channel(tmp_path):
    rows = [
        ["Text", "Image URL", "Tags", "Posting Time"],
        ["Fish today https://acme.example/menu", "https://i.example/1.png", "menu, summer", "2026-06-01 17:30"],
        ["No time yet", "", "", ""],
    ]
    first, second = read(write(tmp_path, rows), "planned_buffer").rows
    assert (first.platform, first.account, first.labels) == ("", "", "menu, summer")
    assert (first.link, first.media) == ("https://acme.example/menu", "https://i.example/1.png")
    assert first.at == datetime(2026, 6, 1, 15, 30, tzinfo=UTC)
    assert (second.at, second.text) == (None, "No time yet")


def test_laters_template_tells_profile_and_label(tmp_path):
    rows = [
        ["Scheduled Time", "Caption", "Media URL", "Profile", "Label"],
        ["2026-06-01 09:00", "Ciao", "https://i.example/1.png", "@acme", "menu"],
    ]
    row = read(write(tmp_path, rows), "planned_later").rows[0]
    assert (row.account, row.labels, row.text, row.platform) == ("acme", "menu", "Ciao", "")


def test_sprouts_template_has_day_and_time_apart(tmp_path):
    rows = [
        ["date", "time_24hr", "message_text"],
        ["13/06/2026", "00:00", "Ciao"],
        ["14/06/2026", "21:15", "Buonasera"],
    ]
    first, second = read(write(tmp_path, rows), "planned_sprout").rows
    assert (first.at, first.precision) == (datetime(2026, 6, 12, 22, 0, tzinfo=UTC), "exact")
    assert second.at == datetime(2026, 6, 14, 19, 15, tzinfo=UTC)


def test_hootsuites_file_has_no_column_names(tmp_path):
    rows = [["06/13/2026 14:05", "Ciao", "https://acme.example"], ["06/14/2026 09:00", "Buongiorno", ""]]
    result = read(write(tmp_path, rows), "planned_hootsuite")
    assert [(row.line, row.text, row.link) for row in result.rows] == [
        (1, "Ciao", "https://acme.example"),
        (2, "Buongiorno", ""),
    ]
    assert result.rows[0].at == datetime(2026, 6, 13, 12, 5, tzinfo=UTC)


def test_hootsuites_file_with_column_names(tmp_path):
    rows = [
        ["Date", "Message", "Link", "Image URL", "Profile"],
        ["2026-06-13 14:05", "Ciao", "", "", "Instagram acme"],
    ]
    row = read(write(tmp_path, rows), "planned_hootsuite").rows[0]
    assert (row.text, row.platform) == ("Ciao", "instagram")


LANGUAGES = {
    "en": ["Date", "Time", "Platform", "Text", "Link"],
    "it": ["Data", "Ora", "Piattaforma", "Testo", "Collegamento"],
    "de": ["Datum", "Uhrzeit", "Plattform", "Beitrag", "Verlinkung"],
    "es": ["Fecha", "Hora", "Plataforma", "Texto", "Enlace"],
    "fr": ["Jour", "Heure", "Plateforme", "Texte", "Lien"],
    "pt": ["Dia", "Horário", "Rede social", "Legenda", "Ligação"],
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_plain_calendar_in_six_languages(tmp_path, language):
    rows = [LANGUAGES[language], ["13/06/2026", "9:05", "Instagram, Facebook", "Ciao", "https://acme.example"]]
    result = read(write(tmp_path, rows), "planned_calendar")
    assert result.language == language
    assert [(row.platform, row.at) for row in result.rows] == [
        ("instagram", datetime(2026, 6, 13, 7, 5, tzinfo=UTC)),
        ("facebook", datetime(2026, 6, 13, 7, 5, tzinfo=UTC)),
    ]


def test_a_day_without_a_time_is_a_day_and_no_day_is_none(tmp_path):
    rows = [
        ["date", "time", "platform", "text", "link", "id"],
        ["2026-06-13", "", "x", "Day only", "", "a1"],
        ["", "", "x", "Some day", "", "a2"],
        ["2026-06-14", "10:00", "x", "", "", ""],
    ]
    result = read(write(tmp_path, rows), "planned_calendar")
    assert [(row.external_id, row.at, row.precision) for row in result.rows] == [
        ("a1", datetime(2026, 6, 12, 22, tzinfo=UTC), "day"),
        ("a2", None, "day"),
    ]
    assert result.ignored == 1, "a row with nothing to publish"


def test_an_offset_in_the_time_is_taken_at_its_word(tmp_path):
    rows = [["platform", "scheduled_at", "content"], ["linkedin", "2026-06-13T10:00:00Z", "Ciao"]]
    assert read(write(tmp_path, rows), "planned_calendar").rows[0].at == datetime(2026, 6, 13, 10, tzinfo=UTC)


def test_order_of_day_and_month_is_asked_where_nothing_tells(tmp_path):
    rows = [["Date", "Time", "Platform", "Text"], ["03/04/2026", "10:00", "x", "Ciao"]]
    path = write(tmp_path, rows)
    reader = detect(path).stream(path, time_zone="UTC")
    assert [row.at.month for row in reader] == [3]
    assert [question.code for question in reader.questions] == ["date_order"]
    answered = detect(path).read(path, time_zone="UTC", answers={"date_order": "dmy"})
    assert answered.rows[0].at == datetime(2026, 4, 3, 10, tzinfo=UTC)


def test_an_unknown_platform_and_an_impossible_time_are_rejected(tmp_path):
    rows = [
        ["Date", "Time", "Platform", "Text"],
        ["2026-06-13", "10:00", "Orkut", "Ciao"],
        ["2026-06-13", "half past ten", "x", "Ciao"],
        ["2026-06-13", "25:00", "x", "Ciao"],
    ]
    result = read(write(tmp_path, rows), "planned_calendar")
    assert [(row.line, row.code) for row in result.rejected] == [
        (2, "platform_unknown"),
        (3, "not_a_date"),
        (4, "not_a_date"),
    ]


@pytest.mark.parametrize(
    "header",
    [
        ["Date", "Time", "Text", "Platform", "Impressions"],
        ["Date", "Post text", "Link", "Likes", "Reposts"],
        ["Data", "Ora", "Testo", "Piattaforma", "Copertura"],
        ["Date", "Text"],
    ],
)
def test_a_table_of_published_posts_is_no_calendar(tmp_path, header):
    with pytest.raises(UnknownFormat):
        detect(write(tmp_path, [header, ["2026-06-13", "10:00", "x", "5", "6"][: len(header)]]))


def test_the_platform_is_told_by_one_word_of_several():
    told = ("X (Twitter)", "IG", "LinkedIn page", "Google Business", "TikTok", "GBP", "acme")
    assert [platform_of(text) for text in told] == ["x", "instagram", "linkedin", "google", "tiktok", "google", ""]
