from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from time import process_time

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from models.audit import AuditLog
from models.identity import UserSession
from services import identity
from services.core import db
from services.core.access import Actor, Role
from services.core.errors import DomainError
from services.identity import AccountLocked, WrongSignIn
from tests import cast
from tests.limits import LOOSE, limit

NOON = datetime(2027, 3, 1, 12, tzinfo=UTC)


def _try(session: Session, email: str, password: str, at: datetime = NOON) -> type[DomainError] | None:
    """What the try is refused with."""
    try:
        identity.sign_in(session, email, password, "203.0.113.7", "Firefox", now=at)
    except DomainError as refusal:
        return type(refusal)
    return None


def _fail(session: Session, actor: Actor, times: int, at: datetime = NOON) -> list[type[DomainError] | None]:
    return [_try(session, actor.email, "not the password", at) for _ in range(times)]


def test_the_right_password_signs_in_and_the_token_stands_for_the_user(session: Session) -> None:
    dana = cast.dana(session)
    signed_in = cast.sign_in(session, dana)
    actor = identity.actor_for(session, signed_in.token, "203.0.113.7", "Firefox")
    assert (actor.user_id, actor.permissions) == (dana.user_id, dana.permissions)
    assert signed_in.user.last_login_at is not None


@pytest.mark.parametrize("typed", ["DANA.reyes@Platinum.STUDIO", "  dana.reyes@platinum.studio "])
def test_an_address_is_one_address_however_it_is_typed(session: Session, typed: str) -> None:
    cast.dana(session)
    assert _try(session, typed, cast.PASSWORD) is None


def test_only_the_hash_of_the_token_is_stored(session: Session) -> None:
    signed_in = cast.sign_in(session, cast.dana(session))
    stored = session.exec(select(UserSession)).one()
    assert signed_in.token.encode() not in stored.token_hash
    assert len(stored.token_hash) == 32


def test_unknown_address_wrong_password_and_deactivated_user_look_the_same(session: Session) -> None:
    dana, ivo = cast.dana(session), cast.ivo(session)
    maya = cast.maya(session)
    identity.set_user_active(session, ivo, maya.user_id or 0, False)
    refusals = []
    for email, password in (
        ("nobody@platinum.studio", cast.PASSWORD),
        (dana.email, "not the password"),
        (maya.email, cast.PASSWORD),
    ):
        with pytest.raises(WrongSignIn) as refusal:
            identity.sign_in(session, email, password, "", "")
        refusals.append((refusal.value.code, refusal.value.message, refusal.value.field, refusal.value.details))
    assert len({str(refusal) for refusal in refusals}) == 1


def test_unknown_address_and_wrong_password_take_the_same_work(session: Session) -> None:
    """Time of the processor, which other work on the machine does not stretch."""
    people = [cast.hire(session, f"Person {n}", Role.INTERN) for n in range(10)]

    def seconds(email: str) -> float:
        start = process_time()
        assert _try(session, email, "not the password") is WrongSignIn
        return process_time() - start

    seconds("warm@platinum.studio")
    wrong = min(seconds(person.email) for person in people)
    unknown = min(seconds(f"nobody.{person.email}") for person in people)
    assert 0.5 < unknown / wrong < 2


def test_the_fifth_wrong_try_locks_for_fifteen_minutes_and_says_so(session: Session) -> None:
    dana = cast.dana(session)
    assert _fail(session, dana, 4) == [WrongSignIn] * 4
    with pytest.raises(AccountLocked, match="locked for 15 more minutes") as refusal:
        identity.sign_in(session, dana.email, "not the password", "", "", now=NOON)
    assert refusal.value.details == {"locked_until": "2027-03-01T12:15:00+00:00"}


@pytest.mark.parametrize(("minutes", "refusal"), [(0, AccountLocked), (14, AccountLocked), (15, None), (60, None)])
def test_a_locked_account_refuses_the_right_password_until_the_time_is_over(
    session: Session, minutes: int, refusal: type[DomainError] | None
) -> None:
    dana = cast.dana(session)
    _fail(session, dana, 5)
    assert _try(session, dana.email, cast.PASSWORD, NOON + timedelta(minutes=minutes)) is refusal


def test_after_the_lock_five_tries_count_anew(session: Session) -> None:
    dana = cast.dana(session)
    _fail(session, dana, 5)
    assert _fail(session, dana, 5, NOON + timedelta(minutes=15)) == [WrongSignIn] * 4 + [AccountLocked]


def test_success_resets_the_count(session: Session) -> None:
    dana = cast.dana(session)
    _fail(session, dana, 4)
    assert _try(session, dana.email, cast.PASSWORD) is None
    assert _fail(session, dana, 4) == [WrongSignIn] * 4
    assert _try(session, dana.email, cast.PASSWORD) is None


def test_an_administrator_unlocks(session: Session) -> None:
    dana, ivo = cast.dana(session), cast.ivo(session)
    _fail(session, dana, 5)
    session.expire_all()
    assert identity.get_user(session, ivo, dana.user_id or 0).locked_until is not None
    identity.unlock_user(session, ivo, dana.user_id or 0)
    assert _try(session, dana.email, cast.PASSWORD) is None


def test_tries_are_audited_without_what_was_typed(session: Session) -> None:
    dana = cast.dana(session)
    _fail(session, dana, 5)
    _try(session, "typed-a-secret-here", "typed-a-secret-here")
    _try(session, dana.email, cast.PASSWORD, NOON + timedelta(hours=1))
    rows = session.exec(select(AuditLog).where(AuditLog.action != "user_created").order_by(col(AuditLog.id))).all()
    actions = ["sign_in_failed"] * 4 + ["account_locked", "sign_in_failed", "signed_in"]
    assert [row.action for row in rows] == actions
    assert not any("secret" in str(row.model_dump()) or "not the password" in str(row.model_dump()) for row in rows)


@pytest.mark.parametrize("text", ["", "\x00", "\ud800", "x" * 100_000, "' or 1=1 --"])
def test_any_text_is_only_a_wrong_sign_in(session: Session, text: str) -> None:
    assert _try(session, text, text) is WrongSignIn
    assert not identity.actor_for(session, text, text, text).is_signed_in


def test_refused_tries_outlive_the_refusal(database: Engine) -> None:
    dana = db.run(cast.dana)
    for _ in range(4):
        with pytest.raises(WrongSignIn):
            db.run(identity.sign_in, dana.email, "not the password", "", "")
    with pytest.raises(AccountLocked):
        db.run(identity.sign_in, dana.email, "not the password", "", "")
    with pytest.raises(AccountLocked):
        db.run(identity.sign_in, dana.email, cast.PASSWORD, "", "")


@pytest.mark.fire
def test_many_tries_at_once_get_no_more_than_five_guesses(database: Engine) -> None:
    db.run(limit, **LOOSE)
    dana = db.run(cast.dana)

    def guess(_: int) -> type[DomainError] | None:
        return db.run(_try, dana.email, "not the password")

    with ThreadPoolExecutor(30) as pool:  # more threads than connections
        refusals = list(pool.map(guess, range(60)))
    assert refusals.count(WrongSignIn) == 4
    assert refusals.count(AccountLocked) == 56
