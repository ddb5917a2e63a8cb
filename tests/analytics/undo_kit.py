"""Random imports, and the whole picture of what they left in the database, without the numbers of rows."""

import os
import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from accounts import jobs
from accounts.models import Brand
from analytics.models import (
    METRICS,
    ChannelDay,
    Conversion,
    ImportBatch,
    ImportFile,
    Post,
    PostMetrics,
    RejectedRow,
    Spend,
)
from analytics.services import undo
from tests.analytics.formats.files import write as write_table
from tests.analytics.import_kit import bring_in, line, write

FIRST = date(2026, 6, 1)
STAMPS = ("id", "created_at", "updated_at")
Options = dict[str, Any]


def random_files(folder: Path, *, seed: int, count: int) -> list[tuple[Path, Options]]:
    """Exports that tell of the same posts, campaigns and visits, in random order, age and completeness."""
    rng = random.Random(seed)
    makers = [_posts, _posts, _posts, _costs, _visits]
    return [rng.choice(makers)(folder, rng, number) for number in range(count)]


def _posts(folder: Path, rng: random.Random, number: int) -> tuple[Path, Options]:
    """A few of twenty posts of one or two accounts; their age is told, or to be found out from what is stored."""
    told = rng.random() < 0.5
    accounts = rng.choice([["acme"], ["acme"], ["beta"], ["acme", "beta"]])
    rows = []
    for post in rng.sample(range(20), rng.randint(2, 12)):
        values: Options = {"account": accounts[post % len(accounts)], "reactions": 10 + post + rng.randint(0, 40)}
        if rng.random() < 0.3:
            values |= {"comments": "", "reach": ""}
        if rng.random() < 0.2:
            values |= {"text": f"post {post}, corrected", "published_at": f"2026-05-{post % 9 + 1:02} 18:00:00"}
        if rng.random() < 0.1:
            values |= {"reach": "many"}  # a row to be rejected
        rows.append(line(post, **values))
    path = write(folder / f"posts-{number}.csv", rows)
    moment = datetime(2026, 6, rng.randint(1, 28), 12).timestamp()
    os.utime(path, (moment, moment))
    return path, {"exported_on": (FIRST + timedelta(days=rng.randint(0, 27))).isoformat()} if told else {}


def _costs(folder: Path, rng: random.Random, number: int) -> tuple[Path, Options]:
    """A campaign or two, by day or as a whole, so that exports cover, replace and reject one another."""
    start, days = FIRST + timedelta(days=rng.randint(0, 5)), rng.randint(1, 6)
    step = rng.choice([1, days])
    rows = [["Reporting starts", "Reporting ends", "Campaign name", "Amount spent (EUR)", "Impressions"]]
    for campaign in rng.sample(["spring", "summer"], rng.randint(1, 2)):
        for day in range(0, days, step):
            first = start + timedelta(days=day)
            last = first + timedelta(days=step - 1)
            amount = f"{rng.randint(1, 900) / 10:.2f}"
            rows.append([first.isoformat(), last.isoformat(), campaign, amount, str(rng.randint(1, 99))])
    path = write_table(folder, rows, name=f"ads-{number}.csv")
    return path, {"exported_on": (FIRST + timedelta(days=rng.randint(12, 27))).isoformat()}


def _visits(folder: Path, rng: random.Random, number: int) -> tuple[Path, Options]:
    start = FIRST + timedelta(days=7 * rng.randint(0, 2))
    end = start + timedelta(days=6)
    before = f"# Traffic acquisition\r\n# Start date: {start:%Y%m%d}\r\n# End date: {end:%Y%m%d}\r\n"
    names = ["Session source / medium", "Sessions", "Engaged sessions", "Key events", "Total revenue"]
    rows = [names]
    for source in rng.sample(["instagram / social", "facebook / paid", "x / social"], 2):
        rows.append([source, str(rng.randint(9, 99)), str(rng.randint(1, 9)), "2", f"{rng.randint(0, 50)}.5"])
    path = write_table(folder, rows, name=f"visits-{number}.csv", before=before)
    return path, {"exported_on": (end + timedelta(days=rng.randint(1, 9))).isoformat()}


def import_all(brand: Brand, files: list[tuple[Path, Options]]) -> list[ImportBatch]:
    return [bring_in(brand, path, **options)[0].batch for path, options in files]


def take_back(batch: ImportBatch) -> None:
    """Undo an import, with the work that was asked for."""
    jobs.execute(undo.undo(batch, by=None).pk, heartbeat=False)
    batch.refresh_from_db()
    assert batch.state == "undone", batch.job.error_code


def bring_back(batch: ImportBatch) -> None:
    jobs.execute(undo.redo(batch, by=None).pk, heartbeat=False)
    batch.refresh_from_db()
    assert batch.state == "done", batch.job.error_code


def picture(brand: Brand) -> dict[str, list[tuple]]:
    """Every row that imports write, known by what it tells; files by their names."""
    return {
        "posts": sorted(_rows(Post, ("file_id", "channel_id"), "channel__handle", "file__name")),
        "history": sorted(_history(), key=repr),
        "days": sorted(_rows(ChannelDay, ("file_id",), "file__name")),
        "costs": sorted(_rows(Spend, ("file_id",), "file__name"), key=repr),
        "conversions": sorted(_rows(Conversion, ("file_id",), "file__name"), key=repr),
        "rejected": sorted(_rows(RejectedRow, ("file_id",), "file__name", done="file__batch__state"), key=repr),
        "files": sorted(_files()),
    }


def _rows(model: type, left: tuple[str, ...], *more: str, done: str = "") -> Iterator[tuple]:
    names = [f.attname for f in model._meta.concrete_fields if f.attname not in (*STAMPS, *left, "brand_id")]
    rows = model.objects.filter(**{done: "done"}) if done else model.objects.all()
    return (tuple(map(str, row)) for row in rows.values_list(*names, *more))


def _history() -> Iterator[tuple]:
    names = ("post__channel__handle", "post__external_id", "as_of", *METRICS)
    rows = PostMetrics.objects.filter(post__in=Post.objects.all())
    return (tuple(map(str, row)) for row in rows.values_list(*names))


def _files() -> Iterator[tuple]:
    names = ("name", "rows", "created", "updated", "unchanged", "ignored", "rejected", "as_of", "warnings")
    for file in ImportFile.objects.filter(batch__state="done").select_related("batch"):
        yield tuple(str(getattr(file, name)) for name in names)
