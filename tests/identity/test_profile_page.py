"""Everyone's own profile."""

import pytest

from services import identity
from services.core import db
from services.identity import Theme
from studio_app.state.identity.profile import ProfileState
from tests import cast
from tests.screens.desk import at, play
from tests.world import World


async def profile(here: World, who: str = "maya") -> ProfileState:
    state = await at(ProfileState, here.tokens[who], "/profile")
    await state.load()
    return state


async def test_the_own_profile_is_changed_and_roles_are_not(here: World) -> None:
    state = await profile(here)
    form = {"name": "Maya L.", "phone": "212 555 0150", "bio": "Drums first.", "email": "x@y.zz", "role-ADMIN": "on"}
    await play(state.save(form))
    maya = db.run(identity.my_profile, here.team["maya"])
    assert (maya.name, maya.phone, maya.bio) == ("Maya L.", "+12125550150", "Drums first.")
    assert (maya.email, maya.roles) == ("maya.lind@platinum.studio", {"ENGINEER"})


async def test_the_colours_are_kept_with_the_person(here: World) -> None:
    state = await profile(here)
    await state.choose_theme("dark")
    await play(state.save({"name": "Maya L."}))
    assert db.run(identity.my_profile, here.team["maya"]).theme is Theme.DARK
    await state.choose_theme("pink")
    assert db.run(identity.my_profile, here.team["maya"]).theme is Theme.DARK


async def test_a_new_password_signs_out_everywhere_else(here: World) -> None:
    elsewhere = db.run(lambda session: cast.sign_in(session, here.team["maya"]).token)
    state = await profile(here)
    await play(state.change_password({"current": cast.PASSWORD, "new": "an even quieter room"}))
    assert not db.run(identity.actor_for, elsewhere, "", "").is_signed_in
    assert db.run(identity.actor_for, here.tokens["maya"], "", "").is_signed_in


@pytest.mark.parametrize(
    ("form", "field"),
    [({"current": "wrong", "new": "an even quieter room"}, "current"), ({"current": cast.PASSWORD, "new": "x"}, "new")],
)
async def test_a_wrong_or_short_password_stands_at_its_field(here: World, form: dict[str, str], field: str) -> None:
    state = await profile(here)
    await play(state.change_password(form))
    assert list(state.errors) == [field]


async def test_a_sign_in_elsewhere_is_ended_but_nobody_else_s(here: World) -> None:
    elsewhere = db.run(lambda session: cast.sign_in(session, here.team["maya"]).token)
    state = await profile(here)
    (other,) = (one for one in state.sign_ins if not one.is_current)
    assert "Firefox" in other.device
    await play(state.end(other.id))
    assert not db.run(identity.actor_for, elsewhere, "", "").is_signed_in
    dana = db.run(identity.actor_for, here.tokens["dana"], "", "")
    await play(state.end(dana.session_id or 0))
    assert db.run(identity.actor_for, here.tokens["dana"], "", "").is_signed_in
