"""A PostgreSQL server from the system's packages, to point the studio at and to kill."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from glob import glob
from pathlib import Path

import psycopg

# Without fsync: what a killed server wrote is in the kernel's hands, and the machine stays up.
_OPTIONS = ("-c", "listen_addresses=", "-c", "fsync=off", "-c", "max_connections=60")
_START_LIMIT = 60


class Server:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.url = f"postgresql://postgres@/postgres?host={folder}"
        self.process: subprocess.Popen[bytes] | None = None
        self._tool("initdb", "-D", str(self.data), "-U", "postgres", "--auth=trust", "--encoding=UTF8").wait()

    def start(self) -> None:
        """Waits until the server answers; after a kill its old children may need a moment to go."""
        deadline = time.monotonic() + _START_LIMIT
        while not self._answers():
            if time.monotonic() > deadline:
                raise RuntimeError("PostgreSQL did not start.")
            if self.process is None or self.process.poll() is not None:
                self.process = self._tool("postgres", "-D", str(self.data), "-k", str(self.folder), *_OPTIONS)
            time.sleep(0.1)

    def kill(self) -> None:
        """SIGKILL to the server itself: no shutdown, no checkpoint, no farewell."""
        os.kill(self._pid(), signal.SIGKILL)
        assert self.process is not None
        self.process.wait()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            os.kill(self._pid(), signal.SIGQUIT)
            self.process.wait()

    def _pid(self) -> int:
        return int((self.data / "postmaster.pid").read_text().split()[0])

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url, connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _tool(self, name: str, *arguments: str) -> subprocess.Popen[bytes]:
        """PostgreSQL refuses to run as root: as the packages' own user then."""
        program = shutil.which(name) or sorted(glob(f"/usr/lib/postgresql/*/bin/{name}"))[-1]
        who = ("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups") if os.geteuid() == 0 else ()
        with (self.folder / "server.log").open("ab") as log:
            return subprocess.Popen([*who, program, *arguments], stdout=log, stderr=log, cwd=self.folder)


@contextmanager
def running() -> Iterator[Server]:
    folder = Path(tempfile.mkdtemp(prefix="studio-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    server = Server(folder)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)
