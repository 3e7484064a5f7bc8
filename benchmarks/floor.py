"""The floor: bare rows through the exclusion constraint, one a transaction, and nothing else."""

import json
import subprocess
import sys
import time
from itertools import count
from threading import Thread

import psycopg

from benchmarks.harness import ROOT

_FAR = "timestamptz '2100-01-01Z'"
"""Where no session is."""
_CLEAR = f"delete from allocation where lower(during) >= {_FAR}"
_INSERT = f"""
insert into allocation (resource_id, during, reason, booking_id)
select %s, tstzrange(at, at + interval '1 hour'), 'SESSION', 1 from (select {_FAR} + %s * interval '1 hour') as hour(at)
"""


def inserts_per_second(url: str, connections: int, seconds: float) -> float:
    """In a process of its own, as the load on the service is."""
    job = json.dumps({"url": url, "connections": connections, "seconds": seconds})
    command = [sys.executable, "-m", "benchmarks.floor"]
    done = subprocess.run(command, input=job.encode(), stdout=subprocess.PIPE, check=True, cwd=ROOT)
    return float(done.stdout)


def _measure(url: str, connections: int, seconds: float) -> float:
    with psycopg.connect(url) as connection:
        connection.execute(_CLEAR)
        rooms = [row[0] for row in connection.execute("select id from room order by id")]
    done: list[int] = []
    began = time.perf_counter()

    def insert(room: int, first_hour: int) -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            for hour in count(first_hour, connections):
                if time.perf_counter() - began > seconds:
                    break
                connection.execute(_INSERT, (room, hour))
                done.append(hour)

    threads = [Thread(target=insert, args=(rooms[index % len(rooms)], index)) for index in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(done) / (time.perf_counter() - began)


if __name__ == "__main__":
    sys.stdout.write(str(_measure(**json.load(sys.stdin))))
