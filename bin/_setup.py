"""What the scripts in this folder share: clear endings, the environment file, the virtual environment.

Standard library alone: this code runs before anything is installed, on Linux, macOS and Windows.
"""

import errno
import hashlib
import importlib.util
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / "bin"
STAMP = "timone-installed.json"
INSTALL_MB = 900


class SetupError(Exception):
    """What keeps Timone from starting, as one sentence that names the remedy."""


def say(text: str) -> None:
    print(text, flush=True)


def run_script(main: Callable[[list[str]], int]) -> None:
    """Run `main` on the arguments and end: its code, 1 with one sentence, or 130 when interrupted."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        code = main(sys.argv[1:])
    except SetupError as error:
        code = _complain(str(error))
    except OSError as error:
        code = _complain(explain(error))
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        code = 130
    sys.exit(code)


def _interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _complain(sentence: str) -> int:
    print(f"timone: {sentence}", file=sys.stderr)
    return 1


def explain(error: OSError) -> str:
    """One sentence for what the system refused, with the file and the remedy."""
    where = f" ({error.filename})" if error.filename else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"The disk is full{where}: free some space and start again."
    if error.errno == errno.EROFS:
        return f"The disk is read-only{where}: choose another folder with TIMONE_DATA_DIR."
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"No permission to write{where}: change its owner or mode, or start as another user."
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return f"A file stands where a folder is needed{where}: move it away or choose another folder."
    return f"The system refused a step{where}: {error.strerror or error}."


# --- Environment -------------------------------------------------------------------------------------------
def load_env_file(path: Path = ROOT / ".env") -> None:
    """Add the names of an environment file that the environment does not set itself, as the settings do."""
    if path.is_file():
        for name, value in parse_env(path.read_text(encoding="utf-8-sig")):
            os.environ.setdefault(name, value)


def parse_env(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        match = re.match(r"\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*?)\s*$", line)
        if match:
            yield match[1], match[2].strip("\"'")


def data_dir() -> Path:
    return Path(os.environ.get("TIMONE_DATA_DIR") or ROOT / "data").expanduser().resolve()


def need_space(folder: Path, megabytes: int) -> None:
    """Raise SetupError when the disk under `folder` (or its nearest existing parent) has less room than that."""
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free // 2**20
    if free < megabytes:
        raise SetupError(
            f"The disk is full: {free} MB are free at {folder} and {megabytes} MB are needed; "
            "free some space and start again."
        )


# --- Processes ---------------------------------------------------------------------------------------------
@contextmanager
def child(command: list[object], **options: object) -> Iterator[subprocess.Popen]:
    """A process that is never left behind, however the block ends."""
    process = subprocess.Popen([str(part) for part in command], cwd=ROOT, **options)  # type: ignore[call-overload]
    try:
        yield process
    finally:
        _end(process)
        for stream in filter(None, (process.stdin, process.stdout, process.stderr)):
            stream.close()


def _end(process: subprocess.Popen) -> None:
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


# --- Virtual environment -----------------------------------------------------------------------------------
def ensure_venv(requirements: str = "requirements.txt", *, also: str = "") -> Path:
    """The Python of a virtual environment that holds the locked libraries of `requirements`.

    `also` names a lock that the first one contains. TIMONE_VENV names an environment that is looked after
    elsewhere: it is used as it is and nothing is installed.
    """
    given = os.environ.get("TIMONE_VENV")
    folder = Path(given) if given else ROOT / ".venv"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if given:
        if not python.exists():
            raise SetupError(f"TIMONE_VENV names {folder}, which holds no Python: correct it or unset it.")
        return python
    wanted = {name: _digest(ROOT / name) for name in (requirements, also) if name}
    with _alone():
        known = _read_stamp(folder) if python.exists() else {}
        if not wanted.items() <= known.items():
            _make_venv(folder, python, usable=bool(known))
            install(python, ROOT / requirements)
            (folder / STAMP).write_text(json.dumps(known | wanted, indent=1))
    return python


@contextmanager
def _alone() -> Iterator[None]:
    """Let one set-up of this checkout work on the environment at a time; a dead one holds nobody up.

    What is locked is a file that is always there. Windows goes without.
    """
    with (ROOT / "requirements.in").open("rb") as file:
        if fcntl:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("Another set-up of this checkout is at work; waiting for it ...")
                fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _read_stamp(folder: Path) -> dict[str, str]:
    try:
        return json.loads((folder / STAMP).read_text())
    except (OSError, ValueError):
        return {}


def _make_venv(folder: Path, python: Path, *, usable: bool) -> None:
    """Make the environment, or make it anew where an earlier attempt was broken off before it had pip."""
    need_space(folder, INSTALL_MB)
    if usable or (python.exists() and _quiet([python, "-m", "pip", "--version"]).returncode == 0):
        return
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            raise SetupError(
                f"This Python lacks the module {module}: install it (on Debian and Ubuntu "
                f"`apt install python{sys.version_info[0]}.{sys.version_info[1]}-venv`) and start again."
            )
    say(f"Making a virtual environment in {folder} ...")
    result = _quiet([sys.executable, "-m", "venv", "--clear", folder])
    if result.returncode:
        raise SetupError(_failure(result.stdout, "The virtual environment could not be made"))


def _quiet(command: list[object]) -> subprocess.CompletedProcess:
    return subprocess.run(
        [str(part) for part in command],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        text=True,
        errors="replace",
        check=False,
    )


# --- pip ---------------------------------------------------------------------------------------------------
def install(python: Path, lock: Path) -> None:
    """Install the libraries of a hash-locked list, telling how far it is."""
    total = len(re.findall(r"^[\w.-]+==", lock.read_text(), flags=re.MULTILINE))
    say(f"Installing up to {total} libraries (only this time, about a minute) ...")
    pip = [python, "-m", "pip", "install", "--require-hashes", "--only-binary", ":all:"]
    options = ["--no-input", "--disable-pip-version-check", "--progress-bar", "off", "-r", lock]
    tail: deque[str] = deque(maxlen=60)
    with child(
        [*pip, *options],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        for line in _told(process.stdout, total):
            tail.append(line)
        code = process.wait()
    if code:
        raise SetupError(_failure("".join(tail), "The libraries could not be installed"))


def _told(lines: Iterator[str], total: int) -> Iterator[str]:
    """Pass pip's lines on, saying something at every tenth library and before the long last step."""
    fetched = 0
    for line in lines:
        if line.startswith("Collecting "):
            fetched += 1
            if fetched % 10 == 0:
                say(f"  {fetched} of {total} fetched")
        elif line.startswith("Installing collected"):
            say("  unpacking ...")
        yield line


CAUSES = {
    r"No space left|Errno 28|disk quota|not enough space": ("the disk is full; free some space and start again"),
    r"Permission denied|Errno 13|Read-only file|Errno 30|WinError 5\b": (
        "no permission to write there; change the owner or mode of the folder, or start as another user"
    ),
    r"NewConnection|name ?resolution|getaddrinfo|Connection refused|unreachable|ProxyError|timed out"
    r"|ConnectTimeout|Max retries|RemoteDisconnected": (
        "the package index cannot be reached; check the network (or the proxy and pip's settings) and start again"
    ),
    r"SSLError|CERTIFICATE_VERIFY": (
        "the package index's certificate is not trusted here; check the network and pip's `cert` setting"
    ),
    r"DO NOT MATCH THE HASHES": (
        "a downloaded file is not the one in the lock, so nothing of it was installed; "
        "try again, and stop there if it stays so"
    ),
    r"No matching distribution|Could not find a version": (
        "the package index has no ready-made build of one of them for this system and this Python; "
        "try Python 3.11, 3.12 or 3.13"
    ),
}


def _failure(output: str, what: str) -> str:
    """The first known cause in a failed command's output, else its last words."""
    for pattern, cause in CAUSES.items():
        if re.search(pattern, output, flags=re.IGNORECASE):
            return f"{what}: {cause}."
    words = [line.strip() for line in output.splitlines() if line.strip()]
    return f"{what}: {words[-1] if words else 'the command ended without a word'}"
