"""The import_export command: what scripts rely on, and every real sample through the whole path."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts import jobs
from accounts.models import AuditEvent
from accounts.scoping import brands_in_scope
from analytics.models import Conversion, ImportBatch, ImportFile, Post, Spend
from strategy.models import Channel
from tests.analytics.import_kit import line, write

KEYS = {
    *("file", "format", "language", "encoding", "rows", "created", "updated", "unchanged", "ignored"),
    *("rejected", "warnings", "time_precision"),
}
READ = (
    *("meta_facebook_content_en", "meta_instagram_content_en", "x_analytics_tweet_activity_en"),
    *("x_content_analytics_en", "linkedin_page_content_en", "meta_ads_en", "ga4_en"),
)


@pytest.fixture
def brand(cast, monkeypatch):
    monkeypatch.setattr(jobs.current_app, "send_task", lambda name, args: None)
    with brands_in_scope(cast.brand.pk):
        yield cast.brand


def run(*arguments: object) -> list[dict]:
    out = StringIO()
    call_command("import_export", *map(str, arguments), "--brand", "caffe-alba", "--json", stdout=out)
    return json.loads(out.getvalue())


def refuse(*arguments: object) -> tuple[str, int]:
    with pytest.raises(CommandError) as caught:
        run(*arguments)
    return str(caught.value), caught.value.returncode


def test_each_file_is_told_with_its_counts(brand, tmp_path):
    path = write(tmp_path / "a.csv", [line(1), line(2, reach="many")])
    [told] = run(path)
    assert told.keys() >= KEYS
    assert (told["format"], told["rows"], told["created"], told["time_precision"]) == ("generic", 2, 1, "exact")
    [rejected] = told["rejected"]
    assert (rejected["line"], rejected["column"], rejected["value"]) == (3, "reach", "many")
    assert "not a number" in rejected["reason"]
    assert AuditEvent.objects.filter(action="import.done", actor=None).count() == 1
    assert ImportBatch.objects.get().state == "done"


def test_a_dry_run_counts_and_stores_nothing(brand, tmp_path):
    path = write(tmp_path / "a.csv", [line(1)])
    assert run(path, "--dry-run")[0]["created"] == 1
    assert not (Post.objects.exists() or ImportFile.objects.exists() or Channel.objects.exists())


def test_one_unknown_file_keeps_all_of_them_out(brand, tmp_path):
    good = write(tmp_path / "a.csv", [line(1)])
    bad = write(tmp_path / "b.csv", [{"day": 1, "mood": "good"}], ["day", "mood"])
    out = StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("import_export", str(good), str(bad), "--brand", "caffe-alba", "--json", stdout=out)
    assert caught.value.returncode == 2
    assert "b.csv" in str(caught.value)
    assert ["error" in told for told in json.loads(out.getvalue())] == [False, True]
    assert not Post.objects.exists()


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--channel", "nowhere:acme"], "PLATFORM:ACCOUNT"),
        (["--channel", "acme"], "PLATFORM:ACCOUNT"),
        (["--channel", "facebook:acme"], "Instagram"),
        (["--time-zone", "Rome"], "Europe/Rome"),
        (["--exported-on", "June"], "2026-03-31"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_remedy(brand, tmp_path, arguments, named):
    text, code = refuse(write(tmp_path / "a.csv", [line(1)]), *arguments)
    assert named in text
    assert code == 2
    assert not Post.objects.exists()


def test_a_file_that_is_not_there_is_told(brand, tmp_path):
    text, code = refuse(tmp_path / "none.csv")
    assert ("cannot be opened" in text, code) == (True, 2)


def test_without_an_account_the_only_channel_is_taken(brand, tmp_path):
    only = Channel.objects.create(brand=brand, platform="instagram", handle="alba_roma")
    run(write(tmp_path / "a.csv", [line(1, account="")]))
    assert Post.objects.get().channel == only


def test_without_an_account_or_a_channel_one_is_named_after_the_brand(brand, tmp_path):
    [told] = run(write(tmp_path / "a.csv", [line(1, account="")]))
    assert Channel.objects.get().handle == "caffe-alba"
    assert any(warning.startswith("account_from_brand") for warning in told["warnings"])


def test_without_an_account_several_channels_must_be_chosen_from(brand, tmp_path):
    for handle in ("one", "two"):
        Channel.objects.create(brand=brand, platform="instagram", handle=handle)
    path = write(tmp_path / "a.csv", [line(1, account="")])
    assert "--channel instagram:ACCOUNT" in refuse(path)[0]
    run(path, "--channel", "instagram:TWO")
    assert Post.objects.get().channel.handle == "two"


def test_a_channel_that_is_named_wins_over_the_files_only_account(brand, tmp_path):
    [told] = run(write(tmp_path / "a.csv", [line(1)]), "--channel", "instagram:alba")
    assert Channel.objects.get().handle == "alba"
    assert any(warning.startswith("account_overruled") for warning in told["warnings"])


def test_a_channel_that_is_named_picks_its_posts_out_of_several_accounts(brand, tmp_path):
    [told] = run(write(tmp_path / "a.csv", [line(1), line(2, account="other")]), "--channel", "instagram:other")
    assert list(Post.objects.values_list("external_id", "channel__handle")) == [("17000002", "other")]
    assert (told["created"], told["ignored"]) == (1, 1)


def test_the_time_zone_and_the_day_of_the_export_can_be_stated(brand, tmp_path):
    path = write(tmp_path / "a.csv", [line(1)])
    run(path, "--time-zone", "America/New_York", "--exported-on", "2026-06-01")
    post = Post.objects.get()
    assert post.published_at.isoformat() == "2026-05-02T14:30:00+00:00"
    assert post.metrics_as_of.isoformat() == "2026-06-02T03:59:59+00:00"


def sample_files(samples: Path) -> list[Path]:
    return sorted(path for folder in READ for path in (samples / "exports" / folder).iterdir())


@pytest.mark.samples
def test_every_sample_is_stored_and_changes_nothing_the_second_time(brand, samples):
    files = sample_files(samples)
    for path in files:
        [first] = run(path)
        counted = sum(first[name] for name in ("created", "updated", "unchanged", "ignored")) + len(
            first["rejected"]
        )
        assert first["rows"] == counted, path.name
        assert first["created"] or len(first["rejected"]) == first["rows"] - first["ignored"], path.name
    before = (Post.objects.count(), Spend.objects.count(), Conversion.objects.count())
    assert min(before) > 0
    for path in files:
        [again] = run(path)
        assert (again["created"], again["updated"]) == (0, 0), path.name
    assert (Post.objects.count(), Spend.objects.count(), Conversion.objects.count()) == before


@pytest.mark.samples
def test_ids_that_a_spreadsheet_destroyed_are_rejected_in_the_sample_too(brand, samples):
    [told] = run(*(samples / "exports" / "meta_facebook_content_en").glob("*excel-resaved.csv"))
    assert told["created"] == 0
    assert {row["code"] for row in told["rejected"]} == {"id_destroyed_by_excel"}


@pytest.mark.samples
def test_partners_without_figures_are_left_out_of_the_sample_with_several_accounts(brand, samples):
    [told] = run(*(samples / "exports" / "meta_instagram_content_en").glob("*multi-account*"))
    handles = set(Channel.objects.values_list("handle", flat=True))
    assert handles
    assert told["created"] + told["ignored"] == told["rows"]
    assert all(post.engagements is not None for post in Post.objects.all()) or told["ignored"] == 0
