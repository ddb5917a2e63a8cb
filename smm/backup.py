"""Copies everything that cannot be computed again, the database and the uploads, and brings it back.

A backup is a folder: `manifest.json`, the database (`database.sqlite3`, or `database.dump` of pg_dump), and
`uploads/`. It is written beside its final place and renamed when it is whole.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext_lazy as _

from accounts.errors import InvalidInput, register_messages
from accounts.models import Agency

register_messages(
    {
        "backup_exists": _(
            "“%(path)s” exists already. Name a folder that does not, so that nothing is overwritten."
        ),
        "backup_unreadable": _("“%(path)s” holds no backup: its manifest.json is missing or damaged."),
        "backup_damaged": _("“%(file)s” in the backup is not what was written: it is damaged or was changed."),
        "backup_other_database": _("The backup is of %(theirs)s, and this installation runs on %(ours)s."),
        "backup_newer": _("The backup was made by a newer version of Timone. Update this installation first."),
        "restore_not_empty": _("This installation holds data. Add --replace to throw it away for the backup's."),
        "tool_missing": _("%(tool)s is not installed. Install PostgreSQL's client programs and try again."),
        "tool_failed": _("%(tool)s failed: %(reason)s"),
    }
)
MANIFEST = "manifest.json"


def back_up(target: Path, *, now: datetime) -> dict[str, Any]:
    """Write a backup to `target`, which must not exist; returns its manifest."""
    if target.exists():
        raise InvalidInput("backup_exists", path=str(target))
    unfinished = target.with_name(f".{target.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    try:
        _dump(unfinished / _database_name())
        _copy_uploads(Path(settings.MEDIA_ROOT), unfinished / "uploads")
        manifest = _manifest(unfinished, now)
        (unfinished / MANIFEST).write_text(json.dumps(manifest, indent=2))
        unfinished.rename(target)
    except BaseException:
        shutil.rmtree(unfinished, ignore_errors=True)
        raise
    return manifest


def restore(source: Path, *, replace: bool) -> dict[str, Any]:
    """Put a backup's database and uploads in the place of this installation's; returns the manifest."""
    manifest = _checked_manifest(source)
    if not replace and _holds_data():
        raise InvalidInput("restore_not_empty")
    _load(source / _database_name())
    uploads, aside = Path(settings.MEDIA_ROOT), Path(settings.MEDIA_ROOT).with_name("uploads.before")
    shutil.rmtree(aside, ignore_errors=True)
    if uploads.exists():
        uploads.rename(aside)
    _copy_uploads(source / "uploads", uploads)
    shutil.rmtree(aside, ignore_errors=True)
    return manifest


def _vendor() -> str:
    return connection.vendor


def _database_name() -> str:
    return "database.sqlite3" if _vendor() == "sqlite" else "database.dump"


def _holds_data() -> bool:
    tables = connection.introspection.table_names()
    return Agency._meta.db_table in tables and Agency.objects.exists()


def _copy_uploads(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        target.mkdir(parents=True)


def _manifest(folder: Path, now: datetime) -> dict[str, Any]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        "made_at": now.isoformat(),
        "database": _vendor(),
        "migrations": sorted(map(list, MigrationRecorder(connection).applied_migrations())),
        "files": {path.relative_to(folder).as_posix(): _sha256(path) for path in files},
    }


def _checked_manifest(source: Path) -> dict[str, Any]:
    try:
        manifest = json.loads((source / MANIFEST).read_text())
        theirs, files = manifest["database"], manifest["files"]
        migrations = {tuple(migration) for migration in manifest["migrations"]}
    except (OSError, ValueError, KeyError, TypeError):
        raise InvalidInput("backup_unreadable", path=str(source)) from None
    if theirs != _vendor():
        raise InvalidInput("backup_other_database", theirs=theirs, ours=_vendor())
    if migrations - MigrationLoader(None).disk_migrations.keys():
        raise InvalidInput("backup_newer")
    for name, digest in files.items():
        if not (source / name).is_file() or _sha256(source / name) != digest:
            raise InvalidInput("backup_damaged", file=name)
    return manifest


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _dump(target: Path) -> None:
    if _vendor() == "sqlite":
        connection.ensure_connection()
        with sqlite3.connect(target) as copy:
            connection.connection.backup(copy)
        copy.close()
        return
    _run(["pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}"])


def _load(source: Path) -> None:
    if _vendor() == "sqlite":
        connection.ensure_connection()
        with sqlite3.connect(source) as copy:
            copy.backup(connection.connection)
        copy.close()
        return
    connection.close()
    _run(
        [
            "pg_restore",
            "--clean",
            "--if-exists",
            "--no-owner",
            "--single-transaction",
            "--dbname",
            _name(),
            str(source),
        ]
    )


def _name() -> str:
    return str(connection.settings_dict["NAME"])


def _run(command: list[str]) -> None:
    """Run a PostgreSQL program against our database; the password goes by environment, never by argument."""
    wanted = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    given = {variable: str(wanted[key]) for variable, key in names.items() if wanted.get(key)}
    try:
        done = subprocess.run(command, env=os.environ | given, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise InvalidInput("tool_missing", tool=command[0]) from None
    if done.returncode:
        raise InvalidInput("tool_failed", tool=command[0], reason=done.stderr.strip()[-300:])
