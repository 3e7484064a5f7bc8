"""Any client can call any handler by name: nothing runs without a marker."""

import re
from typing import Any

import pytest
from reflex.event import Event
from reflex_base.registry import RegistrationContext

from services.core.access import Permission
from studio_app import gate
from studio_app.pages import registry
from studio_app.pages.registry import PAGES
from studio_app.state import navigation
from studio_app.state.base import AppState
from studio_app.studio_app import app


def _ours() -> list[str]:
    handlers = RegistrationContext.get().event_handlers
    return [name for name in handlers if name not in gate.framework_events() and not name.endswith(".setvar")]


class _Anyone:
    class router:
        class session:
            client_ip = "192.0.2.1"


async def _passes(name: str, **payload: Any) -> bool:
    return await gate.Gate().preprocess(app, _Anyone(), Event(name=name, payload=payload)) is None


def test_every_handler_of_ours_says_who_may_call_it() -> None:
    assert _ours()
    assert [name for name in _ours() if not gate.is_marked(name)] == []


def test_the_app_has_the_gate() -> None:
    assert any(isinstance(part, gate.Gate) for part in app._middlewares)


async def test_setvar_never_runs() -> None:
    setters = [name for name in RegistrationContext.get().event_handlers if name.endswith(".setvar")]
    assert setters
    assert [name for name in setters if await _passes(name)] == []


async def test_an_unknown_handler_is_refused() -> None:
    assert not await _passes("reflex___state____state.no_such_handler")


async def test_the_framework_s_own_events_pass() -> None:
    payloads: dict[str, dict[str, Any]] = {
        "set_is_hydrated": {"value": True},
        "hydrate_and_load": {"vars": {"some.var": "text"}, "hashes": ["a", ""]},
        "update_vars_internal": {"vars": {"some.var": "text"}},
        "handle_frontend_exception": {"info": "", "component_stack": ""},
    }
    for name in gate.framework_events():
        assert await _passes(name, **payloads.get(name.rpartition(".")[2], {})), name


def test_every_page_of_staff_is_left_with_the_sign_in() -> None:
    unwatched = [
        entry.route
        for entry in PAGES
        if entry.route in navigation.NEEDS and AppState.watch_person not in registry.on_load(entry)
    ]
    assert unwatched == []


def test_every_page_with_skeletons_opens_with_its_own() -> None:
    for entry in PAGES:
        drawn = set(re.findall(r"[\w.]+\.is_loading_rx_state_", str(entry.page())))
        first = registry.on_load(entry)[:1]
        opened = {str(one.state.is_loading) for one in first if one.fn.__name__ == "show_skeletons"}
        assert drawn == opened, entry.route


@pytest.mark.parametrize("marker", [gate.public, gate.requires(Permission.BOOK_SESSIONS)])
def test_a_sync_handler_cannot_be_marked(marker: Any) -> None:
    with pytest.raises(TypeError, match="async"):
        marker(print)
