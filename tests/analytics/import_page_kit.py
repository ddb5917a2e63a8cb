"""Uploading, deciding and importing on the pages, in few words."""

import csv
import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts import jobs
from analytics.models import ImportBatch
from smm.celery import app
from tests.analytics.import_kit import COLUMNS

app.loader.import_default_modules()


def text(rows, columns=COLUMNS) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(columns), extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def address(name: str, *args) -> str:
    return reverse(name, args=["caffe-alba", *args])


def upload(client: Client, *contents: bytes, name: str = "posts.csv", **extra) -> ImportBatch:
    files = [SimpleUploadedFile(f"{number}-{name}", content) for number, content in enumerate(contents)]
    response = client.post(address("import_new"), {"files": files, **extra})
    assert response.status_code == 302, response.content.decode()
    return ImportBatch.objects.latest("pk")


def decide(batch: ImportBatch, **values) -> dict[str, object]:
    """What the form of the review sends, with every file taken."""
    sent: dict[str, object] = {}
    for file in batch.files.all():
        told = {"take": "on", "time_zone": "Europe/Rome", "channel": "told"} | values
        sent |= {f"file{file.pk}-{name}": value for name, value in told.items() if value is not None}
    return sent


def confirm(client: Client, batch: ImportBatch, **values):
    return client.post(address("import_confirm", batch.pk), decide(batch, **values))


def do_work(batch: ImportBatch) -> None:
    batch.refresh_from_db()
    jobs.execute(batch.job_id, heartbeat=False)
