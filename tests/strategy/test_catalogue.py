"""The shipped catalogue: complete, cited, and refused where it is not."""

import json
import shutil

import pytest

from strategy.catalogue import DATA, catalogue, load, sources
from strategy.platform_fit import STAGE_NEEDS
from strategy.platforms import PLATFORM_NAMES

WANTED = {
    *("facebook", "instagram", "tiktok", "youtube", "linkedin", "x", "pinterest", "threads", "bluesky", "reddit"),
    *("snapchat", "whatsapp", "telegram"),
}


@pytest.fixture
def spoil(tmp_path):
    """Load a copy of the catalogue in which one file was changed."""
    shutil.copytree(DATA, tmp_path / "data")

    def spoiled(file, change):
        path = tmp_path / "data" / file
        data = json.loads(path.read_text(encoding="utf-8"))
        change(data)
        path.write_text(json.dumps(data), encoding="utf-8")
        return load(tmp_path / "data")

    return spoiled


def test_it_holds_the_platforms_that_channels_can_be_on():
    assert catalogue().keys() == WANTED
    assert PLATFORM_NAMES.keys() > WANTED


def test_every_figure_has_a_source_with_publisher_address_year_and_population():
    figures = [figure for entry in catalogue().values() for figure in entry.figures]
    assert len(figures) > 150
    for figure in figures:
        source = figure.source
        assert source.publisher and source.title and source.population["en"] and source.population["it"]
        assert source.url.startswith("http")
        assert 2020 <= source.year <= 2026


def test_no_source_is_left_that_no_figure_names():
    used = {figure.source.slug for entry in catalogue().values() for figure in entry.figures}
    used |= {c.source.slug for entry in catalogue().values() for c in entry.capabilities if c.source}
    used |= {entry.links_source.slug for entry in catalogue().values() if entry.links_source}
    assert used == sources().keys()


def test_italy_and_the_united_states_are_told_where_they_are_known():
    entries = catalogue()
    assert {slug for slug, entry in entries.items() if "US" not in entry.countries} == {"telegram"}
    told = {slug for slug, entry in entries.items() if "IT" in entry.countries}
    assert told == {"facebook", "instagram", "tiktok", "youtube", "linkedin", "whatsapp", "telegram"}


def test_shares_by_age_and_by_gender_are_there_for_the_platforms_that_pew_asked_about():
    for slug in WANTED - {"threads", "bluesky", "telegram"}:
        shares = [share for share in catalogue()[slug].shares if share.country == "US"]
        assert {share.age_from for share in shares} >= {None, 18, 30, 50, 65}
        assert {share.gender for share in shares} == {"", "women", "men"}


def test_each_capability_that_a_stage_asks_for_is_had_by_some_platform():
    for need in {need for needs in STAGE_NEEDS.values() for need in needs}:
        having = [slug for slug, entry in catalogue().items() if need in entry.for_fit.capabilities]
        assert having, need


@pytest.mark.parametrize("name", ["publisher", "title", "url", "year", "population", "asked"])
def test_a_source_without_its_particulars_is_refused(spoil, name):
    with pytest.raises(ValueError, match=f"pew-2023 has no {name}"):
        spoil("sources.json", lambda data: data["pew-2023"].pop(name))


def test_a_source_whose_population_lacks_a_language_is_refused(spoil):
    with pytest.raises(ValueError, match="pew-2023, population"):
        spoil("sources.json", lambda data: data["pew-2023"]["population"].pop("it"))


def test_an_address_that_cannot_be_opened_is_refused(spoil):
    with pytest.raises(ValueError, match="address"):
        spoil("sources.json", lambda data: data["pew-2023"].update(url="the report"))


@pytest.mark.parametrize("place", ["shares", "people"])
def test_a_figure_without_a_source_is_refused(spoil, place):
    with pytest.raises(ValueError, match="without a source"):
        spoil("instagram.json", lambda data: data[place][0].pop("source"))


def test_a_limit_without_a_source_is_refused(spoil):
    with pytest.raises(ValueError, match="without a source"):
        spoil("instagram.json", lambda data: data["formats"][0]["limits"][0].pop("source"))


def test_a_figure_of_an_unknown_source_is_refused(spoil):
    with pytest.raises(ValueError, match="no source hearsay"):
        spoil("instagram.json", lambda data: data["shares"][0].update(source="hearsay"))


def test_an_unknown_capability_is_refused(spoil):
    with pytest.raises(ValueError, match="telepathy"):
        spoil("x.json", lambda data: data["capabilities"].append({"name": "telepathy"}))


def test_an_unknown_format_is_refused(spoil):
    with pytest.raises(ValueError, match="hologram"):
        spoil("x.json", lambda data: data["formats"].append({"name": "hologram", "limits": []}))


def test_a_share_above_one_is_refused(spoil):
    with pytest.raises(ValueError, match="from 0 to 1"):
        spoil("x.json", lambda data: data["shares"][0].update(value=22))


def test_a_computed_share_that_is_not_its_quotient_is_refused(spoil):
    with pytest.raises(ValueError, match="is not"):
        spoil("linkedin.json", lambda data: data["shares"][-1].update(value=0.5))
