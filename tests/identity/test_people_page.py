"""Administrators manage people; filters live in the address."""

import pytest

from services import identity
from services.core import db
from services.core.access import SYSTEM
from services.identity import AccountLocked, WrongSignIn
from studio_app.state.identity.people import PeopleState
from studio_app.state.mail.outbox import MailState
from tests.screens.desk import at, play
from tests.world import World

FORM = {
    "name": "Noor Haddad",
    "email": "Noor@platinum.studio",
    "password": "a very quiet room",
    "role-ENGINEER": "on",
    "discount_limit_pct": "10",
    "phone": "212 555 0147",
}


async def screen(here: World, path: str = "/settings/people") -> PeopleState:
    state = await at(PeopleState, here.tokens["ivo"], path)
    await state.load()
    return state


def row_of(state: PeopleState, name: str) -> int:
    return next(row.id for row in state.rows if row.name == name)


async def test_a_new_person_can_sign_in(here: World) -> None:
    state = await screen(here)
    await state.open_person("person", 0)
    assert "Noor Haddad saved" in await play(state.save(FORM))
    user = db.run(identity.sign_in, "noor@platinum.studio", FORM["password"], "192.0.2.1", "test").user
    assert (user.roles, user.discount_limit_pct, user.phone) == ({"ENGINEER"}, 10, "+12125550147")
    assert state.total == 6


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"email": "noor"}, "email"),
        ({"email": "ivo.brandt@platinum.studio"}, "email"),
        ({"password": "short"}, "password"),
        ({"role-ENGINEER": ""}, "roles"),
        ({"discount_limit_pct": "101"}, "discount_limit_pct"),
        ({"phone": "12"}, "phone"),
    ],
)
async def test_what_cannot_be_stands_at_its_field(here: World, change: dict[str, str], field: str) -> None:
    state = await screen(here)
    await state.open_person("person", 0)
    await play(state.save(FORM | change))
    assert list(state.errors) == [field]
    assert state.dialog == "person"


async def test_roles_and_limit_are_edited(here: World) -> None:
    state = await screen(here)
    await state.open_person("person", row_of(state, "Maya Lind"))
    assert (state.person.roles, state.person.discount) == (["ENGINEER"], "10")
    changed = {"name": "Maya Lind", "email": state.person.email, "role-ENGINEER": "on", "role-MANAGER": "on"}
    await play(state.save(changed))
    maya = db.run(identity.get_user, SYSTEM, state.record_id)
    assert (maya.roles, maya.discount_limit_pct) == ({"ENGINEER", "MANAGER"}, None)


async def test_a_deactivated_person_is_signed_out_at_once(here: World) -> None:
    state = await screen(here)
    await play(state.set_active(row_of(state, "Abel Okoro"), False))
    assert not db.run(identity.actor_for, here.tokens["abel"], "", "").is_signed_in
    assert next(row.status for row in state.rows if row.name == "Abel Okoro") == "INACTIVE"


async def test_the_last_administrator_stays(here: World) -> None:
    state = await screen(here)
    await play(state.set_active(row_of(state, "Ivo Brandt"), False))
    assert db.run(identity.actor_for, here.tokens["ivo"], "", "").is_signed_in


async def test_a_locked_person_is_unlocked(here: World) -> None:
    for _ in range(5):
        with pytest.raises((WrongSignIn, AccountLocked)):
            db.run(identity.sign_in, "abel.okoro@platinum.studio", "wrong", "192.0.2.1", "test")
    state = await screen(here)
    (locked,) = (row for row in state.rows if row.is_locked)
    await play(state.unlock(locked.id))
    assert not any(row.is_locked for row in state.rows)


async def test_a_password_is_set_and_the_old_one_is_worth_nothing(here: World) -> None:
    state = await screen(here)
    await state.open_person("password", row_of(state, "Abel Okoro"))
    await play(state.set_password({"password": "another quiet room"}))
    with pytest.raises(WrongSignIn):
        db.run(identity.sign_in, "abel.okoro@platinum.studio", "a quiet room", "192.0.2.1", "test")
    assert db.run(identity.sign_in, "abel.okoro@platinum.studio", "another quiet room", "192.0.2.1", "test")


async def test_filters_come_from_the_address_and_go_back_to_it(here: World) -> None:
    state = await screen(here, "/settings/people?role=ENGINEER&q=maya")
    assert [row.name for row in state.rows] == ["Maya Lind"]
    assert "role=MANAGER" in await play(state.narrow("role", "MANAGER"))
    assert state.rows == []
    await play(state.clear())
    assert (state.total, state.q, state.role) == (5, "", "")


async def test_a_name_that_is_no_filter_changes_nothing(here: World) -> None:
    state = await screen(here)
    await play(state.narrow("user_id", "1"))
    assert state.user_id == here.team["ivo"].user_id


async def test_the_outbox_is_read_and_filtered(here: World) -> None:
    db.run(identity.request_reset, SYSTEM, "abel.okoro@platinum.studio")
    state = await at(MailState, here.tokens["ivo"], "/settings/mail?status=PENDING")
    await state.load()
    assert [row.address for row in state.rows] == ["abel.okoro@platinum.studio"]
    await state.open_mail(state.rows[0].id)
    assert "Choose one here" in state.body
    await play(state.filter_status("SENT"))
    assert state.rows == []


@pytest.mark.parametrize("who", ["dana", "abel", "maya", "femi"])
async def test_only_administrators_see_people_and_mail(here: World, who: str) -> None:
    people = await at(PeopleState, here.tokens[who], "/settings/people")
    mail = await at(MailState, here.tokens[who], "/settings/mail")
    for state in (people, mail):
        assert "You may not manage users" in await play(state.load())
        assert state.rows == []
