"""Series by day on their way in: whose figures they are, which days they cover, what a second export changes."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import xlsxwriter

from accounts.errors import InvalidInput
from accounts.models import Job
from accounts.scoping import brands_in_scope
from analytics.forms.imports import FileForm
from analytics.models import ChannelDay, ImportFile
from analytics.services.previews import inspect
from strategy.models import Channel
from tests.analytics.import_kit import EARLY, LATE, bring_in, codes, counts, line, write


@pytest.fixture
def brand(cast):
    with brands_in_scope(cast.brand.pk):
        yield cast.brand


def series(folder: Path, title: str, values: list[int | str], *, first: date = date(2026, 5, 1)) -> Path:
    path = folder / f"{title}.csv"
    rows = "".join(
        f'"{first + timedelta(days=place)}T00:00:00","{value}"\r\n' for place, value in enumerate(values)
    )
    path.write_text(f'sep=,\r\n"{title}"\r\n"Date","Primary"\r\n{rows}', encoding="utf-16")
    return path


def channel(brand, platform: str = "instagram", handle: str = "acme") -> Channel:
    return Channel.objects.create(brand=brand, platform=platform, handle=handle)


def test_a_series_of_the_only_account_needs_no_question(brand, tmp_path):
    only = channel(brand)
    (file,) = bring_in(brand, series(tmp_path, "Instagram reach", [5, 8, ""]), exported_on=EARLY)
    assert counts(file) == (2, 0, 0, 1, 0)
    assert (file.kind, file.channels) == ("days", [only.pk])
    told = ChannelDay.objects.values_list("channel", "figure", "day", "value")
    assert list(told.order_by("day")) == [
        (only.pk, "reach", date(2026, 5, 1), 5.0),
        (only.pk, "reach", date(2026, 5, 2), 8.0),
    ]


def test_what_a_series_covers_is_noted(brand, tmp_path):
    only = channel(brand)
    (file,) = bring_in(brand, series(tmp_path, "Instagram reach", [5, 8, 9]))
    assert file.coverage == [
        {"channel": only.pk, "figures": ["reach"], "first": "2026-05-01", "last": "2026-05-03"}
    ]


def test_posts_cover_the_days_from_the_first_to_the_last(brand, tmp_path):
    rows = [line(1, published_at="2026-05-02 10:00"), line(2, published_at="2026-05-31 23:30")]
    path = write(tmp_path / "posts.csv", rows)
    for _again in range(2):
        (file,) = bring_in(brand, path, exported_on=LATE)
        found = Channel.objects.get()
        assert file.coverage == [
            {
                "channel": found.pk,
                "figures": ["comments", "engagements", "reach", "reactions"],
                "first": "2026-05-02",
                "last": "2026-05-31",
            }
        ]


def test_a_newer_series_replaces_and_an_older_one_is_told(brand, tmp_path):
    channel(brand)
    bring_in(brand, series(tmp_path, "Instagram reach", [5, 8]), exported_on=EARLY)
    (newer,) = bring_in(brand, series(tmp_path, "Instagram reach", [5, 9, 1]), exported_on=LATE)
    assert counts(newer) == (1, 1, 1, 0, 0)
    (older,) = bring_in(brand, series(tmp_path, "Instagram reach", [4, 8]), exported_on=EARLY)
    assert (counts(older), codes(older) & {"days_kept"}) == ((0, 0, 2, 0, 0), {"days_kept"})
    assert ChannelDay.objects.get(day=date(2026, 5, 2)).value == 9


def test_a_series_that_names_no_platform_waits_for_a_channel(brand, tmp_path):
    page = channel(brand, "facebook", "acme page")
    channel(brand)
    path = series(tmp_path, "Views", [5])
    with pytest.raises(InvalidInput, match="Facebook or Instagram"):
        bring_in(brand, path)
    (file,) = bring_in(brand, path, channel=["facebook", "acme page"])
    assert file.channels == [page.pk]


def test_a_series_of_one_platform_does_not_go_to_another(brand, tmp_path):
    channel(brand, "facebook")
    with pytest.raises(InvalidInput, match="posts of Instagram, not of Facebook"):
        bring_in(brand, series(tmp_path, "Instagram reach", [5]), channel=["facebook", "acme"])


def test_the_page_asks_on_which_platform_a_new_account_is(brand, tmp_path):
    path = series(tmp_path, "Views", [5])
    file = ImportFile(brand=brand, name=path.name, pk=1)
    inspect(file, path)
    form = FileForm(file, [])
    assert [value for value, _label in form.fields["channel"].choices if value] == [
        "new:facebook",
        "new:instagram",
    ]
    answers = {"file1-take": "on", "file1-channel": "new:instagram", "file1-handle": "acme"}
    form = FileForm(file, [], answers)
    assert form.is_valid(), form.errors
    assert form.options()["channel"] == ["instagram", "acme"]


def test_days_without_a_year_end_before_the_day_of_the_export(brand, tmp_path):
    channel(brand, "tiktok")
    path = tmp_path / "Overview.csv"
    path.write_text("Date,Video Views,Profile Views\nDecember 31,5,1\nJanuary 1,6,1\n")
    bring_in(brand, path, exported_on="2026-01-13")
    assert set(ChannelDay.objects.values_list("day", flat=True)) == {date(2025, 12, 31), date(2026, 1, 1)}


def test_series_by_day_do_not_set_best_times_in_motion(brand, tmp_path):
    channel(brand)
    bring_in(brand, series(tmp_path, "Instagram reach", [5, 8]))
    assert not Job.objects.filter(kind__contains="best_times").exists()


def test_the_figures_count_as_of_the_export(brand, tmp_path):
    channel(brand)
    (file,) = bring_in(brand, series(tmp_path, "Instagram reach", [5]), exported_on=EARLY)
    assert file.as_of == ChannelDay.objects.get().as_of
    assert file.as_of.astimezone(UTC) > datetime(2026, 6, 1, tzinfo=UTC)


def linkedin(path: Path) -> Path:
    """A content workbook: posts, and the metrics of the page by day."""
    book = xlsxwriter.Workbook(str(path))
    days = book.add_worksheet("Metrics")
    days.write_row(0, 0, ["Date", "Impressions (organic)", "Impressions (total)", "Clicks (total)"])
    for place in range(3):
        days.write_row(place + 1, 0, [f"07/{28 + place}/2025", 30 + place, 40 + place, place])
    posts = book.add_worksheet("All posts")
    posts.write_row(0, 0, ["Post title", "Post link", "Created date", "Impressions", "Clicks", "Likes"])
    link = "https://www.linkedin.com/feed/update/urn:li:activity:7355562008013860867"
    posts.write_row(1, 0, ["Hello", link, "07/28/2025", 532, 27, 5])
    book.close()
    return path


def test_a_workbook_of_posts_brings_its_days_along(brand, tmp_path):
    page = channel(brand, "linkedin", "acme")
    path = linkedin(tmp_path / "content.xlsx")
    (file,) = bring_in(brand, path, exported_on=EARLY)
    assert (file.kind, counts(file), file.channels) == ("posts", (1, 0, 0, 0, 0), [page.pk])
    assert page.posts.count() == 1
    told = ChannelDay.objects.filter(figure="impressions").order_by("day").values_list("value", flat=True)
    assert list(told) == [40, 41, 42]
    assert codes(file) >= {"days_in_sheet", "days_beside"}
    assert [entry["figures"] for entry in file.coverage][-1] == ["clicks", "impressions"]
    (again,) = bring_in(brand, path, exported_on=EARLY)
    assert counts(again) == (0, 0, 1, 0, 0)
    assert dict(again.warnings)["days_beside"] == {"created": 0, "updated": 0, "unchanged": 3, "rejected": 0}


def test_a_workbook_without_days_says_nothing_of_them(brand, tmp_path):
    channel(brand, "linkedin", "acme")
    header = "Post title,Post link,Created date,Impressions,Clicks,Likes\n"
    link = "https://www.linkedin.com/feed/update/urn:li:activity:7355562008013860867"
    path = tmp_path / "posts.csv"
    path.write_text(f"{header}Hello,{link},07/28/2025,532,27,5\n")
    (file,) = bring_in(brand, path)
    assert not codes(file) & {"days_in_sheet", "days_beside"}
    assert not ChannelDay.objects.exists()
