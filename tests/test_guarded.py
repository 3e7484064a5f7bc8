"""Every service function that the face calls asks first whether its caller may (domain 2)."""

import ast
import importlib
import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
_NAMES = "names for what the face has read with permission"
_ON_SALE = "what is sold is on the public page"
_SIGN_IN = "whoever signs in is nobody yet; the password or the token is the right"
_STUDIO = "zone, currency and words of the studio stand on the public page"
UNGUARDED = {
    "catalog.engineers_by_id": _NAMES,
    "catalog.mics_by_id": _NAMES,
    "catalog.rooms_by_id": _NAMES,
    "catalog.service_by_code": _ON_SALE,
    "catalog.services_on_sale": _ON_SALE,
    "catalog.first_catalog": "the command line, before there is anybody",
    "core.idempotency.once": "what it makes asks",
    "core.migrations.is_current": "a machine asks whether it may send traffic",
    "core.studio.studio_info": _STUDIO,
    "core.studio.studio_zone": _STUDIO,
    "core.zone_rules.studio_difference": "a machine asks whether it may send traffic",
    "identity.actor_for": _SIGN_IN,
    "identity.request_reset": _SIGN_IN,
    "identity.reset_password": _SIGN_IN,
    "identity.sign_in": _SIGN_IN,
    "identity.sign_out": "signing out twice is no mistake",
    "jobs.is_due": "before every call, whoever makes it",
    "jobs.state": "a machine asks how the worker is doing",
    "scheduling.periods_of": _ON_SALE,
}
"""Why each may be called by anybody. May only get shorter."""


def called_by_the_face() -> dict[str, Callable[..., Any]]:
    """By their names, `area.function`: what takes a session, and so reads or changes something."""
    found = {}
    for file in sorted((ROOT / "studio_app").rglob("*.py")):
        for area, name in _used(ast.parse(file.read_text())):
            thing = getattr(importlib.import_module(f"services.{area}"), name, None)
            if inspect.isfunction(thing) and next(iter(inspect.signature(thing).parameters), "") == "session":
                found[f"{area}.{name}"] = inspect.unwrap(thing)
    return found


def _used(tree: ast.Module) -> Iterator[tuple[str, str]]:
    areas: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "services":
            areas |= {one.asname or one.name: one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("services."):
            area = (node.module or "").removeprefix("services.")
            yield from ((area, one.name) for one in node.names if not _is_module(f"{node.module}.{one.name}"))
            areas |= {
                one.asname or one.name: f"{area}.{one.name}"
                for one in node.names
                if _is_module(f"{node.module}.{one.name}")
            }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in areas:
            yield areas[node.value.id], node.attr


def _is_module(name: str) -> bool:
    path = ROOT / name.replace(".", "/")
    return path.is_dir() or path.with_name(f"{path.name}.py").exists()


CALLED = called_by_the_face()


def _asks_first(function: Callable[..., Any]) -> bool:
    body = ast.parse(inspect.getsource(function)).body[0].body  # type: ignore[attr-defined]
    first = body[1] if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant) else body[0]
    call = first.value if isinstance(first, ast.Expr) else None
    return isinstance(call, ast.Call) and ast.unparse(call.func).lstrip("_").startswith("require")


def test_the_face_is_looked_through() -> None:
    assert {"bookings.create", "bookings.record_payment", "absences.lock_rooms"} <= set(CALLED)


@pytest.mark.parametrize("name", sorted(CALLED))
def test_it_asks_first(name: str) -> None:
    assert _asks_first(CALLED[name]) or name in UNGUARDED


def test_the_exceptions_are_still_needed() -> None:
    assert {name for name in UNGUARDED if name not in CALLED or _asks_first(CALLED[name])} == set()
