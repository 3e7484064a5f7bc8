"""The real thing: `reflex run --env prod` on demo data of its own, built and started once per run."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests import database as databases

DEMO_PASSWORD = "studio-demo"
_ROOT = Path(__file__).resolve().parent.parent
_START_LIMIT = 300


def demo_template() -> str:
    """The name of a database with demo data, to clone. Made by whoever asks first."""
    with databases.run_lock("demo"):
        if not databases.exists("demo"):
            url = databases.clone(prefix="filling")
            subprocess.run(
                [sys.executable, "-m", "services.cli", "prepare"],
                cwd=_ROOT,
                env={**os.environ, "DATABASE_URL": url, "STUDIO_DEMO": "true"},
                stdout=subprocess.DEVNULL,
                check=True,
            )
            databases.rename(url, "demo")
    return "demo"


def running() -> str:
    """The URL of the run's one studio."""
    with databases.run_lock("studio"):
        note = databases.folder() / "studio.json"
        if not note.exists():
            note.write_text(json.dumps(_start(databases.clone(of=demo_template(), prefix="studio"))))
        return str(json.loads(note.read_text())["url"])


def stop() -> None:
    """Called once, at the end of the run."""
    note = databases.folder() / "studio.json"
    if note.exists():
        os.killpg(json.loads(note.read_text())["pid"], signal.SIGKILL)


def sign_in(page: Page, email: str) -> None:
    """The cookie of a demo person; the next page load is theirs."""
    answer = page.request.post("/api/auth/login", data={"email": email, "password": DEMO_PASSWORD})
    assert answer.ok, answer.text()


def _start(database_url: str) -> dict[str, Any]:
    port = _free_port()
    url = f"http://localhost:{port}"
    log = databases.folder() / "studio.log"
    with log.open("w") as output:
        process = subprocess.Popen(
            _reflex("run", "--env", "prod", "--backend-host", "127.0.0.1", *_ports(port)),
            cwd=_ROOT,
            env=os.environ
            | {
                "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
                "DATABASE_URL": database_url,
                "STUDIO_DEMO": "true",
                "PUBLIC_URL": url,
                "SIGN_INS_PER_MINUTE": "10000",
                "PUBLIC_POSTS_PER_MINUTE": "10000",
                "REFLEX_USE_NPM": "1",
                "REFLEX_TELEMETRY_ENABLED": "false",
                "REFLEX_CHECK_LATEST_VERSION": "false",
            },
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    deadline = time.monotonic() + _START_LIMIT
    while not _is_ready(url):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"The studio did not start:\n{log.read_text()[-4000:]}")
        time.sleep(0.5)
    return {"url": url, "pid": process.pid}


def _reflex(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "reflex", *arguments]


def _ports(port: int) -> tuple[str, ...]:
    return ("--frontend-port", str(port), "--backend-port", str(port))


def _is_ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
