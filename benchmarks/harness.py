"""What every measurement shares: numbers in a table, and the servers it is taken on."""

import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
CLIENTS = (1, 8, 50)
_START_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. Times are milliseconds."""

    what: str
    median_ms: float | None = None
    p95_ms: float | None = None
    per_second: float | None = None
    note: str = ""


@dataclass(slots=True)
class Report:
    rows: list[Row] = field(default_factory=list)
    raw: dict[str, Any] = field(default_factory=dict)

    def add(self, row: Row, raw: Any = None) -> None:
        self.rows.append(row)
        print(_text(row), flush=True)
        if raw is not None:
            self.raw[row.what] = raw

    def ratio(self, what: str, ratio: float, *, percent: bool = False) -> None:
        self.add(Row(what, note=f"{ratio:.1%}" if percent else f"× {ratio:.2f}"), ratio)

    def write(self, file: Path) -> None:
        table = [{name: getattr(row, name) for name in Row.__slots__} for row in self.rows]
        file.write_text(json.dumps({"table": table, "raw": self.raw}))


def head() -> str:
    return f"{'':58}{'median':>10}{'p95':>10}{'per s':>10}"


def _text(row: Row) -> str:
    times = "".join("          " if ms is None else f"{ms:7.1f} ms" for ms in (row.median_ms, row.p95_ms))
    rate = "          " if row.per_second is None else f"{row.per_second:10.1f}"
    return f"{row.what:58}{times}{rate}  {row.note}".rstrip()


def p95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]


def timed(what: str, times_ms: Sequence[float], per_second: float | None = None, note: str = "") -> Row:
    return Row(what, statistics.median(times_ms), p95(times_ms), per_second, note)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def process(
    command: Sequence[str], log: Path, env: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A program and whatever it starts, gone at the end. Its words are in `log`."""
    with log.open("wb") as file:
        started = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **(env or {})}, stdout=file, stderr=file, start_new_session=True
        )
    try:
        yield started
    finally:
        _end(started)


def _end(started: subprocess.Popen[bytes]) -> None:
    """Its own process group: nothing that somebody else started."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(started.pid, sign)
            started.wait(timeout=10)
        except ProcessLookupError:
            break
        except subprocess.TimeoutExpired:
            continue


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    port = free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    with process(command, folder / "redis.log"):
        yield f"redis://127.0.0.1:{port}"


@contextmanager
def studio(folder: Path, database_url: str, redis_url: str) -> Iterator[int]:
    """The whole app in production mode with two web workers; its port."""
    port = free_port()
    env = {
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "PUBLIC_URL": f"http://localhost:{port}",
        "STUDIO_DATA": str(folder),
        "STUDIO_DEMO": "false",
        "GRANIAN_WORKERS": "2",
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "REFLEX_USE_NPM": "1",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "REFLEX_CHECK_LATEST_VERSION": "false",
    }
    ports = ["--frontend-port", str(port), "--backend-port", str(port), "--backend-host", "127.0.0.1"]
    command = [sys.executable, "-m", "reflex", "run", "--env", "prod", *ports]
    with process(command, folder / "studio.log", env) as started:
        _wait_until_ready(port, started, folder / "studio.log")
        yield port


def _wait_until_ready(port: int, started: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and started.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise SystemExit(f"The studio did not start:\n{log.read_text()[-3000:]}")
