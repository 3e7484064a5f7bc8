"""What a websocket client sends is held against the handler's annotations before the handler runs."""

import inspect
from typing import Any

import pytest
from reflex.event import Event
from reflex_base.registry import RegistrationContext

from studio_app import arguments, gate
from studio_app.arguments import Misshapen
from studio_app.studio_app import app

BIG = 2**31
ENTRIES = "__reflex_form_data__"


async def take_number(self: Any, number: int) -> None: ...
async def take_text(self: Any, text: str) -> None: ...
async def take_truth(self: Any, is_open: bool = False) -> None: ...
async def take_form(self: Any, sent: dict[str, Any]) -> None: ...


@pytest.mark.parametrize(
    ("handler", "sent"),
    [
        (take_number, {"number": 5}),
        (take_number, {"number": -1}),
        (take_text, {"text": ""}),
        (take_text, {"text": "5"}),
        (take_truth, {"is_open": True}),
        (take_truth, {}),
        (take_form, {"sent": {"name": "Nova", "is_open": True, "not_there": None}}),
        (take_form, {"sent": {ENTRIES: [["day", "1"], ["day", "2"]]}}),
        (take_form, {"sent": {}}),
    ],
)
def test_what_the_pages_send_passes(handler: Any, sent: dict[str, Any]) -> None:
    arguments.check(handler, sent)


@pytest.mark.parametrize(
    ("handler", "sent", "said"),
    [
        *((take_number, {"number": wrong}, "a whole number") for wrong in (1.5, 5.0, None, "5", True, [5], {"a": 5})),
        *((take_number, {"number": wrong}, "out of bounds") for wrong in (BIG, -BIG, 10**30)),
        *((take_text, {"text": wrong}, "a text") for wrong in (5, None, True, ["a"], {"a": "b"})),
        (take_text, {"text": "x" * 20_001}, "out of bounds"),
        *((take_truth, {"is_open": wrong}, "yes or no") for wrong in ("false", "true", 1, 0, None, [])),
        *((take_form, {"sent": wrong}, "a form") for wrong in ("name=Nova", None, [["name", "Nova"]], 5)),
        (take_form, {"sent": {"name": {"first": "Nova"}}}, "is not"),
        (take_form, {"sent": {"name": 5}}, "is not"),
        (take_form, {"sent": {"name": "x" * 20_001}}, "out of bounds"),
        (take_form, {"sent": {str(one): "" for one in range(401)}}, "out of bounds"),
        (take_form, {"sent": {ENTRIES: [["name"]]}}, "a form"),
        (take_form, {"sent": {ENTRIES: "name"}}, "a form"),
        (take_form, {"sent": {ENTRIES: 5}}, "a form"),
        (take_number, {}, "is missing"),
        (take_number, {"number": 5, "price": 0}, "not asked for"),
    ],
)
def test_whatever_else_is_refused_by_name(handler: Any, sent: dict[str, Any], said: str) -> None:
    with pytest.raises(Misshapen, match=said):
        arguments.check(handler, sent)


def test_an_annotation_that_says_nothing_is_a_mistake_of_ours() -> None:
    async def take_anything(self: Any, value: Any) -> None: ...

    with pytest.raises(TypeError, match="annotate"):
        arguments.check(take_anything, {"value": 5})


class _Anyone:
    class router:
        class session:
            client_ip = "192.0.2.1"


WRONG: dict[Any, tuple[Any, ...]] = {
    int: (1.5, None, "5", True, BIG, [], {}),
    str: (5, None, True, [], {}, "x" * 1_000_001),
    bool: ("false", 0, None, [], {}),
    dict[str, Any]: ("text", 5, None, [], {"name": 5}, {"name": {}}),
}


def _handlers() -> list[tuple[str, Any]]:
    known = RegistrationContext.get().event_handlers
    ours = ((name, found.handler.fn) for name, found in known.items() if not name.endswith(".setvar"))
    return [(name, fn) for name, fn in ours if not fn.__module__.startswith("tests.")]


async def test_no_handler_runs_with_arguments_of_another_kind() -> None:
    """All that are registered, each argument wrong in each way while the others are right."""
    right: dict[Any, Any] = {int: 1, str: "", bool: True, dict[str, Any]: {}}
    passed = []
    for name, fn in _handlers():
        if name in gate.framework_events():
            continue
        hints = {one: _plain(hint) for one, hint in inspect.get_annotations(inspect.unwrap(fn), eval_str=True).items()}
        hints.pop("return", None)
        assert set(hints.values()) <= set(WRONG), name
        for argument, hint in hints.items():
            for wrong in WRONG[hint]:
                sent = {one: right[kind] for one, kind in hints.items()} | {argument: wrong}
                if await gate.Gate().preprocess(app, _Anyone(), Event(name=name, payload=sent)) is None:
                    passed.append((name, argument, wrong))
        assert await gate.Gate().preprocess(app, _Anyone(), Event(name=name, payload={"price_cents": 0})) is not None
    assert passed == []


async def test_the_framework_s_own_are_checked_too() -> None:
    events = {name.rpartition(".")[2]: name for name in gate.framework_events()}
    for name, sent in (
        ("set_is_hydrated", {"value": "false"}),
        ("update_vars_internal", {"vars": {"x.draft_token_rx_state_": {"a": 1}}}),
        ("hydrate_and_load", {"vars": {"x.draft_token_rx_state_": 5}, "hashes": None}),
        ("hydrate_and_load", {"vars": None, "hashes": [1]}),
        ("handle_frontend_exception", {"info": {}, "component_stack": ""}),
    ):
        assert await gate.Gate().preprocess(app, _Anyone(), Event(name=events[name], payload=sent)) is not None


async def test_the_person_is_told_and_nothing_more_happens() -> None:
    name = next(name for name, fn in _handlers() if fn.__name__ == "go_to_day")
    update = await gate.Gate().preprocess(app, _Anyone(), Event(name=name, payload={"day": "", "room_id": 1.5}))
    assert update is not None
    assert all(part in str(update.events) for part in ("room_id", "is not a whole number"))
    assert not update.delta


def _plain(hint: Any) -> Any:
    return hint.__origin__ if getattr(hint, "__metadata__", None) else hint
