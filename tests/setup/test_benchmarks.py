"""Every benchmark starts: what it imports is there, and it tells how it is called."""

import subprocess
import sys

import pytest

from .conftest import ROOT

SCRIPTS = sorted(path.name for path in (ROOT / "benchmarks").glob("*.py"))


@pytest.mark.parametrize("script", SCRIPTS)
def test_benchmark_starts(script, tmp_path):
    environment = {"PATH": "", "TIMONE_DATA_DIR": str(tmp_path)}
    command = [sys.executable, str(ROOT / "benchmarks" / script), "--help"]
    told = subprocess.run(command, check=False, env=environment, capture_output=True, text=True, timeout=60)
    assert told.returncode == 0, told.stderr
    assert "--" in told.stdout
