"""Run a module or a script as a process that ends when its parent does, whatever became of the parent.

    python bin/_child.py MODULE|FILE.py [ARGUMENTS]

The parent holds the other end of standard input. When that end closes, because the parent let go of it or died,
the process gets the ordinary SIGTERM, and is ended after TIMONE_GRACE seconds if it is still there.
"""

import _thread
import os
import runpy
import signal
import sys
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def _leave(_signal: int, _frame: object) -> None:
    sys.exit(0)


def _watch() -> None:
    try:
        while os.read(0, 1024):
            pass
    except OSError:
        pass
    if os.name == "nt":
        _thread.interrupt_main(signal.SIGTERM)
    else:
        os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(float(os.environ.get("TIMONE_GRACE", "10")))
    os._exit(1)


def main() -> None:
    # Servers that know a warm shutdown put their own handler in this one's place.
    signal.signal(signal.SIGTERM, _leave)
    threading.Thread(target=_watch, name="parent-watch", daemon=True).start()
    target, sys.argv = sys.argv[1], sys.argv[1:]
    if target.endswith(".py"):
        sys.path.insert(1, str(ROOT))
        runpy.run_path(target, run_name="__main__")
    else:
        sys.path[0] = str(ROOT)
        runpy.run_module(target, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
