"""What is backed up comes back; what is damaged or foreign is refused."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Agency, Brand
from tests.cast import make_cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def backup(settings, tmp_path) -> Path:
    make_cast()
    uploads = Path(settings.MEDIA_ROOT) / "imports"
    uploads.mkdir(parents=True)
    (uploads / "posts.csv").write_text("a,b\n")
    call_command("backup", tmp_path / "copy")
    return tmp_path / "copy"


def refuse(*args, **options) -> str:
    with pytest.raises(CommandError) as caught:
        call_command(*args, **options)
    return str(caught.value)


def test_rows_and_files_come_back(backup, settings):
    Brand.objects.all().delete()
    upload = Path(settings.MEDIA_ROOT) / "imports" / "posts.csv"
    upload.write_text("changed")
    call_command("restore", backup, replace=True)
    assert Brand.objects.filter(slug="caffe-alba").exists()
    assert upload.read_text() == "a,b\n"


def test_data_is_not_thrown_away_unasked(backup):
    assert "--replace" in refuse("restore", backup)
    assert Agency.objects.count() == 2


def test_a_backup_is_never_overwritten(backup):
    assert "exists already" in refuse("backup", backup)


def test_a_damaged_backup_is_refused_before_anything_is_touched(backup):
    (backup / "uploads" / "imports" / "posts.csv").write_text("x")
    assert "posts.csv" in refuse("restore", backup, replace=True)
    assert Brand.objects.filter(slug="caffe-alba").exists()


def test_a_backup_of_a_newer_version_is_refused(backup):
    manifest = json.loads((backup / "manifest.json").read_text())
    manifest["migrations"].append(["accounts", "9999_from_the_future"])
    (backup / "manifest.json").write_text(json.dumps(manifest))
    assert "newer" in refuse("restore", backup, replace=True)


def test_a_folder_without_a_backup_is_refused(tmp_path):
    assert "manifest.json" in refuse("restore", tmp_path)
