"""Uploads that are refused: told in words, in the person's language, and nothing of them kept."""

import errno

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts import jobs
from accounts.scoping import brands_in_scope
from analytics.models import ImportBatch, ImportFile, Post
from tests.analytics.formats.hostile import FILES, SMALL
from tests.analytics.import_kit import COLUMNS, line, write

MB = 1024 * 1024


@pytest.fixture
def bea(cast, monkeypatch, settings) -> Client:
    monkeypatch.setattr(jobs.current_app, "send_task", lambda name, args: None)
    settings.TIMONE_IMPORT_LIMITS = {**SMALL, "xls_memory_mb": 256, "xls_seconds": 10}
    client = Client()
    client.force_login(cast.bea)
    with brands_in_scope(cast.brand.pk):
        yield client


def send(client: Client, files: dict[str, bytes], **extra):
    sent = [SimpleUploadedFile(name, content) for name, content in files.items()]
    return client.post(reverse("import_new", args=["caffe-alba"]), {"files": sent}, follow=True, **extra)


def kept(settings) -> list[str]:
    folder = settings.MEDIA_ROOT
    return sorted(path.name for path in folder.rglob("*") if path.is_file()) if folder.exists() else []


def good(tmp_path) -> bytes:
    return write(tmp_path / "good.csv", [line(number) for number in range(3)], COLUMNS).read_bytes()


def test_of_refused_files_only_the_reason_is_kept(bea, settings, tmp_path):
    names = [name for name, (_build, code) in FILES.items() if code != "unpacks_too_far"][:29]
    files = {f"{number}.csv": FILES[name][0]() for number, name in enumerate(names)}
    response = send(bea, files)
    assert response.status_code == 200
    batch = ImportBatch.objects.get()
    assert [file.problem_code for file in batch.files.order_by("pk")] == [FILES[name][1] for name in names]
    assert kept(settings) == []
    assert not Post.objects.exists()


def test_a_refusal_speaks_italian_to_who_does(bea, cast):
    cast.bea.language = "it"
    cast.bea.save()
    response = send(bea, {"a.csv": FILES["100,000 columns"][0]()}, headers={"accept-language": "it"})
    assert "La tabella ha più di 1000 colonne" in response.content.decode()


def test_a_good_file_beside_a_refused_one_is_kept_and_can_be_confirmed(bea, settings, tmp_path):
    send(bea, {"bad.csv": FILES["a PDF"][0](), "good.csv": good(tmp_path)})
    bad, fine = ImportFile.objects.order_by("pk")
    assert (bad.problem_code, bool(bad.file), fine.problem_code) == ("pdf", False, "")
    assert len(kept(settings)) == 1


def test_two_files_of_one_name_are_both_kept(bea, settings, tmp_path):
    sent = [SimpleUploadedFile("posts.csv", good(tmp_path)), SimpleUploadedFile("posts.csv", good(tmp_path))]
    bea.post(reverse("import_new", args=["caffe-alba"]), {"files": sent})
    assert [file.name for file in ImportFile.objects.all()] == ["posts.csv", "posts.csv"]
    assert len({file.file.name for file in ImportFile.objects.all()}) == len(kept(settings)) == 2


def test_what_goes_beyond_the_limit_of_an_upload_is_told_and_not_written(bea, settings, tmp_path):
    settings.TIMONE_MAX_UPLOAD_BYTES = MB
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path / "temporary"
    settings.FILE_UPLOAD_TEMP_DIR.mkdir()
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0  # each file goes to the disk at once
    response = send(bea, {"large.csv": good(tmp_path) + b"x" * 3 * MB, "small.csv": good(tmp_path)})
    assert "larger than 1 MB" in response.content.decode()
    assert [file.problem_code for file in ImportFile.objects.order_by("pk")] == ["too_large", "too_large"]
    assert kept(settings) == []
    assert list(settings.FILE_UPLOAD_TEMP_DIR.iterdir()) == []


def test_a_full_disk_is_told_on_the_page_and_nothing_stays(bea, settings, tmp_path, monkeypatch):
    save = FileSystemStorage._save

    def full(storage, name, content):
        if "02-" in name:
            raise OSError(errno.ENOSPC, "No space left on device")
        return save(storage, name, content)

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    response = send(bea, {"a.csv": good(tmp_path), "b.csv": good(tmp_path)})
    assert response.status_code == 422
    assert "No space left on device" in response.content.decode()
    assert kept(settings) == []
    assert not ImportBatch.objects.exists()
