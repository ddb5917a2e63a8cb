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
