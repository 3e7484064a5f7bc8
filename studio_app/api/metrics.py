"""What `/metrics` tells. With several workers, set PROMETHEUS_MULTIPROC_DIR to add them up."""

import os

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess
from prometheus_client.registry import REGISTRY

REQUESTS = Counter("studio_requests_total", "API requests", ("method", "route", "status"))
LATENCY = Histogram(
    "studio_request_seconds",
    "Time to answer an API request",
    ("method", "route"),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
REFUSED = Counter(
    "studio_refused_total",
    "Attempts refused: handler without a marker, missing permission or sign-in, foreign origin, too many",
    ("kind",),
)
SLOTS_REFUSED = Counter("studio_slots_refused_total", "Bookings refused because the time is not free", ("reason",))


def exposition() -> bytes:
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest(REGISTRY)
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)
    return generate_latest(registry)
