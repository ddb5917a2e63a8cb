"""Shared fixtures: the cast, and where the real samples lie."""

import os
from pathlib import Path

import pytest
from django.db.backends.postgresql.creation import DatabaseCreation

from tests import dropping
from tests.cast import Cast, make_cast

SAMPLES = Path(os.environ.get("TIMONE_SAMPLES", Path(__file__).resolve().parents[2] / "shared" / "data"))

DatabaseCreation._destroy_test_db = dropping.destroy


@pytest.fixture
def cast(db) -> Cast:
    """Owner Ada, social media manager Bea, community manager Carlo of one agency; stranger Dario of another."""
    return make_cast()


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of real exports and post histories; tests that want it are skipped where it is absent."""
    if not (SAMPLES / "exports").is_dir():
        pytest.skip(f"no real samples at {SAMPLES}")
    return SAMPLES


@pytest.fixture(autouse=True)
def _data_dir(settings, tmp_path):
    """Uploads of a test stay in that test's folder; passwords are hashed fast."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
