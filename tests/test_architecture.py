"""Laws of the house that no linter knows."""

import ast
import io
import re
import subprocess
import sys
from pathlib import Path

from django.core.management import call_command

ROOT = Path(__file__).resolve().parent.parent
APPS = ("smm", "crisis", "calendar_app", "analytics", "strategy", "accounts")
# The files that may look across brands, each for a reason told in its docstring or comment.
ACROSS_BRANDS = {
    "accounts/scoping.py",
    "accounts/jobs.py",
    "strategy/services/reminders.py",
    "calendar_app/services/shares.py",
    "analytics/selectors/engagement.py",
    "smm/checks_data.py",
}


def sources() -> list[Path]:
    files = [path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts]
    assert len(files) > 30
    return files


def test_only_named_files_look_across_brands():
    users = {str(path.relative_to(ROOT)) for path in sources() if "across_brands" in path.read_text()}
    assert users - ACROSS_BRANDS == set()


def test_no_import_hides_in_a_function():
    hidden = [
        f"{path.relative_to(ROOT)}:{inner.lineno}"
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert hidden == []


def test_the_floors_hold():
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_models_and_migrations_agree(db):
    out = io.StringIO()
    call_command("makemigrations", "--check", "--dry-run", stdout=out)
    assert "No changes" in out.getvalue()


def test_templates_hold_no_inline_style_or_script():
    offences = [
        f"{path.relative_to(ROOT)}: {found.group()}"
        for path in (ROOT / "templates").rglob("*.html")
        for found in re.finditer(
            r"<style|\sstyle=|\son[a-z]+=\"|hx-on|js:|hx-trigger=\"[^\"]*\[|<script(?![^>]*(?:src=|application/json))",
            path.read_text(),
        )
    ]
    assert offences == []


def test_nothing_is_loaded_from_another_host():
    pattern = re.compile(r"(?:src|href|action)=\"(?:https?:)?//|url\((?:\"|')?https?:|@import\s+url")
    files = [
        path
        for folder in ("templates", "static/css", "static/js")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in (".html", ".css", ".js")
    ]
    assert files
    assert [str(path.relative_to(ROOT)) for path in files if pattern.search(path.read_text())] == []


def test_a_template_stays_readable():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in (ROOT / "templates").rglob("*.html")
        if (lines := len(path.read_text().splitlines())) > 170
    }
    assert long == {}
