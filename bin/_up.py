"""`bin/up`: prepare everything, then keep the web server and the worker running until told to stop."""

import argparse
import errno
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

from _setup import BIN, SetupError, child, data_dir, ensure_venv, load_env_file, need_space, say

DATA_MB = 100
START_SECONDS = 90
GRACE_SECONDS = 10
LOG_BYTES = 5 * 2**20
SETTLED_SECONDS = 60
WORKER = ("celery", "-A", "smm", "worker", "-P", "threads", "-c", "2", "--loglevel", "INFO")
QUIET = ("--without-gossip", "--without-mingle", "--without-heartbeat")


def main(arguments: list[str]) -> int:
    begun = time.monotonic()
    load_env_file()
    options = _options(arguments)
    if not options.prepare:
        ensure_free(options.host, options.port)
    folder = _usable_folder(data_dir())
    python = ensure_venv()
    _set_environment(options, folder)
    _prepare(python, folder, demo=not options.no_demo)
    if options.prepare:
        say("Everything is prepared: `./bin/up` starts it.")
        return 0
    return Supervisor(python, options, folder).run(begun)


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/up", description="Set Timone up and start it.")
    parser.add_argument("--port", type=int, default=_port_from_environment(), help="the web server's port")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine alone)")
    parser.add_argument("--no-demo", action="store_true", help="do not load the demo agency at the first start")
    parser.add_argument("--prepare", action="store_true", help="do everything but start the servers")
    options = parser.parse_args(arguments)
    if not 0 < options.port < 65536:
        raise SetupError(f"{options.port} is no port: choose one from 1024 to 65535.")
    return options


def _port_from_environment() -> int:
    text = os.environ.get("TIMONE_PORT") or "8000"
    if not text.isdecimal():
        raise SetupError(f"TIMONE_PORT is {text!r}, which is no port: choose one from 1024 to 65535.")
    return int(text)


# --- Before the start --------------------------------------------------------------------------------------
def ensure_free(host: str, port: int) -> None:
    """Raise SetupError unless a server can listen there."""
    try:
        _listen_once(host, port)
    except socket.gaierror as error:
        raise SetupError(f"{host!r} is no address of this machine: use --host 127.0.0.1 or 0.0.0.0.") from error
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EPERM):
            raise SetupError(f"No permission to use port {port}: choose another, such as --port 8000.") from error
        if error.errno == errno.EADDRNOTAVAIL:
            raise SetupError(f"{host} is no address of this machine: use --host 127.0.0.1 or 0.0.0.0.") from error
        raise SetupError(
            f"Port {port} is taken by another program (perhaps Timone is running already): "
            f"end that one, or choose another port, such as --port {_free_port(port + 1)}."
        ) from error


def _listen_once(host: str, port: int) -> None:
    family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind) as probe:
        if os.name == "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)
        probe.listen(1)


def _free_port(first: int) -> int:
    for port in range(first, min(first + 50, 65536)):
        try:
            _listen_once("127.0.0.1", port)
        except OSError:
            continue
        return port
    return 0


def _usable_folder(folder: Path) -> Path:
    """Make the data folder, and be sure that it can be written to."""
    (folder / "logs").mkdir(parents=True, exist_ok=True)
    need_space(folder, DATA_MB)
    with tempfile.TemporaryFile(dir=folder) as probe:
        probe.write(b"x")
    return folder


def _set_environment(options: argparse.Namespace, folder: Path) -> None:
    os.environ.update(TIMONE_DATA_DIR=str(folder), TIMONE_PORT=str(options.port), PYTHONUNBUFFERED="1")
    os.environ["TIMONE_GRACE"] = str(GRACE_SECONDS)
    if options.host not in ("127.0.0.1", "::1", "localhost"):
        os.environ.setdefault("ALLOWED_HOSTS", ",".join(_names(options.host)))


def _names(host: str) -> list[str]:
    """Under which names a server that listens on `host` may be called."""
    own = socket.gethostname()
    return ["localhost", "127.0.0.1", "[::1]", own, f"{own}.local", host, _outward_address()]


def _outward_address() -> str:
    """This machine's address in its network; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return probe.getsockname()[0]


def _prepare(python: Path, folder: Path, *, demo: bool) -> None:
    command = [python, BIN / "_child.py", BIN / "_prepare.py", *([] if demo else ["--no-demo"])]
    pipes = {"stdin": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "errors": "replace"}
    with child(command, **pipes) as process:
        words = process.stderr.read()
        code = process.wait()
    if code:
        last = words.strip().splitlines()[-1:] or ["it ended without a word"]
        if code == 3:
            raise SetupError(last[0])
        log = folder / "logs" / "prepare.log"
        log.write_text(words, encoding="utf-8")
        raise SetupError(f"The preparation failed ({last[0]}): the whole story is in {log}.")


# --- Running -----------------------------------------------------------------------------------------------
class Server:
    """One process that is started, watched and started again; a broken one waits longer each time."""

    def __init__(self, name: str, command: list[object], log: Path) -> None:
        self.name = name
        self.log = log
        self._command = [str(part) for part in command]
        self._process: subprocess.Popen | None = None
        self._failures = 0
        self._started = 0.0
        self._due = 0.0

    def start(self) -> None:
        _keep_short(self.log)
        apart = (
            {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
            if os.name == "nt"
            else {"start_new_session": True}
        )
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command, cwd=BIN.parent, stdin=subprocess.PIPE, stdout=log, stderr=log, **apart
            )
        self._started = time.monotonic()

    @property
    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def look_after(self) -> None:
        """Start the process again when it has ended: after 1 s, then 2, 4 ... up to 30 s."""
        now = time.monotonic()
        if self.alive:
            return
        if self._process is not None:
            code, self._process = self._process.returncode, None
            self._failures = 0 if now - self._started > SETTLED_SECONDS else self._failures
            wait = min(2**self._failures, 30)
            self._failures += 1
            self._due = now + wait
            say(f"The {self.name} ended ({_ending(code)}); starting it again in {wait} s. Log: {self.log}")
        elif now >= self._due:
            self.start()
            say(f"The {self.name} is started again.")

    def ask_to_stop(self) -> None:
        """Let go of its standard input, which it takes as the order to finish what it does and leave."""
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()

    def kill(self) -> None:
        if self._process is not None:
            if self.alive:
                self._process.kill()
            self._process.wait()

    def last_words(self) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return lines[-1] if lines else "it ended without a word"


def _keep_short(log: Path) -> None:
    if log.exists() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_suffix(".1.log"))


def _ending(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"code {code}"


class Supervisor:
    """Runs the servers side by side. A first signal stops them with care, a second one at once."""

    def __init__(self, python: Path, options: argparse.Namespace, folder: Path) -> None:
        self._host, self._port, self._folder = options.host, options.port, folder
        run = [python, BIN / "_child.py"]
        listen = ["waitress", f"--host={options.host}", f"--port={options.port}", "--threads=8"]
        web = [*run, *listen, "smm.wsgi:application"]
        self._web = Server("web server", web, folder / "logs" / "web.log")
        self._worker = Server("worker", [*run, *WORKER, *QUIET], folder / "logs" / "worker.log")
        self._servers = [self._web, self._worker]
        self._stop = threading.Event()
        self._at_once = False

    def run(self, begun: float) -> int:
        for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), self._on_signal)
        try:
            for server in self._servers:
                server.start()
            self._wait_for_web()
            if not self._stop.is_set():
                self._greet(time.monotonic() - begun)
            while not self._stop.wait(0.25):
                for server in self._servers:
                    server.look_after()
        finally:
            self._end()
        return 0

    def _on_signal(self, _signal: int, _frame: object) -> None:
        self._at_once = self._stop.is_set()
        self._stop.set()

    def _wait_for_web(self) -> None:
        """Return when the web server answers; raise SetupError when it ends or stays silent."""
        deadline = time.monotonic() + START_SECONDS
        while not self._stop.wait(0.1):
            if _answers(self._address("127.0.0.1") + "/healthz"):
                return
            if not self._web.alive:
                words = self._web.last_words()
                raise SetupError(f"The web server did not start ({words}): see {self._web.log}.")
            if time.monotonic() > deadline:
                raise SetupError(f"The web server does not answer: see {self._web.log}.")

    def _address(self, local: str) -> str:
        host = local if self._host in ("0.0.0.0", "::", "127.0.0.1", "localhost") else self._host
        return f"http://[{host}]:{self._port}" if ":" in host else f"http://{host}:{self._port}"

    def _greet(self, seconds: float) -> None:
        say(f"\nTimone is running (started in {seconds:.1f} s):\n\n    {self._address('localhost')}/\n")
        logins = _demo_logins(self._folder / "demo.json")
        if self._host in ("0.0.0.0", "::"):
            say(f"    http://{_outward_address()}:{self._port}/  (for other machines in this network)\n")
            if logins:
                say("The demo's passwords are known to everybody: start anew with --no-demo if it matters.\n")
        if logins:
            say("Demo logins:\n" + "".join(f"    {line}\n" for line in logins))
        say(f"Data: {self._folder}   Logs: {self._folder / 'logs'}\nCtrl-C stops it.")

    def _end(self) -> None:
        """Leave no process behind: ask, wait, then end what is still there."""
        if any(server.alive for server in self._servers):
            print("\nStopping ...", file=sys.stderr, flush=True)
        for server in self._servers:
            server.ask_to_stop()
        deadline = time.monotonic() + GRACE_SECONDS
        while any(server.alive for server in self._servers) and not self._at_once:
            if time.monotonic() > deadline:
                break
            time.sleep(0.05)
        for server in self._servers:
            server.kill()
        print("Stopped.", file=sys.stderr, flush=True)


def _answers(url: str) -> bool:
    # No proxy for an address on this machine, whatever the environment says.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=5) as answer:
            return answer.status == 200
    except urllib.error.HTTPError as error:
        return error.code < 500
    except OSError:
        return False


def _demo_logins(note: Path) -> list[str]:
    """One line for each person of the demo, if it is loaded."""
    try:
        logins = json.loads(note.read_text(encoding="utf-8"))["logins"]
        return [f"{who['email']:<34} {who['password']}   {who['name']}, {who['role']}" for who in logins]
    except (OSError, ValueError, KeyError):
        return []
