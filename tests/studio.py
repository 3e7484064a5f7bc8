"""The real thing: `reflex run --env prod` on demo data of its own, built and started once per run.

`python -m tests.studio` makes it, beside the tests that do not need it.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import traceback
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from studio_app.caller import SESSION_COOKIE
from tests import database as databases
from tests.limits import LOOSE, limit

DEMO_PASSWORD = "studio-demo"
_ROOT = Path(__file__).resolve().parent.parent
_LIMIT = 600

_cookies: dict[str, list[Any]] = {}
"""Of those who have signed in once: checking a password is slow on purpose."""


def demo_template() -> str:
    """The name of a database with demo data, to clone. Made by whoever asks first."""
    with databases.run_lock("demo"):
        if not databases.exists("demo"):
            url = databases.clone(prefix="filling")
            subprocess.run(
                [sys.executable, "-m", "studio_app.cli", "prepare"],
                cwd=_ROOT,
                env={**os.environ, "DATABASE_URL": url, "STUDIO_DEMO": "true"},
                stdout=subprocess.DEVNULL,
                check=True,
            )
            databases.rename(url, "demo")
    return "demo"


def begin() -> None:
    """Has the run's one studio made in a process of its own, unless it is begun already."""
    databases.url_of("postgres")  # so that the server outlives that process
    with databases.run_lock("studio"):
        if not _maker().exists():
            process = subprocess.Popen([sys.executable, "-m", "tests.studio"], cwd=_ROOT, start_new_session=True)
            _maker().write_text(str(process.pid))


def running() -> str:
    """Its URL, once it is there."""
    return _whole()["url"]


def database() -> str:
    """The URL of its database."""
    return _whole()["database"]


def _whole() -> dict[str, str]:
    begin()
    deadline = time.monotonic() + _LIMIT
    while not _made().exists():
        if time.monotonic() > deadline:
            raise RuntimeError("The studio is not there yet.")
        time.sleep(0.2)
    made: dict[str, str] = json.loads(_made().read_text())
    if "trouble" in made:
        raise RuntimeError(made["trouble"])
    return made


def stop() -> None:
    """Called once, at the end of the run: the studio is in the group of the process that made it."""
    if _maker().exists():
        with suppress(ProcessLookupError):
            os.killpg(int(_maker().read_text()), signal.SIGKILL)


def sign_in(page: Page, email: str) -> None:
    """The cookie of a demo person; the next page load is theirs."""
    if email not in _cookies:
        page.context.clear_cookies(name=SESSION_COOKIE)  # a sign-in ends the one whose cookie it brings
        answer = page.request.post("/api/auth/login", data={"email": email, "password": DEMO_PASSWORD})
        assert answer.ok, answer.text()
        _cookies[email] = [one for one in page.context.cookies() if one["name"] == SESSION_COOKIE]
    page.context.add_cookies(_cookies[email])


def _maker() -> Path:
    return databases.folder() / "studio.pid"


def _made() -> Path:
    return databases.folder() / "studio.json"


def _make() -> None:
    try:
        database = databases.clone(of=demo_template(), prefix="studio")
        with databases.connected(database) as session:
            limit(session, **LOOSE, longest_minutes=24 * 60)
        made = {"url": _start(database), "database": database}
    except Exception:
        made = {"trouble": traceback.format_exc()}
    whole = _made().with_suffix(".whole")
    whole.write_text(json.dumps(made))
    whole.rename(_made())


def _start(database_url: str) -> str:
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
                "REFLEX_USE_NPM": "1",
                "REFLEX_TELEMETRY_ENABLED": "false",
                "REFLEX_CHECK_LATEST_VERSION": "false",
            },
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    deadline = time.monotonic() + _LIMIT / 2
    while not _is_ready(url):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"The studio did not start:\n{log.read_text()[-4000:]}")
        time.sleep(0.5)
    return url


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


if __name__ == "__main__":
    _make()
