"""Booking by one typed line."""

from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Response
from pydantic import Field
from typing_extensions import TypedDict

from services import quickline
from services.bookings import BookingView
from services.quickline import Interpretation, Kind, Question
from services.scheduling import Answer
from studio_app.api.answers import COMMANDS, Instant, created_once, documented, in_zone, iso_or_none, ok
from studio_app.api.bodies import Body, Cents, IdempotencyKey, Line, Text
from studio_app.api.bookings.shapes import BookingAnswer, QuoteAnswer
from studio_app.api.bookings.views import booking_answer, quote_json
from studio_app.api.deps import Who
from studio_app.api.scheduling.schemas import SLOT_TAKEN, ReasonJson, reasons_json

router = APIRouter(prefix="/api/quick-line", tags=["Bookings"])


class LineBody(Body):
    text: Annotated[Text, Field(max_length=500)]
    answers: Annotated[
        dict[Line, Line], Field(max_length=50, description="By the keys of the questions: the value of a choice")
    ] = {}


class BookLineBody(LineBody):
    expected_total_cents: Cents | None = None


class PartJson(TypedDict):
    kind: Kind
    label: str
    words: str


class ChoiceJson(TypedDict):
    value: str
    label: str


class QuestionJson(TypedDict):
    key: str
    kind: Kind
    message: str
    choices: list[ChoiceJson]


class InsteadJson(TypedDict):
    label: str
    text: str


class ReceiptJson(TypedDict):
    text: str
    understood: list[PartJson]
    questions: list[QuestionJson]
    problems: list[str]
    notes: list[str]
    """What booking it would mean for others: whose hold it overtakes."""
    start: Instant | None
    end: Instant | None
    quote: QuoteAnswer | None
    bookable: bool
    reasons: list[ReasonJson]
    instead: list[InsteadJson]


class ReceiptAnswer(TypedDict):
    receipt: ReceiptJson


@router.post("", responses=documented(ReceiptAnswer, 400, 401, 403, 413, 422))
def understand(body: LineBody, who: Who) -> Response:
    """What was understood, what is asked, the price, and what is in the way. Stores nothing."""
    receipt, zone = who.run(in_zone(quickline.understand), body.text, body.answers)
    return ok({"receipt": _receipt(receipt, zone)})


@router.post("/book", status_code=201, responses=documented(BookingAnswer, *COMMANDS, status=201) | SLOT_TAKEN)
def book(body: BookLineBody, who: Who, idempotency_key: IdempotencyKey = None) -> Response:
    """Refused with `not_understood` while there are questions."""
    asked = (body.text, body.answers, body.expected_total_cents)
    return created_once(who, idempotency_key, quickline.book, *asked, shape=_booked)


def _booked(booking: BookingView, _: ZoneInfo) -> dict[str, Any]:
    return booking_answer(booking)


def _receipt(receipt: Interpretation, zone: ZoneInfo) -> ReceiptJson:
    return {
        "text": receipt.text,
        "understood": [{"kind": part.kind, "label": part.label, "words": part.words} for part in receipt.parts],
        "questions": [_question(question) for question in receipt.questions],
        "problems": list(receipt.problems),
        "notes": list(receipt.notes),
        "start": iso_or_none(receipt.start, zone),
        "end": iso_or_none(receipt.end, zone),
        "quote": receipt.quote and quote_json(receipt.quote),
        "bookable": receipt.is_bookable,
        "reasons": reasons_json(Answer(receipt.is_bookable, receipt.reasons), zone),
        "instead": [{"label": one.label, "text": one.text} for one in receipt.instead],
    }


def _question(question: Question) -> QuestionJson:
    return {
        "key": question.key,
        "kind": question.kind,
        "message": question.message,
        "choices": [{"value": choice.value, "label": choice.label} for choice in question.choices],
    }
