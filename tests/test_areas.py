"""Areas end at their face: what they still reach of each other past it is listed here, and only gets shorter."""

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SERVICES = ROOT / "services"
OF_ALL = {"core"}
TABLES_OF_ALL = {"audit", "idempotency", "outbox", "studio"}
"""Those of services/core."""
OWN = {"bookings": {"bookings", "presence", "series"}, "repeats": {"series"}}
"""Where an area's tables are not in the one file of its name."""

INNER = {
    "changes.exchange": {"bookings.wishes"},
    "changes.notices": {"bookings.letters"},
    "changes.service": {"bookings.wishes"},
    "changes.taken_back": {"bookings.service"},
}
"""Modules that import an inner module of another area."""

FOREIGN = {
    "absences": {"catalog.Resource", "scheduling.Allocation"},
    "bookings": {
        *("catalog.Engineer", "catalog.Period", "catalog.Room", "changes.ChangeRequest", "clients.Artist"),
        *("clients.Client", "identity.User", "payments.Payment", "scheduling.Allocation", "waitlist.WaitlistOffer"),
    },
    "catalog": {
        *("bookings.Booking", "bookings.BookingMic", "bookings.BookingRoom", "identity.User"),
        *("scheduling.Allocation", "scheduling.CapacityDay"),
    },
    "changes": {
        *("bookings.Booking", "bookings.BookingLine", "bookings.BookingMic", "bookings.BookingRoom"),
        *("catalog.Engineer", "catalog.Resource", "catalog.Room", "catalog.Service", "clients.Client"),
        "identity.User",
    },
    "clients": {
        *("bookings.Booking", "bookings.BookingAuthorization", "bookings.BookingDraft", "bookings.BookingLine"),
        *("bookings.BookingMic", "bookings.BookingRoom", "bookings.Upload", "catalog.Engineer"),
        *("changes.BookingChange", "changes.ChangeRequest", "changes.SwapRequest", "feeds.Feed", "holds.Hold"),
        *("holds.HoldChallenge", "my.ClientLink", "my.ClientSession", "payments.Payment", "presence.Presence"),
        *("scheduling.Allocation", "waitlist.WaitlistOffer", "waitlist.WaitlistWish"),
    },
    "feeds": {
        *("bookings.Booking", "bookings.BookingMic", "bookings.BookingRoom", "catalog.Engineer", "catalog.Period"),
        *("catalog.Resource", "catalog.Room", "clients.Artist", "clients.Client", "identity.User"),
        "scheduling.Allocation",
    },
    "holds": {"bookings.Booking", "bookings.BookingMic", "bookings.BookingRoom", "clients.Client"},
    "identity": {"catalog.Engineer", "catalog.Performer"},
    "repeats": {"bookings.Booking", "bookings.BookingLine", "bookings.BookingMic"},
    "waitlist": {
        *("bookings.Booking", "bookings.BookingLine", "bookings.BookingRoom", "catalog.Engineer", "catalog.Room"),
        *("catalog.Service", "clients.Artist", "clients.Client", "identity.User"),
    },
}
"""Tables of others that an area reads by its own statements."""


def imports() -> Iterator[tuple[Path, str, list[str]]]:
    for file in sorted(SERVICES.glob("*/*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.ImportFrom) and node.module:
                yield file, node.module, [one.name for one in node.names]


def is_module(package: str, name: str) -> bool:
    return (ROOT / package.replace(".", "/") / f"{name}.py").exists()


def is_table(area: str, name: str) -> bool:
    return hasattr(getattr(importlib.import_module(f"models.{area}"), name), "__tablename__")


def test_services_are_areas_and_nothing_beside_them() -> None:
    assert [file.name for file in SERVICES.glob("*.py")] == ["__init__.py"]


def test_no_other_module_reaches_into_another_area() -> None:
    found: dict[str, set[str]] = {}
    for file, module, names in imports():
        area = module.removeprefix("services.").partition(".")[0]
        if module.startswith("services.") and area not in {file.parent.name, *OF_ALL}:
            inner = (
                [module] if module.count(".") > 1 else [f"{module}.{name}" for name in names if is_module(module, name)]
            )
            found.setdefault(f"{file.parent.name}.{file.stem}", set()).update(
                one.removeprefix("services.") for one in inner
            )
    assert {module: inner for module, inner in found.items() if inner} == INNER


def test_no_other_tables_are_read_across_areas() -> None:
    found: dict[str, set[str]] = {}
    for file, module, names in imports():
        area, (first, *rest) = file.parent.name, module.split(".")
        if first != "models" or not rest or rest[0] in TABLES_OF_ALL | OWN.get(area, {area}) or area in OF_ALL:
            continue
        found.setdefault(area, set()).update(f"{rest[0]}.{name}" for name in names if is_table(rest[0], name))
    assert {area: tables for area, tables in found.items() if tables} == FOREIGN
