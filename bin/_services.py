"""`bin/services`: a PostgreSQL and a Redis of this checkout's own, on loopback, for development and tests.

What the environment names (TIMONE_TEST_POSTGRES, TIMONE_TEST_REDIS) is used as it is. The rest is installed from
Debian packages where it is missing, kept below .services/, and written to .services/env, which bin/test reads.
PostgreSQL runs without fsync unless started with --durable: a test database need not outlive a power cut.
"""

import argparse
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

from _setup import ROOT, SetupError, load_env_file, need_space, parse_env, say

HOME = ROOT / ".services"
ENV_FILE = HOME / "env"
POSTGRES, REDIS = "TIMONE_TEST_POSTGRES", "TIMONE_TEST_REDIS"
FIRST_PORT = {POSTGRES: 54329, REDIS: 63799}
PACKAGES = {POSTGRES: "postgresql", REDIS: "redis-server"}
USER = "timone"
READY_SECONDS = 30
FAST = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bin/services", description=__doc__.splitlines()[0])
    parser.add_argument("verb", choices=["start", "stop", "status"])
    parser.add_argument("--durable", action="store_true", help="PostgreSQL with its own settings, for timing")
    options = parser.parse_args(arguments)
    load_env_file()
    if options.verb == "start":
        return start(durable=options.durable)
    return stop() if options.verb == "stop" else status()


# --- Verbs -------------------------------------------------------------------------------------------------
def start(*, durable: bool) -> int:
    """Start what is not running yet, and write where everything is."""
    own = [name for name in FIRST_PORT if not os.environ.get(name)]
    _install([PACKAGES[name] for name in own if not _program(name)])
    if own:
        HOME.mkdir(exist_ok=True)
        need_space(HOME, 200)
    lines = []
    for name in FIRST_PORT:
        url = os.environ.get(name) or (_start_postgres(durable=durable) if name == POSTGRES else _start_redis())
        _wait_for(name, url)
        lines.append(f"{name}={url}")
        say(lines[-1])
    HOME.mkdir(exist_ok=True)
    ENV_FILE.write_text("\n".join(lines) + "\n")
    return 0


def stop() -> int:
    """Stop what this checkout started; servers named by the environment are left alone."""
    if (_postgres_dir() / "postmaster.pid").exists():
        _as_postgres([_program(POSTGRES), "-D", _postgres_dir(), "-m", "fast", "-w", "stop"])
        say("PostgreSQL is stopped.")
    port = _noted_port(HOME / "redis.port")
    if port and _is_our_redis(port):
        _talk_to_redis(port, b"SHUTDOWN NOSAVE\r\n")
        _wait_until(lambda: not _listens(port), "Redis does not stop")
        say("Redis is stopped.")
    ENV_FILE.unlink(missing_ok=True)
    return 0


def status() -> int:
    """Print what answers; 0 when both do, else 1."""
    urls = dict(parse_env(ENV_FILE.read_text())) if ENV_FILE.exists() else {}
    missing = 0
    for name in FIRST_PORT:
        url = os.environ.get(name) or urls.get(name, "")
        answers = bool(url) and _listens_at(url)
        missing += not answers
        say(f"{name}: {url if answers else 'not running'}")
    return 1 if missing else 0


def _is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


# --- Packages ----------------------------------------------------------------------------------------------
def _program(name: str) -> str:
    """The program that runs a server, or "" where it is not installed."""
    if name == REDIS:
        return shutil.which("redis-server") or ""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda path: float(path.parts[4]))
    return str(versions[-1]) if versions else shutil.which("pg_ctl") or ""


def _install(packages: list[str]) -> None:
    if not packages:
        return
    names = " ".join(packages)
    if not shutil.which("apt-get") or not _is_root():
        raise SetupError(
            f"Not installed: {names}. Install them with this system's package manager "
            f"(Debian: `sudo apt-get install {names}`), or name running servers by {POSTGRES} and {REDIS}."
        )
    say(f"Installing {names} ...")
    _apt("update")
    _apt("install", "-y", "--no-install-recommends", *packages)


def _apt(*arguments: str) -> None:
    result = subprocess.run(
        ["apt-get", "-q", *arguments],
        env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        words = (result.stderr.strip() or result.stdout.strip()).splitlines()[-1:]
        raise SetupError(f"apt-get {arguments[0]} failed: {''.join(words)}")


# --- PostgreSQL --------------------------------------------------------------------------------------------
def _postgres_dir() -> Path:
    """Where the cluster lies: below .services, or elsewhere when root's postgres user cannot get in there."""
    inside = HOME / "postgres"
    if not _is_root() or all(folder.stat().st_mode & 0o001 for folder in (ROOT, *ROOT.parents)):
        return inside
    mark = hashlib.sha256(str(ROOT).encode()).hexdigest()[:12]
    return Path("/var/tmp") / f"timone-{mark}" / "postgres"


def _start_postgres(*, durable: bool) -> str:
    folder, port_file = _postgres_dir(), HOME / "postgres.port"
    if not (folder / "PG_VERSION").exists():
        _make_cluster(folder)
    running = _as_postgres([_program(POSTGRES), "-D", folder, "status"], check=False).returncode == 0
    port = _noted_port(port_file) if running else _free_port(POSTGRES)
    if not running:
        port_file.write_text(str(port))
        settings = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' "
        log = folder / "server.log"
        command = [_program(POSTGRES), "-D", folder, "-l", log, "-w", "-o"]
        _as_postgres([*command, settings + ("" if durable else FAST), "start"])
    return f"postgres://{USER}@127.0.0.1:{port}/{USER}"


def _make_cluster(folder: Path) -> None:
    """A cluster whose one user may do everything from this machine; it holds nothing but test data."""
    say("Making a PostgreSQL cluster ...")
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(mode=0o755, exist_ok=True)
    (folder.parent / "checkout").write_text(f"{ROOT}\n")
    folder.mkdir(mode=0o700)
    if _is_root():
        shutil.chown(folder, "postgres", "postgres")
    initdb = Path(_program(POSTGRES)).with_name("initdb")
    _as_postgres([initdb, "-D", folder, "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"])
    # A database of the user's name, made by the server alone before it listens anywhere.
    single = [Path(initdb).with_name("postgres"), "--single", "-D", folder, "postgres"]
    _as_postgres(single, text=f"CREATE DATABASE {USER}\n")


def _as_postgres(
    command: list[object], *, check: bool = True, text: str | None = None
) -> subprocess.CompletedProcess:
    """Run a server program; root lends it the postgres account, because PostgreSQL refuses to run as root."""
    who = {}
    if _is_root():
        who = {"user": "postgres", "group": "postgres", "extra_groups": []}
    # The server inherits these streams and outlives this process, so they must be files and not pipes.
    log = HOME / "postgres-commands.log"
    with log.open("w+") as output:
        result = subprocess.run(
            [str(part) for part in command],
            cwd="/",
            input=text,
            stdin=subprocess.DEVNULL if text is None else None,
            stdout=output,
            stderr=output,
            text=True,
            check=False,
            **who,
        )
        output.seek(0)
        words = output.read().strip().splitlines()[-1:]
    if check and result.returncode:
        raise SetupError(f"PostgreSQL refused ({''.join(words)}): see {log}.")
    return result


# --- Redis -------------------------------------------------------------------------------------------------
def _start_redis() -> str:
    port_file = HOME / "redis.port"
    port = _noted_port(port_file)
    if not port or not _is_our_redis(port):
        port = _free_port(REDIS)
        port_file.write_text(str(port))
        place = ["--bind", "127.0.0.1", "--port", port, "--dir", HOME, "--logfile", HOME / "redis.log"]
        options = ["--save", "", "--appendonly", "no", "--daemonize", "yes"]
        command = [str(part) for part in [_program(REDIS), *place, *options]]
        subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False)
    return f"redis://127.0.0.1:{port}/0"


def _is_our_redis(port: int) -> bool:
    """Whether the server there works in this checkout's folder: ports are handed on, folders are not."""
    return str(HOME).encode() in _talk_to_redis(port, b"CONFIG GET dir\r\n")


def _talk_to_redis(port: int, words: bytes) -> bytes:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as line:
            line.sendall(words)
            return line.recv(4096)
    except OSError:
        return b""


# --- Ports -------------------------------------------------------------------------------------------------
def _noted_port(path: Path) -> int:
    return int(path.read_text()) if path.exists() else 0


def _free_port(name: str) -> int:
    """The service's usual port, or the next one that nobody listens on."""
    port = FIRST_PORT[name]
    while _listens(port):
        port += 1
    return port


def _listens(port: int, host: str = "127.0.0.1") -> bool:
    try:
        with socket.create_connection((host, port), timeout=2):
            return True
    except OSError:
        return False


def _listens_at(url: str) -> bool:
    parts = urlsplit(url)
    default = 6379 if parts.scheme.startswith("redis") else 5432
    return _listens(parts.port or default, parts.hostname or "127.0.0.1")


def _wait_for(name: str, url: str) -> None:
    _wait_until(lambda: _listens_at(url), f"{name} does not answer at {url}")


def _wait_until(condition, complaint: str) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            raise SetupError(f"{complaint} after {READY_SECONDS} s: see the logs in {HOME}.")
        time.sleep(0.1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
