"""How often something may be done, counted in the database: for all workers, and for page and API alike.

Counted rows would not do: most of what is limited leaves none, or is refused. A count runs from its
first use for its period, then begins anew.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from hashlib import sha256

from sqlalchemy import TextClause, text
from sqlmodel import Session

from services.core import clock, db
from services.core.access import Actor, Permission
from services.core.errors import DomainError
from services.online.rules import address_of

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_ASKED = "questions asked"

_FORGET = text("delete from allowance_use where since < :before")


class TooMany(DomainError):
    code = "too_many_requests"

    def __init__(self, message: str, *, again_at: datetime, now: datetime, field: str | None = None) -> None:
        seconds = max(1, -int((now - again_at).total_seconds() // 1))
        super().__init__(f"{message} {_wait(seconds)}", field=field, details={"retry_after": seconds})


@dataclass(frozen=True, slots=True)
class _Limit:
    setting: str
    """The one of OnlineRules that says how often, or so many times as often."""
    period: timedelta
    refusal: str
    field: str | None = None

    @property
    def use(self) -> TextClause:
        """Counts one more, and says how many are allowed."""
        return text(
            f"""
insert into allowance_use as known (fingerprint, since, used) values (:fingerprint, :now, 1)
    on conflict (fingerprint) do update
   set used = case when known.since > :before then known.used + 1 else 1 end,
       since = case when known.since > :before then known.since else :now end
returning used, since, (select {self.setting} from online_booking) as allowed
"""
        )


class Allowance(Enum):
    QUESTION = _Limit("questions_a_minute", _MINUTE, "That is more than one address may ask at a time.")
    REQUEST = _Limit("requests_a_minute", _MINUTE, "Too many requests from your address.")
    SIGN_IN = _Limit("sign_ins_a_minute", _MINUTE, "Too many tries from your address.")
    BOOKING = _Limit("bookings_a_day", _DAY, "So many bookings were made from your address today that we stop here.")
    WISH = _Limit("bookings_a_day", _DAY, "So many wishes came from your address today that we stop here.")
    FILE = _Limit("bookings_a_day * 3", _DAY, "So many files came from your address today that we stop here.", "file")
    CHANGE_REQUEST = _Limit("change_requests_a_day", _DAY, "We have your messages about this booking, and answer them.")
    LINK = _Limit("links_an_hour", _HOUR, "Links were sent to this address already. Look among the junk, too.", "email")


def question(session: Session, actor: Actor) -> None:
    """Before whatever costs only work. However much one transaction asks, it is one question; staff may ask."""
    if actor.is_signed_in or actor.can(Permission.BOOK_SESSIONS) or session.info.get(_ASKED):
        return
    session.info[_ASKED] = True
    spend_apart(session, Allowance.QUESTION, address_of(actor.ip))


def request(session: Session, actor: Actor) -> None:
    """Before whatever a stranger sends. It counts, whatever becomes of it."""
    spend_apart(session, Allowance.REQUEST, address_of(actor.ip))


def spend_apart(session: Session, allowance: Allowance, whose: str, now: datetime | None = None) -> None:
    """Counts in a transaction of its own: also what is refused afterwards."""
    with db.apart(session) as own:
        own.connection().exec_driver_sql("set local synchronous_commit to off")
        refusal = _one_more(own, allowance, whose, now or clock.now())
    if refusal is not None:
        raise refusal


def spend(session: Session, allowance: Allowance, whose: str, now: datetime | None = None) -> None:
    """Counts what is done, not what is refused: others for the same wait until this transaction has ended."""
    refusal = _one_more(session, allowance, whose, now or clock.now())
    if refusal is not None:
        raise refusal


def forget_uses(session: Session) -> None:
    """What limits nobody any more."""
    session.execute(_FORGET, {"before": clock.now() - _DAY})


def _one_more(session: Session, allowance: Allowance, whose: str, now: datetime) -> TooMany | None:
    limit = allowance.value
    this = sha256(f"{allowance.name} {whose}".encode("utf-8", "surrogatepass")).digest()
    found = session.execute(limit.use, {"fingerprint": this, "now": now, "before": now - limit.period}).one()
    if found.used <= found.allowed:
        return None
    return TooMany(limit.refusal, again_at=found.since + limit.period, now=now, field=limit.field)


def _wait(seconds: int) -> str:
    if seconds <= 90:
        return "Try again in a minute."
    if seconds <= 90 * 60:
        return f"Try again in {-(-seconds // 60)} minutes."
    return f"Try again in {-(-seconds // 3600)} hours."
