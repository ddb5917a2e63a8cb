"""docker-compose.yml: held against its schema, and its very commands run on a real PostgreSQL and a real Redis."""

import http.client
import json
import os
import re
import secrets
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import jsonschema
import psycopg2
import pytest
import yaml

from .conftest import ROOT, free_port, wait_for

FILE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = FILE["services"]
SCHEMA = json.loads((Path(__file__).parent / "compose_spec" / "compose_spec.json").read_text())
GIVEN = {"SECRET_KEY": secrets.token_urlsafe(64), "POSTGRES_PASSWORD": "unused", "SITE_URL": "http://localhost"}


# --- The file ----------------------------------------------------------------------------------------------
def test_the_file_fits_the_compose_specification():
    assert list(jsonschema.Draft7Validator(SCHEMA).iter_errors(FILE)) == []


def test_it_has_the_services_of_the_design_with_health_checks():
    assert set(SERVICES) == {"postgres", "redis", "migrate", "web", "worker", "beat"}
    assert [name for name, service in SERVICES.items() if "healthcheck" not in service] == ["migrate"]


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_nothing_starts_before_the_migration_is_through(name):
    conditions = {other: rule["condition"] for other, rule in SERVICES[name]["depends_on"].items()}
    assert conditions == {
        "postgres": "service_healthy",
        "redis": "service_healthy",
        "migrate": "service_completed_successfully",
    }


def test_secrets_come_from_the_environment_and_have_no_default():
    with pytest.raises(AssertionError, match="set SECRET_KEY in"):
        interpolated(SERVICES["web"]["environment"]["SECRET_KEY"], {})
    with pytest.raises(AssertionError, match="set POSTGRES_PASSWORD in"):
        interpolated(SERVICES["postgres"]["environment"]["POSTGRES_PASSWORD"], {})


def test_every_name_it_hands_on_is_explained_in_the_example():
    explained = set(re.findall(r"^#([A-Z_]+)=", (ROOT / ".env.example").read_text(), flags=re.MULTILINE))
    text = (ROOT / "docker-compose.yml").read_text()
    used = set(re.findall(r"\$\{([A-Z_]+)", text)) | set(SERVICES["web"]["environment"])
    assert used - explained == set()


def test_every_name_the_settings_read_is_explained_in_the_example_and_the_guide():
    read = set(re.findall(r"env(?:\.\w+)?\(\s*\"([A-Z_]+)\"", (ROOT / "smm" / "settings.py").read_text()))
    assert len(read) > 10
    for name in (".env.example", "docs/running.md"):
        text = (ROOT / name).read_text()
        assert {word for word in read if word not in text} == set(), name


def test_only_the_web_server_is_reachable_and_from_this_machine_alone():
    ports = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert ports == {"web": ["127.0.0.1:${TIMONE_PORT:-8000}:8000"]}


def test_the_image_runs_as_a_user_of_its_own_and_takes_no_secret_in():
    dockerfile = (ROOT / "Dockerfile").read_text()
    assert re.search(r"^USER timone$", dockerfile, flags=re.MULTILINE)
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert {".env", "data", ".git", ".services", ".venv"} <= set(ignored)


def interpolated(text: str, names: dict[str, str]) -> str:
    """The value that Compose makes of ${NAME:-default} and ${NAME:?complaint}."""

    def value(match: re.Match) -> str:
        name, operator, rest = match.groups()
        if names.get(name):
            return names[name]
        assert operator == ":-", rest
        return rest

    return re.sub(r"\$\{(\w+)(:[-?])([^}]*)\}", value, text).replace("$$", "$")


# --- Its commands ------------------------------------------------------------------------------------------
@dataclass
class Stack:
    """The commands of the file, with addresses and folders of this machine in the place of the containers'."""

    environment: dict[str, str]
    folder: Path
    port: int

    def here(self, words: list[str]) -> list[str]:
        places = {":8000": f":{self.port}", "/data": str(self.folder)}
        for there, here in places.items():
            words = [interpolated(word, {}).replace(there, here) for word in words]
        return words

    def start(self, service: str, **names: str) -> subprocess.Popen:
        command, environment = self.here(SERVICES[service]["command"]), self.environment | names
        with (self.folder / f"{service}.log").open("w") as log:
            return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)

    def healthy(self, service: str, *more: str) -> bool:
        kind, *words = SERVICES[service]["healthcheck"]["test"]
        program, *words = self.here(words)
        command = ["sh", "-c", program] if kind == "CMD-SHELL" else [program, *more, *words]
        return self._run(command).returncode == 0

    def run(self, command: list[str]) -> subprocess.CompletedProcess:
        return self._run(self.here(command))

    def _run(self, command: list[str]) -> subprocess.CompletedProcess:
        return subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=90, check=False
        )


@pytest.fixture(scope="module")
def servers() -> tuple[str, str]:
    urls = os.environ.get("TIMONE_TEST_POSTGRES", ""), os.environ.get("TIMONE_TEST_REDIS", "")
    if not all(urls):
        pytest.skip("no PostgreSQL or no Redis: `bin/services start` and `bin/test` bring them")
    return urls


@pytest.fixture(scope="module")
def stack(servers, tmp_path_factory) -> Iterator[Stack]:
    """A database of its own, migrated by the file's one-shot service, and collected static files."""
    name = f"timone_compose_{os.getpid()}"
    postgres, redis = (urlsplit(url) for url in servers)
    folder = tmp_path_factory.mktemp("compose")
    environment = {
        key: interpolated(value, GIVEN)
        for key, value in SERVICES["web"]["environment"].items()
        if value is not None
    } | {
        "DATABASE_URL": postgres._replace(path=f"/{name}").geturl(),
        "REDIS_URL": redis._replace(path="/9").geturl(),
        "TIMONE_DATA_DIR": str(folder),
        "TIMONE_PORT": str(free_port()),
        "PGHOST": postgres.hostname or "127.0.0.1",
        "PGPORT": str(postgres.port or 5432),
        "HOSTNAME": os.uname().nodename,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    stack = Stack(environment, folder, int(environment["TIMONE_PORT"]))
    _sql(servers[0], f"CREATE DATABASE {name}")
    kept = (ROOT / "staticfiles").exists()
    migrated = stack.run(SERVICES["migrate"]["command"])
    collected = stack.run(shlex.split("python manage.py collectstatic --no-input"))
    assert migrated.returncode == 0, migrated.stderr
    assert collected.returncode == 0, collected.stderr
    yield stack
    _sql(servers[0], f"DROP DATABASE {name} WITH (FORCE)")
    if not kept:
        shutil.rmtree(ROOT / "staticfiles")


def _sql(url: str, statement: str) -> None:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()


@pytest.fixture
def started(stack) -> Iterator:
    """Starts services, and ends them as Docker does: SIGTERM, and all of them have to leave in time."""
    processes = []

    def start(service: str, **names: str) -> subprocess.Popen:
        processes.append(stack.start(service, **names))
        return processes[-1]

    yield start
    for process in processes:
        process.terminate()
    assert [process.wait(30) for process in processes] == [0] * len(processes)


@pytest.mark.postgres
@pytest.mark.redis
def test_the_servers_pass_their_health_checks(stack, servers):
    assert stack.healthy("postgres")
    assert stack.healthy("redis", "-u", servers[1])


@pytest.mark.postgres
@pytest.mark.redis
def test_the_migration_can_be_run_again(stack):
    again = stack.run(SERVICES["migrate"]["command"])
    assert again.returncode == 0
    assert "No migrations to apply" in again.stdout


@pytest.mark.postgres
@pytest.mark.redis
def test_the_web_server_answers_and_passes_its_health_check(stack, started):
    assert not stack.healthy("web")
    started("web")
    assert wait_for(lambda: stack.healthy("web"), 60), (stack.folder / "web.log").read_text()
    status, _ = _get(stack.port, "/accounts/login/")
    assert status == 200


@pytest.mark.postgres
@pytest.mark.redis
def test_static_files_are_served_under_names_that_may_be_kept_for_ever(stack, started):
    names = json.loads((ROOT / "staticfiles" / "staticfiles.json").read_text())["paths"]
    started("web")
    assert wait_for(lambda: stack.healthy("web"), 60), (stack.folder / "web.log").read_text()
    status, headers = _get(stack.port, "/static/" + names["admin/css/base.css"])
    assert status == 200
    assert "immutable" in headers["Cache-Control"]


@pytest.mark.postgres
@pytest.mark.redis
def test_over_https_the_cookies_are_secure_and_plain_http_is_sent_on(stack, started):
    name = "timone.example.com"
    started("web", SITE_URL=f"https://{name}")
    assert wait_for(lambda: stack.healthy("web"), 60), (stack.folder / "web.log").read_text()
    status, headers = _get(stack.port, "/accounts/login/", Host=name, X_Forwarded_Proto="https")
    assert status == 200
    assert "Secure" in headers["Set-Cookie"]
    assert "max-age=" in headers["Strict-Transport-Security"]
    status, headers = _get(stack.port, "/accounts/login/", Host=name)
    assert (status, headers["Location"]) == (301, f"https://{name}/accounts/login/")


def _get(port: int, path: str, **headers: str) -> tuple[int, dict[str, str]]:
    """One request, redirections not followed; header names are given with underscores."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={name.replace("_", "-"): text for name, text in headers.items()})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, dict(answer.getheaders())


@pytest.mark.postgres
@pytest.mark.redis
def test_the_worker_answers_a_ping_and_the_scheduler_keeps_its_plan(stack, started):
    assert not stack.healthy("beat")
    started("worker")
    started("beat")
    log = stack.folder / "worker.log"
    assert wait_for(lambda: " ready." in log.read_text(), 60), log.read_text()
    assert stack.healthy("worker"), log.read_text()
    assert wait_for(lambda: stack.healthy("beat"), 30), (stack.folder / "beat.log").read_text()


# --- Settings ----------------------------------------------------------------------------------------------
@pytest.mark.postgres
@pytest.mark.redis
def test_the_deployment_check_is_clean_over_https(stack):
    environment = stack.environment | {"SITE_URL": "https://timone.example.com"}
    command = [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"]
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert "no issues" in result.stdout
