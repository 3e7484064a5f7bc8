"""A studio set up as docs/deployment.md says: a server of its own, two web workers over Redis, jobs apart."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests import server

pytestmark = [pytest.mark.long, pytest.mark.system_postgres]

_ROOT = Path(__file__).resolve().parent.parent
_LIMIT = 300
_ADMIN = {"email": "owner@studio.example", "password": "a-long-enough-password"}


@contextmanager
def running(command: list[str], environment: dict[str, str], log: Path) -> Iterator[None]:
    """In a group of its own, told to stop as a service manager does, and it must obey."""
    with log.open("w") as output:
        process = subprocess.Popen(
            command, cwd=_ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            yield
            assert process.poll() is None, log.read_text()[-4000:]
            process.send_signal(signal.SIGTERM)
            process.wait(30)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


class Visitor:
    """One with a cookie."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())

    def ask(self, path: str, body: dict[str, Any] | None = None) -> tuple[int, Any]:
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json", "Origin": self.url}
        try:
            with self._opener.open(urllib.request.Request(self.url + path, data, headers), timeout=30) as answer:
                content = answer.read()
                is_json = answer.headers.get_content_type() == "application/json"
                return answer.status, json.loads(content) if is_json else content.decode()
        except urllib.error.HTTPError as refusal:
            return refusal.code, refusal.read().decode()
        except OSError:
            return 0, ""


def until(what: str, holds: Any) -> None:
    deadline = time.monotonic() + _LIMIT
    while not holds():
        assert time.monotonic() < deadline, f"{what}: it never came to that."
        time.sleep(0.5)


def test_a_studio_of_its_own_is_set_up_used_saved_and_set_back(tmp_path: Path) -> None:
    port, redis_port = free_port(), free_port()
    url = f"http://localhost:{port}"
    with ExitStack() as stack:
        postgres = stack.enter_context(server.running())
        environment = os.environ | {
            "PATH": f"{Path(sys.executable).parent}:{_programs()}:{os.environ['PATH']}",
            "DATABASE_URL": postgres.url,
            "REDIS_URL": f"redis://127.0.0.1:{redis_port}",
            "GRANIAN_WORKERS": "2",
            "JOBS_IN_WEB": "false",
            "PUBLIC_URL": url,
            "STUDIO_DATA": str(tmp_path / "data"),
            "STUDIO_DEMO": "false",
            "REFLEX_USE_NPM": "1",
            "REFLEX_TELEMETRY_ENABLED": "false",
            "REFLEX_CHECK_LATEST_VERSION": "false",
        }

        def cli(*arguments: str) -> int:
            return subprocess.run(
                [sys.executable, "-m", "studio_app.cli", *arguments], cwd=_ROOT, env=environment
            ).returncode

        def service(name: str, *command: str) -> None:
            stack.enter_context(running(list(command), environment, tmp_path / f"{name}.log"))

        assert cli("migrate") == 0
        assert cli("admin", "--email", _ADMIN["email"], "--password", _ADMIN["password"]) == 0
        assert cli("health") == 1, "Nobody does the jobs yet."
        service(
            "redis", "redis-server", "--port", redis_port, "--bind", "127.0.0.1", "--save", "", "--dir", str(tmp_path)
        )
        service("jobs", sys.executable, "-m", "studio_app.cli", "worker")
        ports = ("--frontend-port", port, "--backend-port", port, "--backend-host", "127.0.0.1")
        service("web", sys.executable, "-m", "reflex", "run", "--env", "prod", *ports)
        owner = Visitor(url)
        until("ready", lambda: owner.ask("/readyz")[0] == 200)
        until("jobs", lambda: cli("health") == 0)
        for page in ("/", "/book", "/login", "/today"):
            assert owner.ask(page)[0] == 200, page
        assert "studio_" in owner.ask("/metrics")[1]
        assert owner.ask("/api/waitlist")[0] == 401
        assert owner.ask("/api/auth/login", _ADMIN)[0] == 200
        backup = str(tmp_path / "studio.dump")
        assert cli("backup", backup) == 0
        late = _ADMIN | {"email": "late@studio.example"}
        assert cli("admin", "--email", late["email"], "--password", late["password"]) == 0
        assert Visitor(url).ask("/api/auth/login", late)[0] == 200
        assert cli("restore", backup) == 0
        assert owner.ask("/api/auth/me")[0] == 200
        assert Visitor(url).ask("/api/auth/login", late)[0] != 200
        until("jobs after the restore", lambda: cli("health") == 0)


def _programs() -> str:
    """Where pg_dump is, of the same version as the server."""
    found = shutil.which("initdb") or sorted(map(str, Path("/usr/lib/postgresql").glob("*/bin/initdb")))[-1]
    return str(Path(found).parent)
