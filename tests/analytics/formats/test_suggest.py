"""Columns of unknown tables are proposed by their names in six languages and by what stands in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.formats.generic import COLUMNS
from analytics.formats.suggest import suggest

CELLS = [
    [
        "instagram",
        "02/05/2026 10:30",
        "17900000000000001",
        "5",
        "Buongiorno a tutti",
        "https://ig.example/p/1",
        "1.234",
    ],
    [
        "facebook",
        "13/05/2026 18:00",
        "17900000000000002",
        "0",
        "Sempre noi, di nuovo",
        "https://ig.example/p/2",
        "98",
    ],
]
FIELDS = ("platform", "published_at", "post_id", "reactions", "text", "permalink", "reach")


@pytest.mark.parametrize(
    "header",
    [
        ("Network", "Date Posted", "Post ID", "Likes", "Message", "Post link", "Unique reach"),
        ("Piattaforma", "Data di pubblicazione", "ID post", "Mi piace", "Didascalia", "Collegamento", "Copertura"),
        ("Plattform", "Veröffentlicht am", "Beitrags-ID", "Gefällt mir", "Beschreibung", "Link", "Reichweite"),
        ("Red social", "Fecha", "Identificador", "Me gusta", "Mensaje", "Enlace", "Alcance"),
        ("Réseau social", "Date de publication", "Identifiant", "J’aime", "Légende", "Lien", "Portée"),
        ("Rede social", "Data e hora", "Identificação", "Curtidas", "Legenda", "Endereço", "Alcance"),
        ("social_network", "PUBLISHED AT", "“id”", "like", "Copy", "url", "people reached (total)"),
    ],
)
def test_names_are_known_in_six_languages(header):
    assert suggest(header, CELLS).columns == dict(zip(FIELDS, header, strict=True))


HOOTSUITE = (
    ("Date (GMT)", "Post ID", "Post Message", "Post Permalink", "Post Type", "Social Network", "Reach", "Likes"),
    ("2024-03-01 14:30", "111_2223334445", "Spring", "https://fb.example/1", "Photo", "Facebook", "1,200", "15"),
    ("2024-03-02 09:00", "111_2223334446", "A shop", "https://fb.example/2", "Video", "Facebook", "900", "30"),
    ("published_at", "post_id", "text", "permalink", "format", "platform", "reach", "reactions"),
)
BUFFER = (
    ("Date", "Update", "Service", "Service Link", "Type", "Impressions", "Likes", "Clicks"),
    ("2024-04-02T08:00:00Z", "Our new post", "twitter", "https://x.example/1", "text", "800", "15", "12"),
    ("2024-04-03T08:00:00Z", "One more", "twitter", "https://x.example/2", "image", "700", "10", "2"),
    ("published_at", "text", "platform", "permalink", "format", "impressions", "reactions", "clicks"),
)
PINTEREST = (
    ("Pin ID", "Pin description", "Created at", "Pin link", "Impressions", "Pin clicks", "Saves"),
    ("123456789012345678", "An island", "2024-03-10 10:00", "https://pin.example/1", "1000", "30", "20"),
    ("123456789012345679", "A shelf", "2024-03-11 10:00", "https://pin.example/2", "900", "20", "18"),
    ("post_id", "text", "published_at", "permalink", "impressions", "clicks", "saves"),
)
METRICOOL = (
    ("Data", "Rete", "Tipo", "Contenuto", "URL", "Impressioni", "Mi piace", "Salvati"),
    ("01/04/2024 10:00", "instagram", "REEL", "Il caffè", "https://ig.example/1", "1.200", "60", "7"),
    ("13/04/2024 18:30", "instagram", "POST", "Il pane", "https://ig.example/2", "800", "40", "2"),
    ("published_at", "platform", "format", "text", "permalink", "impressions", "reactions", "saves"),
)


@pytest.mark.parametrize("report", [HOOTSUITE, BUFFER, PINTEREST, METRICOOL])
def test_the_columns_of_reports_of_other_tools_are_proposed(report):
    header, *rows, fields = report
    found = suggest(header, rows).columns
    assert {field: found.get(field) for field in fields} == dict(zip(fields, header, strict=True))


def test_what_stands_in_a_column_tells_it_where_its_name_does_not():
    found = suggest(["A", "B", "C", "D", "E", "F", "G"], CELLS)
    told = {"platform": "A", "published_at": "B", "permalink": "F", "post_id": "F"}
    assert found.columns == told
    assert found.by_content == frozenset(told)


def test_a_name_that_the_contents_contradict_is_not_believed():
    assert "published_at" not in suggest(["Date"], [["hello"], ["world"]]).columns
    assert "reach" not in suggest(["Reach"], [["n. d. yet"], ["soon"]]).columns


def test_every_column_is_given_once():
    found = suggest(["Views", "Impressions", "Video views"], [["1", "2", "3"], ["4", "5", "6"]])
    assert len(set(found.columns.values())) == len(found.columns)
    assert found.columns["video_views"] == "Video views"


@given(
    st.lists(st.text(max_size=20), max_size=12), st.lists(st.lists(st.text(max_size=30), max_size=14), max_size=5)
)
def test_no_table_breaks_it_and_only_its_own_columns_are_named(header, rows):
    found = suggest(header, rows)
    assert set(found.columns) <= set(COLUMNS)
    assert set(found.columns.values()) <= set(header)
