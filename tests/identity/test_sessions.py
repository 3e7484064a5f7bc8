from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlmodel import Session, select, update

from models.identity import User, UserSession
from services import identity
from services.core.access import Actor, Role
from services.core.errors import NotFound
from services.identity import rules
from tests import cast


def _is_signed_in(session: Session, token: str) -> bool:
    return identity.actor_for(session, token, "", "").is_signed_in


@pytest.mark.parametrize("token", [None, "", "made-up", "x" * 10_000])
def test_no_token_is_a_visitor(session: Session, token: str | None) -> None:
    actor = identity.actor_for(session, token, "203.0.113.7", "Firefox")
    assert (actor.user_id, actor.roles, actor.ip) == (None, frozenset(), "203.0.113.7")


def test_signing_out_ends_this_session_and_no_other(session: Session) -> None:
    dana = cast.dana(session)
    here, there = cast.sign_in(session, dana).token, cast.sign_in(session, dana).token
    identity.sign_out(session, identity.actor_for(session, here, "", ""))
    assert (_is_signed_in(session, here), _is_signed_in(session, there)) == (False, True)
    identity.sign_out(session, identity.actor_for(session, here, "", ""))


def test_a_session_ends_by_itself(session: Session) -> None:
    dana = cast.dana(session)
    start = datetime(2027, 3, 1, 12, tzinfo=UTC)
    with time_machine.travel(start, tick=False) as clock:
        token = cast.sign_in(session, dana).token
        clock.move_to(start + rules.SESSION_TIME - timedelta(seconds=1))
        assert _is_signed_in(session, token)
        assert len(identity.my_sessions(session, dana)) == 1
        clock.move_to(start + rules.SESSION_TIME)
        assert not _is_signed_in(session, token)
        assert identity.my_sessions(session, dana) == ()


def test_the_last_visit_is_noted_every_few_minutes(session: Session) -> None:
    dana = cast.dana(session)
    start = datetime(2027, 3, 1, 12, tzinfo=UTC)
    seen = []
    with time_machine.travel(start, tick=False) as clock:
        token = cast.sign_in(session, dana).token
        for minutes in (1, 4, 6, 7, 12):
            clock.move_to(start + timedelta(minutes=minutes))
            identity.actor_for(session, token, "", "")
            session.expire_all()
            seen.append((session.exec(select(UserSession)).one().last_seen_at - start) // timedelta(minutes=1))
    assert seen == [0, 0, 6, 6, 12]


def test_people_see_their_own_sessions_and_which_one_this_is(session: Session) -> None:
    dana, maya = cast.dana(session), cast.maya(session)
    cast.sign_in(session, maya)
    cast.sign_in(session, dana)
    here = cast.seated(session, dana)
    mine = identity.my_sessions(session, here)
    assert [view.is_current for view in mine] == [view.id == here.session_id for view in mine]
    assert len(mine) == 2
    assert {view.user_agent for view in mine} == {"Firefox"}


def test_people_end_their_own_sessions_but_not_those_of_others(session: Session) -> None:
    dana, maya = cast.dana(session), cast.maya(session)
    token = cast.sign_in(session, maya).token
    (lost,) = identity.my_sessions(session, maya)
    with pytest.raises(NotFound):
        identity.end_session(session, dana, lost.id)
    assert _is_signed_in(session, token)
    identity.end_session(session, maya, lost.id)
    assert not _is_signed_in(session, token)


@pytest.mark.parametrize("session_id", [0, -1, 999_999, 2**40])
def test_an_unknown_session_is_not_found(session: Session, session_id: int) -> None:
    with pytest.raises(NotFound):
        identity.end_session(session, cast.dana(session), session_id)


def test_deactivating_signs_out_everywhere_at_once(session: Session) -> None:
    ivo, maya = cast.ivo(session), cast.maya(session)
    tokens = [cast.sign_in(session, maya).token for _ in range(2)]
    identity.set_user_active(session, ivo, maya.user_id or 0, False)
    assert not any(_is_signed_in(session, token) for token in tokens)
    identity.set_user_active(session, ivo, maya.user_id or 0, True)
    assert not any(_is_signed_in(session, token) for token in tokens)


def test_an_inactive_user_is_a_visitor_whatever_sessions_are_left(session: Session) -> None:
    maya = cast.maya(session)
    token = cast.sign_in(session, maya).token
    session.exec(update(User).values(is_active=False))
    assert not _is_signed_in(session, token)


def test_new_roles_count_at_once(session: Session) -> None:
    ivo, maya = cast.ivo(session), cast.maya(session)
    token = cast.sign_in(session, maya).token
    change = identity.UserChange(maya.name, maya.email, frozenset({Role.INTERN}))
    identity.update_user(session, ivo, maya.user_id or 0, change)
    actor: Actor = identity.actor_for(session, token, "", "")
    assert actor.roles == {Role.INTERN}
