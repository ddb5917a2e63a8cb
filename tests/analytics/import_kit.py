"""Look-alike exports and short ways to import them, for the tests of importing."""

import csv
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.utils import timezone

from accounts.models import Brand
from analytics.models import ImportBatch, ImportFile, Post
from analytics.services.import_files import FileImport, store_together
from analytics.services.previews import inspect

COLUMNS = (
    *("platform", "account", "post_id", "published_at", "format", "text", "permalink", "paid"),
    *("impressions", "reach", "reactions", "comments", "shares", "saves", "clicks", "video_views"),
)
EARLY, LATE = "2026-06-01", "2026-07-01"


def line(number: int, **values: Any) -> dict[str, Any]:
    return {
        "platform": "instagram",
        "account": "acme",
        "post_id": f"17{number:06}",
        "published_at": f"2026-05-{number % 28 + 1:02} 10:30:00",
        "format": "photo",
        "text": f"post {number}",
        "reactions": 10 + number,
        "comments": 2,
        "reach": 1000 + number,
    } | values


def write(path: Path, rows: Iterable[dict[str, Any]], columns: Iterable[str] = COLUMNS) -> Path:
    names = list(columns)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, names, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


def bring_in(brand: Brand, *paths: Path, **options: Any) -> list[ImportFile]:
    """Import files together; `exported_on`, `channel`, `time_zone` and so on as a person would state them."""
    works = []
    for path in paths:
        modified = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        file = ImportFile(brand=brand, name=path.name, options=dict(options), modified_at=modified)
        inspect(file, path)
        assert not file.problem_code, (file.problem_code, file.problem_facts)
        works.append(FileImport(file, path, progress=lambda share: None, now=timezone.now()))
    store_together(works, brand=brand, by=None)
    return [work.file for work in works]


def counts(file: ImportFile) -> tuple[int, int, int, int, int]:
    """(created, updated, unchanged, ignored, rejected)"""
    return file.created, file.updated, file.unchanged, file.ignored, file.rejected


def codes(file: ImportFile) -> set[str]:
    return {code for code, _facts in file.warnings}


def stored(number: int) -> Post:
    return Post.objects.get(external_id=f"17{number:06}")


def covered(brand, channel, first: date, last: date, *figures: str, kind: str = "posts", **fields) -> ImportFile:
    """An imported file that tells of these days."""
    batch = ImportBatch.objects.create(brand=brand, state=fields.pop("state", "done"))
    told = {"channel": channel.pk if channel else None, "figures": list(figures)}
    told |= {"first": first.isoformat(), "last": last.isoformat()}
    fields = {"name": "posts.csv", "format": "generic"} | fields
    return ImportFile.objects.create(
        brand=brand, batch=batch, kind=kind, coverage=[told], done_at=batch.created_at, **fields
    )
