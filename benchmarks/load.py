"""HTTP load from a process of its own: `python -m benchmarks.load` reads a job and writes what came of it, as JSON.

Bare asyncio streams, because on a small machine the client's own work counts against the server.
"""

import asyncio
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field

from benchmarks.harness import ROOT

Request = tuple[str, str, object]
"""Method, path, and the body to send as JSON, or None."""


@dataclass(frozen=True, slots=True)
class Job:
    port: int
    clients: int
    seconds: float
    requests: Sequence[Request]
    cookie: str = ""
    once: bool = False
    """Every request once, at most; otherwise over and over."""


@dataclass(slots=True)
class Outcome:
    seconds: float = 0.0
    times_ms: list[float] = field(default_factory=list)
    statuses: dict[str, int] = field(default_factory=dict)
    first_refusal: str = ""

    @property
    def per_second(self) -> float:
        return len(self.times_ms) / self.seconds


def drive(job: Job) -> Outcome:
    """Runs the job in another process."""
    command = [sys.executable, "-m", "benchmarks.load"]
    done = subprocess.run(command, input=json.dumps(asdict(job)).encode(), stdout=subprocess.PIPE, check=True, cwd=ROOT)
    return Outcome(**json.loads(done.stdout))


async def _run(job: Job) -> Outcome:
    outcome, statuses = Outcome(), Counter[str]()
    waiting = _endless(job)
    began = time.perf_counter()
    until = began + job.seconds

    async def client() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", job.port)
        while time.perf_counter() < until and (request := next(waiting, None)) is not None:
            sent = time.perf_counter()
            writer.write(request)
            status, body = await _answer(reader)
            outcome.times_ms.append((time.perf_counter() - sent) * 1000)
            statuses[status] += 1
            if status >= "400" and not outcome.first_refusal:
                outcome.first_refusal = body.decode(errors="replace")[:500]
        writer.close()

    await asyncio.gather(*(client() for _ in range(job.clients)))
    outcome.seconds, outcome.statuses = time.perf_counter() - began, dict(statuses)
    return outcome


def _endless(job: Job) -> Iterator[bytes]:
    written = [_bytes(job, *request) for request in job.requests]
    yield from written
    while not job.once:
        yield from written


def _bytes(job: Job, method: str, path: str, body: object) -> bytes:
    content = b"" if body is None else json.dumps(body).encode()
    lines = [f"{method} {path} HTTP/1.1", f"Host: localhost:{job.port}", f"Content-Length: {len(content)}"]
    lines += [f"Origin: http://localhost:{job.port}", "Content-Type: application/json"]
    if job.cookie:
        lines.append(f"Cookie: {job.cookie}")
    return "\r\n".join([*lines, "", ""]).encode() + content


async def _answer(reader: asyncio.StreamReader) -> tuple[str, bytes]:
    lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:] if line)}
    status = lines[0].split()[1]
    if "chunked" not in headers.get("transfer-encoding", ""):
        return status, await reader.readexactly(int(headers.get("content-length", "0")))
    body = b""
    while size := int(await reader.readline(), 16):
        body += await reader.readexactly(size)
        await reader.readline()
    await reader.readline()
    return status, body


if __name__ == "__main__":
    json.dump(asdict(asyncio.run(_run(Job(**json.load(sys.stdin))))), sys.stdout)
