"""From where a request comes, as limits and the audit see it."""

import pytest
from starlette.requests import Request

from services.core.config import settings
from studio_app.api.deps import client_ip

OURS, CLIENT = "10.0.0.2", "203.0.113.7"


@pytest.mark.parametrize(
    ("case", "hops", "headers", "seen"),
    [
        ("no proxy", 0, ["9.9.9.9"], OURS),
        ("one proxy", 1, [CLIENT], CLIENT),
        ("what the client claims, in one header", 1, [f"9.9.9.9, {CLIENT}"], CLIENT),
        ("what the client claims, in a header of its own", 1, ["9.9.9.9", CLIENT], CLIENT),
        ("two proxies, a header each", 2, ["9.9.9.9", CLIENT, "10.0.0.1"], CLIENT),
        ("a proxy that says nothing", 1, [], OURS),
    ],
)
def test_nobody_chooses_their_own_address(
    monkeypatch: pytest.MonkeyPatch, case: str, hops: int, headers: list[str], seen: str
) -> None:
    monkeypatch.setattr(settings(), "trusted_proxy_hops", hops)
    sent = [(b"x-forwarded-for", one.encode()) for one in headers]
    assert client_ip(Request({"type": "http", "headers": sent, "client": (OURS, 4711)})) == seen
