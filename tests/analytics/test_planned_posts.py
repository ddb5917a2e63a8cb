"""Planned posts: imported from calendars once, changed by newer ones, listed, searched and downloaded."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from accounts.scoping import brands_in_scope
from analytics.models import ImportFile, PlannedPost
from strategy.models import Channel
from tests.analytics.formats.files import write
from tests.analytics.formats.test_planned import METRICOOL
from tests.analytics.import_kit import bring_in, codes, counts
from tests.analytics.import_page_kit import address, confirm, do_work, upload

PLAIN = ["date", "time", "platform", "text", "link", "labels"]
MENU = ["2026-06-13", "10:00", "instagram", "Our menu", "https://acme.example/menu", "menu"]
EVENING = ["2026-06-14", "18:00", "x", "Tonight", "", ""]


@pytest.fixture
def alba(cast):
    with brands_in_scope(cast.brand.pk):
        yield cast.brand


def bring(brand, folder: Path, *rows, exported: str = "2026-06-01", **options) -> ImportFile:
    (file,) = bring_in(brand, write(folder, [PLAIN, *rows]), exported_on=exported, **options)
    return file


def stored() -> list[tuple]:
    return list(PlannedPost.objects.values_list("platform", "text", "at"))


def test_a_calendar_is_stored_once(alba, tmp_path):
    assert counts(bring(alba, tmp_path, MENU, EVENING)) == (2, 0, 0, 0, 0)
    assert counts(bring(alba, tmp_path, MENU, EVENING)) == (0, 0, 2, 0, 0)
    assert stored() == [
        ("instagram", "Our menu", datetime(2026, 6, 13, 8, tzinfo=UTC)),
        ("x", "Tonight", datetime(2026, 6, 14, 16, tzinfo=UTC)),
    ]


def test_an_edited_text_takes_the_place_of_the_earlier_one(alba, tmp_path):
    bring(alba, tmp_path, MENU)
    edited = [*MENU[:3], "Our new menu", *MENU[4:]]
    assert counts(bring(alba, tmp_path, edited, exported="2026-06-02")) == (0, 1, 0, 0, 0)
    assert [text for _platform, text, _at in stored()] == ["Our new menu"]


def test_an_older_calendar_changes_nothing_and_says_so(alba, tmp_path):
    bring(alba, tmp_path, MENU, exported="2026-06-02")
    older = bring(alba, tmp_path, [*MENU[:3], "Draft", *MENU[4:]])
    assert (counts(older), codes(older) & {"planned_kept"}) == ((0, 0, 1, 0, 0), {"planned_kept"})
    assert [text for _platform, text, _at in stored()] == ["Our menu"]


def test_posts_of_one_place_and_time_are_kept_apart(alba, tmp_path):
    other = [*MENU[:3], "And our wine", "", ""]
    assert counts(bring(alba, tmp_path, MENU, other)) == (2, 0, 0, 0, 0)
    assert counts(bring(alba, tmp_path, MENU, other)) == (0, 0, 2, 0, 0)


def test_the_channel_is_the_brands_own_where_one_is_meant(alba, tmp_path):
    acme = Channel.objects.create(brand=alba, platform="instagram", handle="acme")
    file = bring(alba, tmp_path, MENU, EVENING)
    assert [(post.platform, post.channel_id) for post in PlannedPost.objects.all()] == [
        ("instagram", acme.pk),
        ("x", None),
    ]
    assert (file.channels, codes(file) & {"planned_without_channel"}) == ([acme.pk], {"planned_without_channel"})
    assert Channel.objects.count() == 1, "a plan adds no channel"


def test_of_several_channels_none_is_guessed_and_the_chosen_one_is_taken(alba, tmp_path):
    for handle in ("acme", "acme_bar"):
        Channel.objects.create(brand=alba, platform="instagram", handle=handle)
    bring(alba, tmp_path, MENU)
    assert PlannedPost.objects.get().channel is None
    PlannedPost.objects.all().delete()
    bring(alba, tmp_path, MENU, channel=["instagram", "Acme_Bar"])
    assert PlannedPost.objects.get().channel.handle == "acme_bar"


def test_a_metricool_row_becomes_a_post_on_each_network(alba, tmp_path):
    (file,) = bring_in(alba, write(tmp_path, METRICOOL))
    assert (file.created, file.coverage[0]["figures"]) == (3, ["planned"])
    assert {platform for platform, _text, _at in stored()} == {"facebook", "instagram", "x"}


def test_a_calendar_is_uploaded_checked_and_listed(bea, cast, tmp_path):
    batch = upload(bea, write(tmp_path, [PLAIN, MENU, EVENING]).read_bytes(), name="calendar.csv")
    page = bea.get(address("import_detail", batch.pk)).content.decode()
    for shown in ("Content calendar", "planned posts", "Our menu", "10:00"):
        assert shown in page, shown
    confirm(bea, batch)
    do_work(batch)
    page = bea.get(address("planned_posts")).content.decode()
    for shown in ("2 planned posts", "Our menu", "10:00", "https://acme.example/menu"):
        assert shown in page, shown
    assert page.index("Our menu") < page.index("Tonight"), "the earliest first"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=menu", ["Our menu"]),
        ("platform=x", ["Tonight", "Some day"]),
        ("from=2026-06-14", ["Tonight"]),
        ("to=2026-06-13", ["Our menu"]),
        ("undated=yes", ["Some day"]),
        ("q=nothing+such", []),
        ("from=nonsense&platform=orkut", ["Our menu", "Tonight", "Some day"]),
    ],
)
def test_the_list_is_searched_and_narrowed(bea, cast, tmp_path, asked, found):
    bring(cast.brand, tmp_path, MENU, EVENING, ["", "", "x", "Some day", "", ""])
    page = bea.get(f"{address('planned_posts')}?{asked}").content.decode()
    assert [text for text in ("Our menu", "Tonight", "Some day") if text in page] == found
    assert ("No planned post matches" in page) is (not found)


def test_what_is_downloaded_can_be_uploaded_again(bea, cast, tmp_path):
    bring(
        cast.brand,
        tmp_path,
        MENU,
        EVENING,
        ["", "", "x", "Some day", "", ""],
        ["2026-06-15", "", "x", "Day only", "", ""],
    )
    content = b"".join(bea.get(f"{address('planned_posts_export')}?file=csv").streaming_content)
    path = tmp_path / "again.csv"
    path.write_bytes(content)
    (again,) = bring_in(cast.brand, path, exported_on="2026-06-02")
    assert counts(again) == (0, 0, 4, 0, 0)
    assert bea.get(f"{address('planned_posts_export')}?file=xlsx").content.startswith(b"PK")


def test_without_a_plan_the_page_says_what_to_upload(bea):
    page = bea.get(address("planned_posts")).content.decode()
    assert "Nothing planned yet" in page and address("import_new") in page


def test_the_number_of_queries_does_not_grow_with_the_plan(bea, cast, tmp_path, django_assert_max_num_queries):
    bring(
        cast.brand,
        tmp_path,
        *([f"2026-07-{n % 28 + 1:02}", "10:00", "x", f"Post {n}", "", ""] for n in range(120)),
    )
    bea.get(address("planned_posts"))
    with django_assert_max_num_queries(12):
        page = bea.get(f"{address('planned_posts')}?page=2").content.decode()
    assert "Page 2 of 3" in page


def test_another_brands_plan_is_not_shown(bea, cast, tmp_path):
    with brands_in_scope(cast.other_brand.pk):
        PlannedPost.objects.create(brand=cast.other_brand, text="Not yours", row_key="k")
    assert "Not yours" not in bea.get(address("planned_posts")).content.decode()
