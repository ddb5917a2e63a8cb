"""The files of the demo hold the traps of the real ones, and the same day gives the same bytes."""

import csv
import io
import re
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest
from python_calamine import CalamineWorkbook

from smm.demo import money, orders, searches, texts
from smm.demo.brands import BERTHWRIGHT, BRANDS, OMBRALUNGA, VECHTRIJDER
from smm.demo.build import account_files, brand_files, write
from smm.demo.bulk import write_bulk
from smm.demo.files import ads, ga4, google_ads, meta, shopify
from smm.demo.files.base import DemoFile
from smm.demo.plan import Account, Demo
from smm.demo.simulate import history, last_day

TODAY = date(2026, 11, 23)


def account(demo: Demo, platform: str) -> Account:
    return next(found for found in demo.accounts if found.platform == platform)


def files_of(demo: Demo, platform: str) -> list[DemoFile]:
    return account_files(demo, account(demo, platform), today=TODAY)


def table(file: DemoFile) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"), newline="")))


@pytest.fixture(scope="module")
def all_files() -> list[DemoFile]:
    return [file for demo in BRANDS for file in brand_files(demo, today=TODAY)]


def test_the_same_day_gives_the_same_bytes(all_files):
    again = [file for demo in BRANDS for file in brand_files(demo, today=TODAY)]
    assert [(file.name, file.content) for file in again] == [(file.name, file.content) for file in all_files]


def test_another_day_gives_another_history(all_files):
    other = brand_files(OMBRALUNGA, today=date(2026, 3, 2))
    assert {file.content for file in other}.isdisjoint(file.content for file in all_files)


def test_written_files_carry_the_time_of_their_download(tmp_path):
    written = write(tmp_path, today=TODAY)
    assert len(written) == len({path.name for path in written}) > 50
    for path, file in written.items():
        assert path.read_bytes() == file.content
        assert datetime.fromtimestamp(path.stat().st_mtime, UTC) == file.exported_at
        assert file.exported_at.date() < TODAY


def test_the_demo_has_some_thousand_posts_in_two_years():
    posts = [post for demo in BRANDS for found in demo.accounts for post in history(demo, found, today=TODAY)]
    assert 3_000 <= len(posts) <= 6_000
    assert max(post.published.date() for post in posts) <= last_day(TODAY) <= TODAY
    assert (last_day(TODAY) - min(post.published.date() for post in posts)).days in range(715, 735)
    assert len({(post.account.key, post.number) for post in posts}) == len(posts)


def test_one_channel_has_too_few_posts_for_advice():
    assert len(history(BERTHWRIGHT, account(BERTHWRIGHT, "tiktok"), today=TODAY)) < 30


def test_meta_files_begin_with_a_bom_and_tell_pacific_time():
    posts = {post.number: post for post in history(VECHTRIJDER, account(VECHTRIJDER, "facebook"), today=TODAY)}
    for file in files_of(VECHTRIJDER, "facebook"):
        assert file.content.startswith(b"\xef\xbb\xbf")
        header, *rows = table(file)
        for row in rows:
            told = datetime.strptime(row[header.index("Publish time")], "%m/%d/%Y %H:%M")
            exact = posts[row[0]].published
            assert told.replace(tzinfo=meta.PACIFIC) == exact.replace(second=0)


def test_one_facebook_file_has_views_twice_and_only_zeros_in_both():
    doubled = [table(file) for file in files_of(VECHTRIJDER, "facebook") if table(file)[0].count("Views") == 2]
    assert len(doubled) == 1
    header, *rows = doubled[0]
    views = [n for n, name in enumerate(header) if name == "Views"]
    told = {row[n] for row in rows for n in views}
    assert told == {"0", ""} or told == {"0"}
    assert any(int(row[header.index("Reach")] or 0) for row in rows)


@pytest.mark.parametrize("platform", ["facebook", "instagram"])
def test_columns_change_between_quarters_and_periods_overlap(platform):
    files = files_of(OMBRALUNGA, platform)
    assert len({tuple(table(file)[0]) for file in files}) > 1
    for older, newer in pairwise(files):
        shared = {row[0] for row in table(older)[1:]} & {row[0] for row in table(newer)[1:]}
        assert shared


def test_a_post_in_two_files_has_grown():
    older, newer = (table(file) for file in files_of(VECHTRIJDER, "facebook")[:2])
    grown = {row[0]: int(row[newer[0].index("Reach")] or 0) for row in newer[1:]}
    pairs = [(int(row[older[0].index("Reach")] or 0), grown[row[0]]) for row in older[1:] if row[0] in grown]
    assert sum(after for _, after in pairs) > sum(before for before, _ in pairs) > 0


def test_meta_files_have_captions_over_lines_and_a_row_without_figures():
    for file in files_of(OMBRALUNGA, "instagram"):
        header, *rows = table(file)
        first = header.index("Data") + 1
        assert any("\n" in row[header.index("Descrizione")] for row in rows)
        assert any(not any(row[first:]) for row in rows)


def test_the_italian_brand_exports_in_italian():
    headers = [table(file)[0] for file in files_of(OMBRALUNGA, "instagram")]
    assert all("Orario di pubblicazione" in header and "Copertura" in header for header in headers)
    assert "Orario di pubblicazione" in table(files_of(OMBRALUNGA, "facebook")[-1])[0]


def test_instagram_files_hold_a_collaboration_with_blanks():
    header, *rows = table(files_of(VECHTRIJDER, "instagram")[0])
    others = [row for row in rows if row[header.index("Account username")] != "vechtrijder"]
    assert others
    assert all(row[header.index("Reach")] == row[header.index("Views")] == "" for row in others)
    assert all(row[header.index("Likes")] for row in others)


def test_x_comes_in_the_older_and_the_current_format():
    old, *_, new = (table(file) for file in files_of(VECHTRIJDER, "x"))
    assert old[0][:4] == ["Tweet id", "Tweet permalink", "Tweet text", "time"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d \+0000", old[1][3])
    assert re.fullmatch(r"\d+\.0", old[1][4]) and old[1][-1] == "-"
    assert re.fullmatch(r"\w{3}, \w{3} \d{1,2}, \d{4}", new[1][1])
    assert any(row[0] == "" for row in new[1:])
    assert any(row[2].startswith("@") for row in new[1:])


def test_x_linkedin_and_tiktok_numbers_hold_the_moment():
    for demo, platform, moment in (
        (VECHTRIJDER, "x", lambda n: ((n >> 22) + 1_288_834_974_657) / 1000),
        (BERTHWRIGHT, "linkedin", lambda n: (n >> 22) / 1000),
        (OMBRALUNGA, "tiktok", lambda n: n >> 32),
    ):
        for post in history(demo, account(demo, platform), today=TODAY):
            assert moment(int(post.number)) == post.published.timestamp()


def test_linkedin_workbooks_have_a_sentence_above_each_header():
    for file in files_of(BERTHWRIGHT, "linkedin"):
        book = CalamineWorkbook.from_filelike(io.BytesIO(file.content))
        assert book.sheet_names == ["Metrics", "All posts"]
        sentence, header, first = book.get_sheet_by_name("All posts").to_python()[:3]
        assert sentence[0].endswith("UTC.") and header[:2] == ["Post title", "Post link"]
        assert "urn:li:activity:" in first[1] and re.fullmatch(r"\d\d/\d\d/\d{4}", first[5])


def test_tiktok_tells_days_without_a_year():
    _header, *rows = table(files_of(OMBRALUNGA, "tiktok")[0])
    assert all(re.fullmatch(r"[A-Z][a-z]+ \d{1,2}", row[3]) for row in rows)


def test_youtube_begins_with_a_total_that_is_the_sum():
    header, total, *rows = table(files_of(VECHTRIJDER, "youtube")[0])
    assert total[0] == "Total"
    assert int(total[header.index("Views")]) == sum(int(row[header.index("Views")]) for row in rows)
    assert re.fullmatch(r"\w{3} \d{1,2}, \d{4}", rows[0][2])


def test_ads_begin_with_a_nameless_total_and_name_the_currency():
    (file,) = ads.export(VECHTRIJDER, money.ads(VECHTRIJDER, today=TODAY), today=TODAY)
    header, total, *rows = table(file)
    spent = header.index("Amount spent (USD)")
    assert total[header.index("Ad name")] == total[header.index("Campaign name")] == ""
    assert float(total[spent]) == pytest.approx(sum(float(row[spent]) for row in rows))
    assert {"-"} == {row[header.index("Quality ranking")] for row in rows}
    assert {row[header.index("Campaign name")] for row in rows} == {c.name for c in VECHTRIJDER.campaigns}


def test_visits_name_the_campaigns_and_leave_revenue_without_one():
    visits = money.visits(OMBRALUNGA, today=TODAY)
    *_, newest = ga4.export(OMBRALUNGA, visits, today=TODAY)
    text = newest.content.decode()
    assert text.startswith("# ---") and f"# End date: {last_day(TODAY):%Y%m%d}" in text
    assert text.rstrip().endswith("Grand total")
    named = {row.campaign for row in visits}
    assert {c.name for c in OMBRALUNGA.campaigns} < named
    assert sum(row.revenue for row in visits if row.source == "(direct)") > 0


def test_the_shop_counts_a_little_more_than_the_sites_analytics_and_no_order_of_tomorrow():
    visits = money.visits(OMBRALUNGA, today=TODAY)
    sold = orders.orders(OMBRALUNGA, visits, today=TODAY)
    seen = sum(row.revenue for row in visits)
    assert 1.0 < sum(order.total - order.refunded for order in sold) / seen < 1.2
    assert max(order.at.date() for order in sold) <= last_day(TODAY)
    assert [order.number for order in sold] == list(range(1001, 1001 + len(sold)))
    assert 0 < sum(order.refunded > 0 for order in sold) < len(sold) / 20
    (file,) = shopify.export(OMBRALUNGA, sold, today=TODAY)
    header, *rows = table(file)
    named = [row for row in rows if row[header.index("Total")]]
    assert len(named) == len(sold) < len(rows), "an order's other things have rows of their own"


def test_search_ads_end_with_a_total_and_only_one_brand_has_them():
    days = searches.search_days(BERTHWRIGHT, today=TODAY)
    (file,) = google_ads.export(BERTHWRIGHT, days, today=TODAY)
    title, period, header, *rows, total = table(file)
    assert (title, period[0], header[0]) == (["Campaign performance"], "April 24", "Day")
    assert total[0] == "Total: Campaigns"
    cost = header.index("Cost")
    assert float(total[cost]) == pytest.approx(sum(float(row[cost]) for row in rows))
    seen = searches.search_visits(BERTHWRIGHT, days, today=TODAY)
    assert sum(row.sessions for row in seen) == sum(day.clicks for day in days)
    assert google_ads.export(OMBRALUNGA, [], today=TODAY) == []


def test_weeks_are_numbered_from_sunday_and_end_with_the_year():
    assert ga4.week_number(date(2025, 1, 1)) == 1  # a Wednesday
    assert ga4.week_number(date(2025, 1, 5)) == 2
    assert ga4.week_number(date(2025, 12, 31)) == 53
    assert [start for start, _ in money.weeks(date(2025, 12, 20), date(2026, 1, 6))] == [
        date(2025, 12, 20),
        date(2025, 12, 21),
        date(2025, 12, 28),
        date(2026, 1, 1),
        date(2026, 1, 4),
    ]


def test_captions_hold_no_placeholder_and_read_in_their_language():
    words = {
        "it": r"\b(il|la|di|che|un|una|caffè)\b",
        "nl": r"\b(de|het|een|op|van|en)\b",
        "en": r"\b(the|a|and|of|is)\b",
    }
    for demo in BRANDS:
        for found in demo.accounts:
            posts = history(demo, found, today=TODAY)
            text = "\n".join(post.text for post in posts)
            assert not re.search(r"[{}]|lorem|ipsum|TODO|xxx|example\.com|  ", text, re.IGNORECASE)
            assert all(post.text for post in posts)
            assert len({post.text for post in posts}) > len(posts) / 2
            for language in found.languages:
                said = " ".join(post.text for post in posts if post.language == language)
                assert len(re.findall(words[language], said, re.IGNORECASE)) > len(posts) / 4


def test_every_rule_of_every_voice_can_be_expanded():
    for voice, languages in texts.VOICES.items():
        for language, rules in languages.items():
            slots = {
                slot for phrases in rules.values() for phrase in phrases for slot in texts._SLOT.findall(phrase)
            }
            assert slots - {"season", "frame"} <= rules.keys(), (voice, language)


def test_bulk_files_are_repeatable_and_as_long_as_asked(tmp_path):
    for name in ("a.csv", "b.csv"):
        write_bulk(tmp_path / name, 2_345, accounts=3)
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    with (tmp_path / "a.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len({row["post_id"] for row in rows}) == 2_345
    assert {row["account"] for row in rows} == {"Page 1", "Page 2", "Page 3"}
    assert all(int(row["reach"]) > 0 for row in rows)


def test_bulk_refuses_a_count_below_one(tmp_path):
    with pytest.raises(ValueError, match="at least 1"):
        write_bulk(tmp_path / "none.csv", 0)
