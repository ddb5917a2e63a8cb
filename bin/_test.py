"""`bin/test`: style, layers and every test, on SQLite and on PostgreSQL where there is one."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from _setup import ROOT, SetupError, child, ensure_venv, parse_env, say

SERVICES_ENV = ROOT / ".services" / "env"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
# A file of tests stays in one process: what it prepares for all of its tests is prepared once.
SIDE_BY_SIDE = ["-n", str(min(os.cpu_count() or 1, 8)), "--dist", "loadfile"]
# What does not depend on the database that the tests run on is tested once.
ONCE = (
    *("setup", "analytics/formats", "test_access.py", "test_architecture.py", "test_exports.py", "test_texts.py"),
    *("test_tokens.py", "analytics/test_import_faults.py", "analytics/test_undo_killed.py"),
)
SECOND_RUN = ["-m", "not browser", *(f"--ignore=tests/{name}" for name in ONCE)]


@dataclass
class Outcome:
    """What was run, in order, and what this machine lacks."""

    steps: dict[str, bool] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)

    def run(self, name: str, command: list[object], **variables: str) -> None:
        say(f"\n--- {name}")
        with child(command, env=os.environ | variables, stdin=subprocess.DEVNULL) as process:
            self.steps[name] = process.wait() == 0


def main(arguments: list[str]) -> int:
    """Run everything, or with arguments that part of the tests alone; 0 when all that ran passed."""
    python = ensure_venv("requirements-test.txt", also="requirements.txt")
    outcome = Outcome()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="timone-test-") as folder:
        _set_environment(folder)
        outcome.missing = find_missing()
        if arguments:
            _run_some(python, outcome, arguments)
        else:
            _run_all(python, outcome)
    return _close(outcome, time.monotonic() - begun)


def _set_environment(folder: str) -> None:
    """Tests write below a folder of their own, and take nothing from the settings of an installation."""
    if SERVICES_ENV.exists():
        for name, url in parse_env(SERVICES_ENV.read_text()):
            os.environ.setdefault(name, url)
    for name in ("DATABASE_URL", "REDIS_URL", "SITE_URL", "ALLOWED_HOSTS", "DEBUG"):
        os.environ.pop(name, None)
    os.environ["TIMONE_DATA_DIR"] = folder
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # Playwright's loop runs in the thread of the test
    os.environ.setdefault("TIMONE_SAMPLES", str(ROOT.parent / "shared" / "data"))
    browser = _browser()
    if browser:
        os.environ.setdefault("TIMONE_CHROMIUM", browser)


def _browser() -> str:
    return os.environ.get("TIMONE_CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), "")


# --- What is there -----------------------------------------------------------------------------------------
def find_missing() -> dict[str, str]:
    """What cannot be tested here, with the remedy. A server that is named must answer."""
    missing = {}
    for name, variable in (("PostgreSQL", "TIMONE_TEST_POSTGRES"), ("Redis", "TIMONE_TEST_REDIS")):
        url = os.environ.get(variable, "")
        if not url:
            missing[name] = "`bin/services start` starts one"
        elif not _answers(url):
            missing[name] = f"nothing answers at {url}: `bin/services start` starts one"
            del os.environ[variable]
    if not _browser():
        missing["Chromium"] = "install it, or name it by TIMONE_CHROMIUM"
    if not Path(os.environ["TIMONE_SAMPLES"], "exports").is_dir():
        missing["the real exports"] = f"no folder {os.environ['TIMONE_SAMPLES']}/exports"
    return missing


def _answers(url: str) -> bool:
    parts = urlsplit(url)
    default = 6379 if parts.scheme.startswith("redis") else 5432
    try:
        with socket.create_connection((parts.hostname or "127.0.0.1", parts.port or default), timeout=3):
            return True
    except OSError:
        return False


# --- What is run -------------------------------------------------------------------------------------------
def _run_all(python: Path, outcome: Outcome) -> None:
    """The quick checks first, the whole suite last, so that its summary closes the output."""
    outcome.run("Style (ruff)", [python, "-m", "ruff", "check", "."])
    outcome.run("Layers (import-linter)", [python, "-c", _LINT_IMPORTS])
    pytest = [python, "-m", "pytest", *SIDE_BY_SIDE]
    if "PostgreSQL" not in outcome.missing:
        outcome.run("Tests on PostgreSQL", [*pytest, *SECOND_RUN], **_server())
    outcome.run("All tests, on SQLite", pytest)


def _run_some(python: Path, outcome: Outcome, arguments: list[str]) -> None:
    """One run of pytest with the arguments given; `--postgres` as the first puts it on that server."""
    on_server = arguments[0] == "--postgres"
    if on_server and "PostgreSQL" in outcome.missing:
        raise SetupError(f"No PostgreSQL: {outcome.missing['PostgreSQL']}.")
    variables = _server() if on_server else {}
    outcome.run("Tests", [python, "-m", "pytest", *arguments[on_server:]], **variables)


def _server() -> dict[str, str]:
    """Settings of a server, with plain static files: tests collect none."""
    return {"DATABASE_URL": os.environ["TIMONE_TEST_POSTGRES"], "SECRET_KEY": "tests", "DEBUG": "true"}


# The command is not run by name because it need not be on the path, nor have an extension that is executable.
_LINT_IMPORTS = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"


def _close(outcome: Outcome, seconds: float) -> int:
    """Say what ran, what failed and what was not tested; TIMONE_REQUIRE=all makes a lack a failure."""
    say("")
    for name, passed in outcome.steps.items():
        say(f"{'passed' if passed else 'FAILED'}  {name}")
    for name, remedy in outcome.missing.items():
        say(f"NOT TESTED  {name}: {remedy}")
    say(f"{seconds:.0f} s")
    required = _required(outcome.missing)
    if required:
        raise SetupError(f"TIMONE_REQUIRE=all, and this machine lacks {', '.join(required)}.")
    return 0 if all(outcome.steps.values()) else 1


def _required(missing: dict[str, str]) -> list[str]:
    """What may not be missing. The real exports may: they cannot be installed, and are no part of Timone."""
    if os.environ.get("TIMONE_REQUIRE") != "all":
        return []
    return [name for name in missing if name != "the real exports"]
