import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import Engine
from sqlmodel import Session, select

from models.audit import AuditLog
from models.identity import PasswordReset, User
from models.outbox import Delivery, DeliveryType
from services import identity
from services.core import db
from services.core.access import Actor, anonymous
from services.core.config import settings
from services.core.errors import Invalid
from services.identity import AccountLocked, ResetLinkSpent, UserChange, WrongSignIn
from tests import cast

NEW = "an even quieter room"


def _mailed_tokens(session: Session) -> list[str]:
    """Of all reset mails, oldest first."""
    session.flush()
    bodies = session.exec(select(Delivery.body).order_by(Delivery.id)).all()  # type: ignore[arg-type]
    return [re.findall(r"token=(\S+)", body)[0] for body in bodies]


def _asked(session: Session, person: Actor) -> str:
    identity.request_reset(session, anonymous(), person.email)
    return _mailed_tokens(session)[-1]


def test_passwords_are_argon2id(session: Session) -> None:
    cast.dana(session)
    assert session.exec(select(User.password_hash)).one().startswith("$argon2id$")


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("short", "at least 10"),
        ("nine char", "at least 10"),
        ("x" * 201, "at most 200"),
        ("dana.reyes@platinum.studio", "must not be the e-mail"),
        (" DANA.reyes@platinum.studio ", "must not be the e-mail"),
    ],
)
def test_a_weak_password_is_refused_wherever_it_is_chosen(session: Session, password: str, why: str) -> None:
    ivo, dana = cast.ivo(session), cast.dana(session)
    token = _asked(session, dana)
    for field, choose in (
        ("password", lambda: identity.reset_password(session, anonymous(), token, password)),
        ("password", lambda: identity.set_user_password(session, ivo, dana.user_id or 0, password)),
        ("new", lambda: identity.change_my_password(session, dana, cast.PASSWORD, password)),
    ):
        with pytest.raises(Invalid, match=why) as refusal:
            choose()
        assert refusal.value.field == field
    cast.sign_in(session, dana)


def test_the_reset_link_goes_to_the_user_by_mail(session: Session) -> None:
    dana = cast.dana(session)
    identity.request_reset(session, anonymous(), "DANA.reyes@platinum.studio")
    session.flush()
    mail = session.exec(select(Delivery)).one()
    assert (mail.to, mail.type) == (dana.email, DeliveryType.PASSWORD_RESET)
    assert f"{settings().public_url}/reset?token=" in mail.body
    token = _mailed_tokens(session)[0]
    assert token.encode() not in session.exec(select(PasswordReset.token_hash)).one()
    assert token not in str([row.model_dump() for row in session.exec(select(AuditLog))])


def test_nobody_learns_whether_an_address_signs_in(session: Session) -> None:
    ivo, maya = cast.ivo(session), cast.maya(session)
    identity.set_user_active(session, ivo, maya.user_id or 0, False)
    for email in ("nobody@platinum.studio", maya.email):
        identity.request_reset(session, anonymous(), email)
    assert _mailed_tokens(session) == []


def test_a_reset_changes_the_password_and_signs_out_everywhere(session: Session) -> None:
    dana = cast.dana(session)
    token = cast.sign_in(session, dana).token
    identity.reset_password(session, anonymous(), _asked(session, dana), NEW)
    assert not identity.actor_for(session, token, "", "").is_signed_in
    with pytest.raises(WrongSignIn):
        cast.sign_in(session, dana)
    cast.sign_in(session, dana, NEW)


def test_a_reset_unlocks(session: Session) -> None:
    dana = cast.dana(session)
    for _ in range(5):
        with pytest.raises((WrongSignIn, AccountLocked)):
            cast.sign_in(session, dana, "not the password")
    identity.reset_password(session, anonymous(), _asked(session, dana), NEW)
    cast.sign_in(session, dana, NEW)


def test_a_link_works_once(session: Session) -> None:
    token = _asked(session, cast.dana(session))
    identity.reset_password(session, anonymous(), token, NEW)
    with pytest.raises(ResetLinkSpent):
        identity.reset_password(session, anonymous(), token, "yet another password")


def test_a_newer_link_replaces_the_older(session: Session) -> None:
    dana = cast.dana(session)
    older, newer = _asked(session, dana), _asked(session, dana)
    with pytest.raises(ResetLinkSpent):
        identity.reset_password(session, anonymous(), older, NEW)
    identity.reset_password(session, anonymous(), newer, NEW)


@pytest.mark.parametrize(("seconds", "works"), [(0, True), (3599, True), (3600, False), (3601, False)])
def test_a_link_lasts_an_hour(session: Session, seconds: int, works: bool) -> None:
    dana = cast.dana(session)
    start = datetime(2027, 3, 1, 12, tzinfo=UTC)
    with time_machine.travel(start, tick=False) as clock:
        token = _asked(session, dana)
        clock.move_to(start + timedelta(seconds=seconds))
        if works:
            identity.reset_password(session, anonymous(), token, NEW)
        else:
            with pytest.raises(ResetLinkSpent):
                identity.reset_password(session, anonymous(), token, NEW)


@pytest.mark.parametrize("token", ["", "made-up", "\x00", "\ud800", "x" * 100_000])
def test_a_made_up_token_is_refused(session: Session, token: str) -> None:
    cast.dana(session)
    with pytest.raises(ResetLinkSpent):
        identity.reset_password(session, anonymous(), token, NEW)


def test_a_deactivated_users_link_is_spent(session: Session) -> None:
    ivo, dana = cast.ivo(session), cast.dana(session)
    token = _asked(session, dana)
    identity.set_user_active(session, ivo, dana.user_id or 0, False)
    with pytest.raises(ResetLinkSpent):
        identity.reset_password(session, anonymous(), token, NEW)


def _moved(session: Session, ivo: Actor, dana: Actor) -> None:
    change = UserChange(dana.name, "dana@elsewhere.example", dana.roles)
    identity.update_user(session, ivo, dana.user_id or 0, change)


def _let_in_again(session: Session, ivo: Actor, dana: Actor) -> None:
    for active in (False, True):
        identity.set_user_active(session, ivo, dana.user_id or 0, active)


def _set_by_ivo(session: Session, ivo: Actor, dana: Actor) -> None:
    identity.set_user_password(session, ivo, dana.user_id or 0, NEW)


def _chosen_by_dana(session: Session, _: Actor, dana: Actor) -> None:
    identity.change_my_password(session, dana, cast.PASSWORD, NEW)


@pytest.mark.parametrize("meanwhile", [_moved, _let_in_again, _set_by_ivo, _chosen_by_dana])
def test_a_link_mailed_before_opens_nothing(session: Session, meanwhile: Callable[..., None]) -> None:
    """Whoever reads the old mail is not let in by it."""
    ivo, dana = cast.ivo(session), cast.dana(session)
    token = _asked(session, dana)
    meanwhile(session, ivo, dana)
    with pytest.raises(ResetLinkSpent):
        identity.reset_password(session, anonymous(), token, "somebody else's password")


@pytest.mark.fire
def test_of_many_using_a_link_at_once_one_does(database: Engine) -> None:
    dana = db.run(cast.dana)
    with db.transaction() as session:
        token = _asked(session, dana)

    def use(n: int) -> str | None:
        password = f"password number {n}"
        try:
            db.run(identity.reset_password, anonymous(), token, password)
        except ResetLinkSpent:
            return None
        return password

    with ThreadPoolExecutor(8) as pool:
        (chosen,) = [password for password in pool.map(use, range(8)) if password]
    db.run(cast.sign_in, dana, chosen)


def test_changing_ones_own_password_signs_out_everywhere_else(session: Session) -> None:
    dana = cast.dana(session)
    elsewhere = cast.sign_in(session, dana).token
    here = cast.sign_in(session, dana).token
    identity.change_my_password(session, identity.actor_for(session, here, "", ""), cast.PASSWORD, NEW)
    assert identity.actor_for(session, here, "", "").is_signed_in
    assert not identity.actor_for(session, elsewhere, "", "").is_signed_in
    cast.sign_in(session, dana, NEW)


def test_changing_needs_the_current_password(session: Session) -> None:
    dana = cast.dana(session)
    with pytest.raises(Invalid) as refusal:
        identity.change_my_password(session, dana, "not the password", NEW)
    assert refusal.value.field == "current"


def test_no_password_is_ever_audited(session: Session) -> None:
    ivo, dana = cast.ivo(session), cast.dana(session)
    identity.change_my_password(session, dana, cast.PASSWORD, NEW)
    identity.set_user_password(session, ivo, dana.user_id or 0, "the third password")
    identity.reset_password(session, anonymous(), _asked(session, dana), "the fourth password")
    session.flush()
    rows = str([row.model_dump() for row in session.exec(select(AuditLog))])
    for secret in (cast.PASSWORD, NEW, "the third password", "the fourth password", "argon2"):
        assert secret not in rows
