"""Any client can call any handler by name: nothing runs without a marker."""

from typing import Any

import pytest
from reflex.event import Event
from reflex_base.registry import RegistrationContext

from services.access import Permission
from studio_app import gate
from studio_app.studio_app import app


def _ours() -> list[str]:
    handlers = RegistrationContext.get().event_handlers
    return [name for name in handlers if name not in gate.framework_events() and not name.endswith(".setvar")]


class _Anyone:
    class router:
        class session:
            client_ip = "192.0.2.1"


async def _passes(name: str) -> bool:
    return await gate.Gate().preprocess(app, _Anyone(), Event(name=name, payload={})) is None


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
    assert all([await _passes(name) for name in gate.framework_events()])


@pytest.mark.parametrize("marker", [gate.public, gate.requires(Permission.BOOK_SESSIONS)])
def test_a_sync_handler_cannot_be_marked(marker: Any) -> None:
    with pytest.raises(TypeError, match="async"):
        marker(print)
