"""From a click to the service and back: who is asked, and what a refusal becomes."""

from typing import Any

import pytest
import reflex as rx
from reflex.state import State
from sqlmodel import Session

from services import identity
from services.core import db
from services.core.access import SYSTEM, Actor, Permission, Role
from services.core.errors import Conflict, Invalid, NotAllowed, NotFound
from services.identity import NewUser
from studio_app.caller import SESSION_COOKIE
from studio_app.gate import public, requires
from studio_app.state.base import AppState

PASSWORD = "a long enough sentence"


def greeting(_: Session, actor: Actor) -> str:
    return f"Hello, {actor.name}"


def refusal(_: Session, __: Actor, error: Exception) -> None:
    raise error


class DeskState(AppState):
    said: str = ""

    @rx.event
    @requires(Permission.RECORD_PAYMENTS)
    async def greet(self) -> None:
        self.said = await self._call(greeting)

    @rx.event
    @public
    async def fail(self, error: Any) -> Any:
        yield
        await self._call(refusal, error)


@pytest.fixture
async def desk(undone: None) -> DeskState:
    return await State(_reflex_internal_init=True).get_state(DeskState)


def sign_in(desk: DeskState, role: Role) -> None:
    email = f"{role.lower()}@example.com"
    db.run(identity.create_user, SYSTEM, NewUser("Dana K.", email, PASSWORD, frozenset({role})))
    token = db.run(identity.sign_in, email, PASSWORD, "192.0.2.1", "test").token
    root = desk._get_root_state()
    data = {"headers": {"cookie": f"a=b; {SESSION_COOKIE}={token}"}, "pathname": "/desk", "asPath": "/desk?x=1"}
    root._update_router_vars(data, {})
    root.is_hydrated = True


async def steps(handler: Any) -> list[Any]:
    return [event async for event in handler if event is not None]


def said(event: Any) -> str:
    return str(event)


async def test_a_service_is_called_as_the_person_of_the_cookie(desk: DeskState) -> None:
    sign_in(desk, Role.MANAGER)
    assert await desk.greet() is None
    assert desk.said == "Hello, Dana K."
    assert desk.user_name == "Dana K."
    assert "RECORD_PAYMENTS" in desk.permissions
    assert "/settings/people" not in desk.menu


async def test_a_visitor_is_sent_to_sign_in(desk: DeskState) -> None:
    assert "/login?next=" in said(await desk.greet())
    assert desk.said == ""


async def test_a_person_without_the_permission_is_told_so_and_nothing_runs(desk: DeskState) -> None:
    sign_in(desk, Role.INTERN)
    assert "You may not record payments" in said(await desk.greet())
    assert desk.said == ""


async def test_a_refusal_with_a_field_stands_at_the_field(desk: DeskState) -> None:
    sign_in(desk, Role.MANAGER)
    await steps(desk.fail(Invalid("This is not an e-mail address.", field="email")))
    assert desk.errors == {"email": "This is not an e-mail address."}


async def test_the_next_call_forgets_the_last_refusal(desk: DeskState) -> None:
    sign_in(desk, Role.MANAGER)
    await steps(desk.fail(Invalid("No.", field="email")))
    await desk.greet()
    assert desk.errors == {}


async def test_a_refusal_without_a_field_is_a_toast(desk: DeskState) -> None:
    sign_in(desk, Role.MANAGER)
    (event,) = await steps(desk.fail(Conflict("Studio A is booked then.")))
    assert "Studio A is booked then." in said(event)


@pytest.mark.parametrize(("error", "page"), [(NotAllowed("No."), "/not-allowed"), (NotFound("No."), "/404")])
async def test_while_a_page_loads_a_refusal_leads_to_its_own_page(desk: DeskState, error: Any, page: str) -> None:
    sign_in(desk, Role.MANAGER)
    desk._get_root_state().is_hydrated = False
    (event,) = await steps(desk.fail(error))
    assert page in said(event)


async def test_what_is_no_refusal_is_not_swallowed(desk: DeskState) -> None:
    with pytest.raises(ZeroDivisionError):
        await steps(desk.fail(ZeroDivisionError()))
