"""Commands as somebody types them: in a process of their own, or in this one."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pos.cli import main

ROOT = Path(__file__).parent.parent.parent


def run(*arguments: str, lines: bytes = b"", code: int = 0, **variables: str) -> tuple[str, str]:
    """The till as a process of its own: what it wrote to stdout and stderr."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **variables}
    ran = subprocess.run(
        [sys.executable, "-m", "pos", *arguments],
        cwd=ROOT,
        env=environment,
        input=lines,
        capture_output=True,
        check=False,
        timeout=60,
    )
    out, err = ran.stdout.decode(), ran.stderr.decode()
    assert ran.returncode == code, out + err
    assert "Traceback" not in err
    return out, err


def plain(monkeypatch: pytest.MonkeyPatch, lines: str, *arguments: str) -> int:
    """Plain mode in this process."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
    return main(["--plain", *arguments])
