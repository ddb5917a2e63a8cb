"""Which days no import covers: spans, lines, the exports to download next, the page and the overview."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.scoping import brands_in_scope
from analytics.coverage import Span, by_week, gaps, union
from analytics.export_steps import guide_of
from analytics.file_names import last_day_in, period_in
from analytics.models import QuietPeriod
from analytics.selectors.import_gaps import lines, needs
from tests.analytics.import_kit import covered
from tests.analytics.import_page_kit import address
from tests.analytics.posts import add_channel

TODAY = date(2026, 6, 30)


def day(month: int, number: int) -> date:
    return date(2026, month, number)


def span(first: tuple[int, int], last: tuple[int, int]) -> Span:
    return Span(day(*first), day(*last))


def test_spans_that_touch_or_overlap_become_one():
    told = [span((5, 10), (5, 20)), span((5, 1), (5, 4)), span((5, 5), (5, 9)), span((6, 1), (6, 2))]
    assert union(told) == [span((5, 1), (5, 20)), span((6, 1), (6, 2))]


def test_gaps_lie_between_spans_and_after_the_last_but_not_before_the_first():
    covered = [span((1, 1), (1, 31)), span((3, 1), (3, 31))]
    year = {"since": day(1, 1), "until": day(4, 2)}
    assert gaps(covered, **year) == [span((2, 1), (2, 28)), span((4, 1), (4, 2))]
    assert gaps(covered, **year, pause=28) == [span((4, 1), (4, 2))]
    assert gaps(covered, since=day(2, 20), until=day(3, 31)) == [span((2, 20), (2, 28))]
    assert gaps([], **year) == []


def test_days_of_a_week_are_counted():
    monday = day(6, 1)
    assert by_week([span((6, 6), (6, 8)), span((6, 20), (6, 30))], monday=monday, weeks=4) == [2, 1, 2, 7]


def test_a_file_name_tells_its_period():
    assert period_in("Jan-01-2026_Mar-31-2026_99.csv") == (day(1, 1), day(3, 31))
    assert period_in("posts 2026-02.csv") == (day(2, 1), day(2, 28))
    assert period_in("export 2026-03-05.csv") is None
    assert last_day_in("export 2026-03-05.csv") == day(3, 5)


def test_a_channel_is_led_to_the_export_of_its_platform_and_kind():
    assert guide_of("posts", "instagram").slug == guide_of("posts", "facebook").slug == "meta_posts"
    assert guide_of("days", "instagram").slug == "meta_days"
    assert guide_of("days", "tiktok").slug == "tiktok"  # one guide for both
    assert guide_of("posts", "bluesky") is None


@pytest.fixture
def brand(cast):
    with brands_in_scope(cast.brand.pk):
        yield cast.brand


def test_figures_known_of_the_same_days_stand_in_one_line_and_others_in_their_own(brand):
    channel = add_channel(brand, platform="instagram", handle="acme")
    covered(brand, channel, day(4, 1), day(4, 30), "reach", "views")
    covered(brand, channel, day(5, 1), day(6, 28), "reach")
    told = {line.figures: line for line in lines(today=TODAY)}
    assert told["reach",].covered == (span((4, 1), (6, 28)),)
    assert told["views",].gaps == (Span(day(5, 1), TODAY - timedelta(days=1)),)
    assert needs(today=TODAY) == []  # the export of those days was imported: it would not tell views again


def test_days_of_which_nothing_is_known_ask_for_the_export_that_tells_them(brand):
    channel = add_channel(brand, platform="instagram", handle="acme")
    covered(brand, channel, day(1, 1), day(1, 31), "reach", "views")
    covered(brand, channel, day(3, 1), day(3, 31), "reach")
    [need] = needs(today=TODAY)
    assert (need.channel, need.guide.slug) == (channel, "meta_posts")
    assert need.gaps == (span((2, 1), (2, 28)), span((4, 1), (6, 29)))
    assert need.span == span((2, 1), (6, 29))


def test_an_undone_import_covers_nothing_and_an_archived_channel_needs_nothing(brand):
    channel = add_channel(brand, platform="x", handle="acme")
    covered(brand, channel, day(5, 1), day(6, 28), "views")
    covered(brand, channel, day(1, 1), day(2, 1), "views", state="undone")
    assert needs(today=TODAY) == []
    channel.active = False
    channel.save()
    assert lines(today=TODAY) == []


def test_quiet_days_at_the_ends_of_an_export_are_covered_when_its_name_tells_the_period(brand):
    channel = add_channel(brand, platform="instagram", handle="acme")
    covered(brand, channel, day(4, 2), day(4, 12), "reach", name="Apr-01-2026_Apr-30-2026.csv")
    covered(brand, channel, day(5, 20), day(6, 28), "reach", name="May-01-2026_Jun-29-2026.csv")
    assert needs(today=TODAY) == []


def test_money_is_told_by_its_source_and_a_day_without_visits_is_a_gap(brand):
    covered(brand, None, day(5, 1), day(5, 31), "sessions", kind="traffic", format="ga4_traffic")
    covered(brand, None, day(6, 2), day(6, 28), "sessions", kind="traffic", format="ga4_traffic")
    covered(brand, None, day(5, 1), day(5, 31), "amount", kind="spend", format="meta_ads")
    found = {need.source: need for need in needs(today=TODAY)}
    assert set(found) == {"ga4_traffic", "meta_ads"}
    assert found["ga4_traffic"].gaps == (span((6, 1), (6, 1)),)
    assert found["meta_ads"].gaps == (span((6, 1), (6, 29)),)


def test_a_channel_of_which_nothing_is_known_asks_for_its_first_export(brand):
    add_channel(brand, platform="youtube", handle="acme")
    [need] = needs(today=TODAY)
    assert need.is_first and need.guide.slug == "youtube"


def test_the_page_names_the_export_its_steps_and_the_period(bea, cast):
    channel = add_channel(cast.brand, platform="tiktok", handle="acme")
    covered(cast.brand, channel, day(1, 1), day(1, 31), "views", "reach")
    page = bea.get(address("import_gaps")).content.decode()
    for shown in ("TikTok Studio: videos", "Press “Download data”", "since 1 Feb 2026"):
        assert shown in page, shown
    table = bea.get(address("import_gaps_export")).content.decode("utf-8-sig")
    assert "2026-02-01" in table
    assert "acme" not in bea.get(address("import_gaps_export"), {"channel": "999999"}).content.decode()
    overview = bea.get(address("brand_overview")).content.decode()
    assert "What needs you" in overview and address("import_gaps") in overview


def test_the_number_of_queries_does_not_grow_with_the_files(bea, cast):
    channel = add_channel(cast.brand, platform="tiktok", handle="acme")

    def queries(name: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert bea.get(address(name)).status_code == 200
        return len(asked)

    covered(cast.brand, channel, day(1, 1), day(1, 31), "views")
    few = [queries("import_gaps"), queries("brand_overview")]
    for number in range(1, 20):
        other = add_channel(cast.brand, platform="x", handle=f"acme{number}")
        covered(cast.brand, other, day(2, number), day(3, number), "views", "reach")
    assert [queries("import_gaps"), queries("brand_overview")] == few


def quiet(client, **told):
    values = {"channel": "", "source": "", "kind": "posts", **told}
    return client.post(address("import_gap_quiet"), values, follow=True)


def test_days_on_which_nothing_happened_are_no_longer_asked_for_until_they_are_again(cast, bea):
    with brands_in_scope(cast.brand.pk):
        channel = add_channel(cast.brand, platform="instagram", handle="acme")
        today = timezone.localdate()
        covered(cast.brand, channel, today - timedelta(days=90), today - timedelta(days=60), "reach")
        covered(cast.brand, channel, today - timedelta(days=30), today, "reach")
        (gap,) = needs(today=today)[0].gaps
    told = {"channel": channel.pk, "first": gap.first.isoformat(), "last": gap.last.isoformat()}
    form = bea.get(address("import_gaps")).content.decode()
    assert all(f'name="{name}" value="{value}"' in form for name, value in told.items())
    for _twice in range(2):
        page = quiet(bea, **told).content.decode()
        assert "Nothing to download" in page and "Days on which nothing happened" in page
    with brands_in_scope(cast.brand.pk):
        (period,) = QuietPeriod.objects.all()
        assert period.noted_by == cast.bea and needs(today=today) == []
    again = bea.post(address("import_gap_again", period.pk), follow=True).content.decode()
    assert "These days are asked for again." in again and "Days on which nothing happened" not in again
    actions = AuditEvent.objects.order_by("pk").values_list("action", flat=True)
    assert [name for name in actions if name.startswith("import.period")] == [
        "import.period_quiet",
        "import.period_asked_again",
    ]


@pytest.mark.parametrize(
    "told",
    [
        {"first": "soon", "last": "2026-01-01"},
        {"first": "2026-01-01"},
        {"first": "2026-01-01", "last": "2026-01-02", "kind": "everything"},
        {"first": "2026-02-02", "last": "2026-02-01"},
    ],
)
def test_a_quiet_period_that_no_page_offers_is_refused(cast, bea, told):
    assert "These days cannot be noted." in quiet(bea, **told).content.decode()
    with brands_in_scope(cast.brand.pk):
        assert not QuietPeriod.objects.exists()
