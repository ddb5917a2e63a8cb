"""Bring the database, the demo and the broker into the state that the servers expect. Runs inside the environment.

Ends with 0, or with 3 and one sentence as the last line of standard error, or with Python's own traceback.
"""

import argparse
import io
import json
import os
import sys
import traceback
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.exceptions import InconsistentMigrationHistory
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from kombu.exceptions import OperationalError as BrokerError

from smm import celery_app

DEMO_NOTE = "demo.json"


class Refused(Exception):
    """Why the servers cannot be started, as one sentence that names the remedy."""


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--no-demo", action="store_true")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smm.settings")
    try:
        django.setup()
        prepare(demo=not options.no_demo)
    except Refused as error:
        return _refuse(str(error))
    except ImproperlyConfigured as error:
        return _refuse(str(error))
    except DatabaseError as error:
        return _refuse(_explain(error))
    except BrokerError as error:
        return _refuse(
            f"The broker that REDIS_URL names cannot be reached ({error}): start it or correct the name."
        )
    return 0


def _refuse(sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return 3


def _explain(error: DatabaseError) -> str:
    words = str(error).strip().splitlines()[0]
    name = settings.DATABASES["default"].get("NAME")
    if "full" in words:
        return f"The disk is full ({name}): free some space and start again."
    if "readonly" in words or "unable to open" in words:
        return f"No permission to write the database {name}: change its owner or mode, or set TIMONE_DATA_DIR."
    if "not a database" in words or "malformed" in words:
        return f"The file {name} is no whole database: put a backup in its place, or move it away."
    if "locked" in words:
        return f"The database {name} is in use by another program: end that program and start again."
    return f"The database {name} cannot be used ({words}): start its server or correct DATABASE_URL."


# --- Steps -------------------------------------------------------------------------------------------------
def prepare(*, demo: bool) -> None:
    _refuse_newer()
    _migrate()
    if not settings.EMBEDDED and not settings.DEBUG:
        call_command("collectstatic", interactive=False, verbosity=0)
    # Its passwords are known to everybody, so it is nothing for an installation on servers.
    _load_demo(wanted=demo and (settings.EMBEDDED or settings.DEBUG))
    _declare_queues()


def _refuse_newer() -> None:
    """Refuse a database that knows migrations which this version does not have."""
    try:
        loader = MigrationLoader(connection)
    except InconsistentMigrationHistory as error:
        raise Refused(f"The database does not fit this version of Timone: {error}") from error
    known = set(loader.disk_migrations)
    for migration in loader.disk_migrations.values():
        known.update(migration.replaces)
    unknown = sorted(
        f"{app}.{name}"
        for app, name in set(loader.applied_migrations) - known
        if apps.is_installed(app) or any(config.label == app for config in apps.get_app_configs())
    )
    if unknown:
        raise Refused(
            f"The database comes from a newer version of Timone (it has {unknown[-1]}): "
            "update Timone, or restore a backup made with this version."
        )


def _migrate() -> None:
    executor = MigrationExecutor(connection)
    steps = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if steps:
        print(f"Preparing the database ({len(steps)} steps) ...", flush=True)
        call_command("migrate", interactive=False, verbosity=0)
    if "DatabaseCache" in settings.CACHES["default"]["BACKEND"]:
        call_command("createcachetable", verbosity=0)


def _load_demo(*, wanted: bool) -> None:
    """Load the demo agency into a new installation; what was decided at the first start stays decided."""
    note = Path(settings.DATA_DIR) / DEMO_NOTE
    if _decided(note):
        return
    if wanted and (note.exists() or not apps.get_model("accounts", "Agency").objects.exists()):
        _write(note, "loading")
        try:
            _write(note, "loaded", logins=_load_and_listen())
        except Exception as error:
            print(f"The demo could not be loaded ({error}); the next start tries again. Log: {_log(error)}")
    else:
        _write(note, "not wanted")


def _decided(note: Path) -> bool:
    """Whether an earlier start has loaded the demo whole, or was told not to."""
    return note.exists() and json.loads(note.read_text(encoding="utf-8"))["state"] != "loading"


def _write(note: Path, state: str, *, logins: list[dict[str, str]] | None = None) -> None:
    note.write_text(json.dumps({"state": state, "logins": logins or []}, indent=1), encoding="utf-8")


def _load_and_listen() -> list[dict[str, str]]:
    """Load the demo, passing its progress on; returns who can sign in."""
    print("Loading the demo agency (only this time) ...", flush=True)
    heard = io.StringIO()
    call_command("load_demo", as_json=True, verbosity=2, no_color=True, stdout=heard, stderr=sys.stdout)
    return json.loads(heard.getvalue())["logins"]


def _log(error: Exception) -> Path:
    path = Path(settings.DATA_DIR) / "logs" / "demo.log"
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    return path


def _declare_queues() -> None:
    """Declare the queues while nothing else runs: two first declarations at once spoil the table."""
    if settings.EMBEDDED and not settings.REDIS_URL:
        for table in Path(settings.BROKER_DIR, "control").glob("*.exchange"):
            _drop_if_spoilt(table)
    with celery_app.connection_for_write() as broker:
        broker.ensure_connection(max_retries=1)
        for queue in celery_app.amqp.queues.values():
            queue.bind(broker.default_channel).declare()


def _drop_if_spoilt(table: Path) -> None:
    try:
        json.loads(table.read_bytes())
    except ValueError:
        table.unlink()


if __name__ == "__main__":
    sys.exit(main())
