"""One reading for one screen: keeps the draft, and reads what the screen and the price panel show."""

from dataclasses import dataclass, replace
from typing import Any

from services import bookings
from services.core.access import Actor
from services.core.errors import Invalid
from studio_app.state.bookings.wizard import flow
from studio_app.state.bookings.wizard.answers import Answers, to_draft
from studio_app.state.bookings.wizard.days import read_days, read_services
from studio_app.state.bookings.wizard.people import read_engineers, with_engineer
from studio_app.state.bookings.wizard.places import read_place
from studio_app.state.bookings.wizard.price import read_price
from studio_app.state.bookings.wizard.rest import read_extras, read_review
from studio_app.state.bookings.wizard.shown import Days, Engineers, Extras, Place, Price, Review, ServiceCard

_DRAFT_SIGNATURE = 45_000
"""A larger drawing is not kept in the draft; after a reload it is asked for again."""


@dataclass(frozen=True)
class Asked:
    answers: Answers
    screen: str
    days: str
    """An ISO day of the weeks looked at; empty: those of the day chosen."""
    signature: str
    is_signed: bool
    draft_token: str
    origin: str
    """The query of the address this wizard was opened with."""
    is_public: bool


@dataclass(frozen=True)
class Seen:
    """Only the view of the asked screen is there."""

    answers: Answers
    draft_token: str
    price: Price
    days: Days | None = None
    services: list[ServiceCard] | None = None
    place: Place | None = None
    engineers: Engineers | None = None
    extras: Extras | None = None
    review: Review | None = None


def look(session: Any, actor: Actor, asked: Asked) -> Seen:
    answers = with_engineer(session, actor, asked.answers)
    token = bookings.save_draft(session, actor, asked.draft_token or None, draft_of(replace(asked, answers=answers)))
    price = read_price(session, actor, answers, is_public=asked.is_public)
    return replace(Seen(answers, token, price), **_view(session, actor, asked, answers, token))


def draft_of(asked: Asked) -> dict[str, Any]:
    return {
        "answers": to_draft(asked.answers),
        "screen": asked.screen,
        "signature": asked.signature if len(asked.signature) < _DRAFT_SIGNATURE else "",
        "origin": asked.origin,
    }


def _view(session: Any, actor: Actor, asked: Asked, answers: Answers, token: str) -> dict[str, Any]:
    match asked.screen:
        case flow.DAY:
            return {"days": read_days(session, actor, answers, asked.days)}
        case flow.SERVICE:
            return {"services": read_services(session, actor, answers)}
        case flow.PLACE:
            return {"place": read_place(session, actor, answers)}
        case flow.ENGINEER:
            return {"engineers": read_engineers(session, actor, answers)}
        case flow.EXTRAS:
            return {"extras": read_extras(session, actor, answers, token)}
        case flow.REVIEW:
            return {"review": read_review(session, actor, answers, token, asked.is_signed)}
        case flow.CLIENT | flow.AGREEMENT | flow.PAYMENT:
            return {}
    raise Invalid("There is no such step.", field="screen")
